"""The list of keys, grown from the table of actions; nothing is typed in twice."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.action_spec import ActionSpec, Group
from blurstudio.app.actions import ACTIONS, GESTURES
from blurstudio.app.theme import LINE, QUIET

_COLUMNS = 2
_KEYS_WIDTH = 130


class KeyList(QDialog):
    """Every action with its keys, in one window that doesn't block the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setModal(False)
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(48)
        grid.setVerticalSpacing(20)
        sections = [(group.heading, _rows(group)) for group in Group]
        sections.append(("Pointer", list(GESTURES)))
        halves = _balanced(sections)
        for column, half in enumerate(halves):
            label = QLabel("".join(_section(title, rows) for title, rows in half), page)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, 0, column)
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column_layout = QVBoxLayout(self)
        column_layout.addWidget(scroll)
        column_layout.addWidget(buttons)
        self.resize(720, 590)

    def text(self) -> str:
        """Return the whole list as one text."""
        return "".join(label.text() for label in self.findChildren(QLabel))


def _rows(group: Group) -> list[tuple[str, str]]:
    return [(_keys(spec), spec.text.replace("&", "")) for spec in ACTIONS if spec.group is group]


def _keys(spec: ActionSpec) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    words = " or ".join(keys.toString(native) for keys in spec.sequences())
    return f"hold {words}" if spec.held else words


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<tr><td width="{_KEYS_WIDTH}" style="padding: 2px 0; color: {QUIET.name()}">'
        f"{escape(keys) or '–'}</td>"
        f'<td style="padding: 2px 0">{escape(text)}</td></tr>'
        for keys, text in rows
    )
    head = f'<p style="margin: 10px 0 4px 0; border-bottom: 1px solid {LINE.name()}"><b>'
    return f"{head}{escape(title)}</b></p><table>{lines}</table>"


def _balanced(
    sections: list[tuple[str, list[tuple[str, str]]]],
) -> list[list[tuple[str, list[tuple[str, str]]]]]:
    """Split the sections into columns of about the same height, order kept."""
    total = sum(len(rows) + 2 for _, rows in sections)
    columns: list[list[tuple[str, list[tuple[str, str]]]]] = [[] for _ in range(_COLUMNS)]
    height = 0
    for section in sections:
        columns[min(height * _COLUMNS // total, _COLUMNS - 1)].append(section)
        height += len(section[1]) + 2
    return columns
