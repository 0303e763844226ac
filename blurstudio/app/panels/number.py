"""Number fields: for choices of a photo, and for settings whose least value may mean "automatic".

A wheel turned over them scrolls the page, as over the other fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget


_INSET = 5


def inset(field: QSpinBox | QDoubleSpinBox) -> None:
    """Leave the room before a number that other fields leave before a text."""
    # Padding in the look's sheet makes the field wider and leaves the text where it is.
    field.lineEdit().setTextMargins(_INSET, 0, 0, 0)


class Number(QDoubleSpinBox):
    """A number from 0 to a bound, to be typed or stepped.

    Parameters
    ----------
    most, step, digits, unit
        Greatest number, size of a step, digits after the point, and what stands behind it.
    """

    chosen = Signal(float)
    """What a person typed or stepped to; never sent for `show_number`."""

    def __init__(self, most: float, step: float, digits: int, unit: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(0.0, most)
        self.setSingleStep(step)
        self.setDecimals(digits)
        self.setSuffix(unit)
        # A number half typed is none yet.
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown = False
        inset(self)
        self.valueChanged.connect(self._say)

    def show_number(self, number: float) -> None:
        """Show a number without anybody having chosen it."""
        self._shown = True
        self.setValue(number)
        self._shown = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _say(self, number: float) -> None:
        if not self._shown:
            self.chosen.emit(number)


class NumberSetting(Number):
    """A number within bounds.

    Parameters
    ----------
    bounds
        Least and greatest value, and decimal places; a least value of 0 is shown as "automatic".
    """

    picked = Signal(object)
    """The number that a person chose: an int where there are no decimal places."""

    def __init__(self, bounds: tuple[int, int, int], unit: str, parent: QWidget) -> None:
        low, high, places = bounds
        super().__init__(high, 1.0, places, unit, parent)
        self.setMinimum(low)
        if low == 0:
            self.setSpecialValueText(self.tr("automatic"))
        self.chosen.connect(self._pick)

    def _pick(self, value: float) -> None:
        self.picked.emit(value if self.decimals() else round(value))
