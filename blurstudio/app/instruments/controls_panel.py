"""The view controls: what lies over the picture and how much of it shows through.

The switches are the window's actions once more; only the slider is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from blurstudio.app.instruments.onion_fields import OnionFields
from blurstudio.app.panels.fields import ResetLabel
from blurstudio.app.panels.labels import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QWheelEvent

    from blurstudio.app.onion_skin import OnionSkin


class ControlsPanel(QWidget):
    """Switches of the overlays and their opacity.

    Attributes
    ----------
    opacity
        The slider, in percent.
    """

    opacity_changed = Signal(float)

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.switches = [_Switch(action, self) for action in actions]
        name = ResetLabel(self.tr("Opacity"), ("opacity",), self)
        name.setToolTip(
            self.tr("Of paths, arrows and kernels; a double click makes them solid again")
        )
        name.reset_asked.connect(self._reset)
        self.opacity = _Slider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(0, 100)
        self.opacity.setAccessibleName(self.tr("Opacity of the overlays"))
        name.setBuddy(self.opacity)
        self._percent = QLabel(self)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        self.opacity.valueChanged.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 10)
        column.setSpacing(6)
        column.addWidget(heading(self, self.tr("Over the picture")))
        for switch in self.switches:
            column.addWidget(switch)
        row = QHBoxLayout()
        row.addWidget(name)
        row.addWidget(self.opacity, 1)
        row.addWidget(self._percent)
        column.addLayout(row)
        self.onion = OnionFields(self)
        column.addWidget(self.onion)
        column.addStretch(1)
        self.show_opacity(1.0)

    def use_onion(self, skin: OnionSkin) -> None:
        """Let the fields under the overlays adjust the onion skin."""
        self.onion.use(skin)

    def show_opacity(self, opacity: float) -> None:
        """Show an opacity, [0, 1]."""
        self.opacity.setValue(round(opacity * 100))
        self._percent.setText(f"{self.opacity.value()} %")

    def _changed(self, percent: int) -> None:
        self._percent.setText(f"{percent} %")
        self.opacity_changed.emit(percent / 100)

    def _reset(self) -> None:
        self.opacity.setValue(100)


class _Switch(QCheckBox):
    """An action as a check box: either follows the other."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(action.text().replace("&", ""), parent)
        self._action = action
        self.setToolTip(action.toolTip())
        # After a click the keys stay with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setChecked(self._action.isChecked())
        self.setEnabled(self._action.isEnabled())


class _Slider(QSlider):
    """A slider that leaves the wheel to what scrolls around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Do nothing."""
        event.ignore()
