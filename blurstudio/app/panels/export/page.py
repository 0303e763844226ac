"""A page of the export dialog: boxes to tick, and under them rows of a name and a control.

Which boxes and controls there are is the pages' business, what is asked for the dialog's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from blurstudio.app.panels.export.terms import part_terms
from blurstudio.app.panels.labels import words
from blurstudio.app.panels.number import inset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.engine.export.request import Part

_INDENT = 24
_NAMES_WIDTH = 112


class ExportPage(QWidget):
    """Boxes and controls of one kind of results.

    Attributes
    ----------
    boxes
        What can be ticked, by what it stands for.
    """

    changed = Signal()
    """Something is chosen otherwise."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes: dict[Part, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 14, 14, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnMinimumWidth(0, _INDENT - 12)
        self._grid.setColumnMinimumWidth(1, _NAMES_WIDTH)
        self._grid.setColumnStretch(2, 1)

    def add_part(self, part: Part) -> QCheckBox:
        """Add a box that stands for something to write."""
        text, tip = part_terms()[part]
        box = QCheckBox(text, self)
        dress(box, text.replace("&", ""), tip)
        box.toggled.connect(self.changed)
        self._grid.addWidget(box, self._grid.rowCount(), 0, 1, 3)
        self.boxes[part] = box
        return box

    def add_row(self, name: str, control: QWidget, tip: str, *others: QWidget) -> QLabel:
        """Add a control, indented under the boxes, with its name and what it does."""
        label = QLabel(name, self)
        label.setBuddy(control)
        label.setToolTip(f"<p>{tip}</p>")
        dress(control, name.replace("&", ""), tip)
        notify(control, self.changed)
        line = self._grid.rowCount()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(control)
        for other in others:
            row.addWidget(other)
        row.addStretch(1)
        self._grid.addWidget(label, line, 1)
        self._grid.addLayout(row, line, 2)
        return label

    def add_words(self, text: str) -> QLabel:
        """Add a quiet sentence."""
        label = words(self, quiet=True)
        label.setText(text)
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 3)
        return label

    def close_up(self) -> None:
        """Leave the room below empty."""
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def chosen(self) -> set[Part]:
        """Return what is ticked and can be written."""
        return {part for part, box in self.boxes.items() if box.isChecked() and box.isEnabled()}


def dress(control: QWidget, name: str, tip: str) -> None:
    """Give a control its name and its tooltip."""
    control.setAccessibleName(name)
    control.setAccessibleDescription(tip)
    control.setToolTip(f"<p>{tip}</p>")


def notify(control: QWidget, changed: SignalInstance) -> None:
    """Let a control tell that it was changed, whoever changed it."""
    if isinstance(control, QComboBox):
        control.currentIndexChanged.connect(changed)
    elif isinstance(control, QCheckBox):
        control.toggled.connect(changed)
    elif isinstance(control, QLineEdit):
        control.textChanged.connect(changed)
    elif isinstance(control, (QSpinBox, QDoubleSpinBox)):
        control.valueChanged.connect(changed)


def combo(parent: QWidget, entries: Sequence[tuple[str, object]]) -> QComboBox:
    """Make a list of texts and what they stand for."""
    made = QComboBox(parent)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for text, value in entries:
        made.addItem(text, value)
    return made


def whole(parent: QWidget, low: int, high: int, suffix: str = "") -> QSpinBox:
    """Make a field for a whole number."""
    made = QSpinBox(parent)
    made.setRange(low, high)
    made.setSuffix(suffix)
    inset(made)
    return made


def show(control: QComboBox, value: object) -> None:
    """Show the entry that stands for a value, if there is one."""
    index = next(
        (index for index in range(control.count()) if control.itemData(index) == value), -1
    )
    if index >= 0:
        control.setCurrentIndex(index)


def depths(*bits: int) -> list[tuple[str, object]]:
    """Entries for bits per channel."""
    texts = {
        8: QCoreApplication.translate("ExportDialog", "8 bit"),
        16: QCoreApplication.translate("ExportDialog", "16 bit"),
        32: QCoreApplication.translate("ExportDialog", "32-bit floats"),
    }
    return [(texts[depth], depth) for depth in bits]
