"""A number field whose least value may mean "as the app thinks best".

A wheel turned over it scrolls the page, as over the other fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget


class NumberSetting(QDoubleSpinBox):
    """A number within bounds.

    Parameters
    ----------
    bounds
        Least and greatest value, and decimal places; a least value of 0 is shown as "automatic".
    """

    picked = Signal(object)
    """The number that a person chose: an int where there are no decimal places."""

    def __init__(self, bounds: tuple[int, int, int], unit: str, parent: QWidget) -> None:
        super().__init__(parent)
        low, high, places = bounds
        self.setDecimals(places)
        self.setRange(low, high)
        self.setSuffix(unit)
        if low == 0:
            self.setSpecialValueText(self.tr("automatic"))
        # Not at every digit of a number that is being typed.
        self.setKeyboardTracking(False)
        self._shown = False
        self.valueChanged.connect(self._say)

    def show_number(self, number: float) -> None:
        """Show a number without anybody having chosen it."""
        self._shown = True
        self.setValue(number)
        self._shown = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def _say(self, value: float) -> None:
        if not self._shown:
            self.picked.emit(value if self.decimals() else round(value))
