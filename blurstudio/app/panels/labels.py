"""The texts of the side panel: words, headings, and rows of names and values.

How they look is decided here, once; what they say is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from blurstudio.app.panels.shortened import Shortened
from blurstudio.app.panels.words.term_label import TermLabel
from blurstudio.app.panels.words.term_names import figure_terms

if TYPE_CHECKING:
    from collections.abc import Sequence


def words(page: QWidget, *, quiet: bool = False) -> QLabel:
    """Make a label for sentences that can be selected and take as many lines as they need."""
    label = QLabel(page)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    # Else a panel is never narrower than the longest word, such as a file's name in a note.
    label.setMinimumWidth(1)
    _make_selectable(label)
    if quiet:
        quieten(label)
    return label


def name_line(page: QWidget) -> Shortened:
    """Make a line for a file's name; of one that is too long, both ends are shown."""
    label = Shortened(page, Qt.TextElideMode.ElideMiddle)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def heading(page: QWidget, text: str) -> TermLabel:
    """Make the heading of a section."""
    label = TermLabel(text.upper(), page)
    label.stand_for(figure_terms().get(text, ""))
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.82)
    font.setLetterSpacing(font.SpacingType.PercentageSpacing, 108)
    label.setFont(font)
    quieten(label)
    label.setContentsMargins(0, 14, 0, 2)
    return label


def quieten(label: QLabel) -> None:
    """Let a label stand back."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def percent(share: float, digits: int = 0) -> str:
    """Write a share in [0, 1] as a percentage, with a space that doesn't break."""
    return f"{100 * share:.{digits}f}\u00a0%"


def _make_selectable(label: QLabel) -> None:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # That asks for the keys on a click; they stay with the picture.
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Rows(QWidget):
    """Names on the left, values on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(5)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Replace all rows."""
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, value in rows:
            title = TermLabel(name, self)
            title.stand_for(figure_terms().get(name, ""))
            quieten(title)
            text = QLabel(value, self)
            text.setAlignment(Qt.AlignmentFlag.AlignRight)
            _make_selectable(text)
            self._form.addRow(title, text)
        self.setVisible(bool(rows))
