"""The fields of the onion skin in the view controls: how many neighbours, and how strong.

Whether it is on is the switch's above them; what it looks like is the engine's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QLabel, QSpinBox, QWidget

from blurstudio.app.panels.fields import Amount, ResetLabel
from blurstudio.app.panels.labels import heading
from blurstudio.app.panels.number import inset
from blurstudio.engine.drawing.onion import MOST_NEIGHBOURS, Onion

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from blurstudio.app.onion_skin import OnionSkin


class OnionFields(QWidget):
    """Number of neighbours and their strength.

    Attributes
    ----------
    count, strength
        The fields.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._skin: OnionSkin | None = None
        self.count = _Count(self)
        inset(self.count)
        self.count.setRange(1, MOST_NEIGHBOURS)
        self.count.setValue(Onion.count)
        self.count.setAccessibleName(self.tr("Moments of the onion skin"))
        self.count.setToolTip(self.tr("How many moments show through, before and after each"))
        self.strength = Amount(Onion.opacity, self)
        self.strength.setAccessibleName(self.tr("Strength of the onion skin"))
        self.strength.setToolTip(self.tr("How much of the picture the other moments are"))
        self._percent = QLabel(self)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        moments = QLabel(self.tr("Moments"), self)
        moments.setBuddy(self.count)
        strength = ResetLabel(self.tr("Strength"), ("onion",), self)
        strength.setToolTip(self.tr("A double click makes it half again"))
        strength.setBuddy(self.strength)
        strength.reset_asked.connect(self.strength.reset)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(heading(self, self.tr("Onion skin")), 0, 0, 1, 3)
        grid.addWidget(moments, 1, 0)
        grid.addWidget(self.count, 1, 1, 1, 2)
        grid.addWidget(strength, 2, 0)
        grid.addWidget(self.strength, 2, 1)
        grid.addWidget(self._percent, 2, 2)

    def use(self, skin: OnionSkin) -> None:
        """Adjust an onion skin, and follow it."""
        self._skin = skin
        self.count.valueChanged.connect(skin.set_count)
        self.strength.moved.connect(skin.set_opacity)
        self.strength.chosen.connect(skin.set_opacity)
        skin.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        assert self._skin is not None
        with QSignalBlocker(self.count):
            self.count.setValue(self._skin.count)
        if not self.strength.isSliderDown():
            self.strength.show_amount(self._skin.opacity)
        self._percent.setText(f"{round(self._skin.opacity * 100)} %")


class _Count(QSpinBox):
    """A number that leaves the wheel to what scrolls around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Do nothing."""
        event.ignore()
