"""Plots that look like the rest of the window: quiet axes, no menus, nothing to drag.

Only panels that are opened load this module: pyqtgraph takes half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QSizePolicy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

_HEIGHT = 116
_AXIS_WIDTH = 44


class QuietPlot(pg.PlotWidget):  # type: ignore[misc]
    """A plot with a line of words above it, and curves that keep their colours.

    Parameters
    ----------
    name
        What it shows and what its axes count: names beside the axes would take half of its room.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, enableMenu=False)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFrameShape(self.Shape.NoFrame)
        item = self.getPlotItem()
        # Nobody sees it, but pyqtgraph makes it, as a window that outlives the plot.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        item.setMouseEnabled(x=False, y=False)
        item.hideButtons()
        item.getAxis("left").setWidth(_AXIS_WIDTH)
        for side in ("left", "bottom"):
            # Units are in the words: "kpx" is nothing that anybody counts in.
            item.getAxis(side).enableAutoSIPrefix(False)
        self._dress()

    @property
    def name(self) -> str:
        """What it shows."""
        return self._name

    def sizeHint(self) -> QSize:
        """As wide as there is room, and low: several stand under each other."""
        return QSize(240, _HEIGHT)

    def rename(self, name: str) -> None:
        """Say what it shows."""
        self._name = name
        self._dress()

    def add_curve(self, colour: QColor, *, filled: bool = False) -> Any:  # noqa: ANN401 - pyqtgraph's
        """Make a curve; values are given to its `setData`."""
        curve = self.plot(pen=pg.mkPen(colour, width=1.6))
        if filled:
            ground = QColor(colour)
            ground.setAlpha(70)
            curve.setFillLevel(0)
            curve.setBrush(ground)
        return curve

    def add_bars(self, colour: QColor) -> Any:  # noqa: ANN401 - as above
        """Make a row of bars; values are given by `show_bars`."""
        bars = pg.BarGraphItem(x0=[0.0], x1=[1.0], height=[0.0], pen=None, brush=colour)
        self.addItem(bars)
        return bars

    def changeEvent(self, event: QEvent) -> None:
        """Follow the look of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_name"):
            self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        text = palette.color(QPalette.ColorRole.WindowText)
        item = self.getPlotItem()
        item.setTitle(self._name, color=text.name(), size="9pt")
        self.setAccessibleName(self._name)
        for side in ("left", "bottom"):
            item.getAxis(side).setPen(palette.color(QPalette.ColorRole.Midlight))
            item.getAxis(side).setTextPen(text)


def show_bars(bars: Any, edges: NDArray[np.floating], heights: NDArray[np.floating]) -> None:  # noqa: ANN401
    """Give a row of bars its values: heights (N,) between edges (N + 1,)."""
    bars.setOpts(x0=edges[:-1], x1=edges[1:], height=heights)
