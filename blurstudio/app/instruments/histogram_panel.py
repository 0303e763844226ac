"""The histogram panel: the values of the picture on show, and how the photo's motion is spread.

It shows what it is told; what to count is decided in `counting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from blurstudio.app.instruments.plots import QuietPlot, show_bars
from blurstudio.app.instruments.rose import Rose
from blurstudio.app.panels.labels import heading, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blurstudio.engine.drawing.histograms import MotionStatistics

_CHANNELS = (QColor(226, 84, 84), QColor(96, 186, 96), QColor(96, 136, 232))
_BARS = QColor(226, 150, 74)
# The very ends hold what is clipped; they may rise out of the picture.
_TOP_SHARE = 0.995


class HistogramPanel(QWidget):
    """Values, directions and lengths, one under the other.

    Attributes
    ----------
    values, lengths, rose
        The plots.
    median
        What half of the paths reach, in words.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.values = QuietPlot(self.tr("Values"), self)
        self.values.setXRange(0, 255, padding=0.01)
        self.channels = [self.values.add_curve(colour, filled=True) for colour in _CHANNELS]
        self._heading = heading(self, self.tr("Motion of the photo"))
        self.rose = Rose(self)
        self.lengths = QuietPlot(self.tr("Path lengths in px"), self)
        self._bars = self.lengths.add_bars(_BARS)
        self.median = words(self, quiet=True)
        for plot in (self.values, self.lengths):
            plot.getPlotItem().getAxis("left").setStyle(showValues=False)
            plot.getPlotItem().getAxis("left").setWidth(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for part in (self.values, self._heading, self.rose, self.lengths, self.median):
            column.addWidget(part)
        column.addStretch(1)
        self.show_motion(None)

    def show_values(self, name: str, shares: NDArray[np.floating]) -> None:
        """Show how the values of a picture are spread, (3, 256) shares."""
        self.values.rename(self.tr("Values of {name}, 0 to 255").format(name=name.lower()))
        for curve, channel in zip(self.channels, shares, strict=True):
            curve.setData(np.arange(256), channel)
        top = float(np.quantile(shares, _TOP_SHARE))
        self.values.setYRange(0, max(top, 1e-4), padding=0.05)

    def show_motion(self, found: MotionStatistics | None) -> None:
        """Show how the photo's motion is spread, or nothing."""
        for part in (self._heading, self.rose, self.lengths, self.median):
            part.setVisible(found is not None)
        if found is not None:
            self.rose.show_shares(found.directions, found.colours)
            show_bars(self._bars, found.edges, found.lengths)
            self.median.setText(
                self.tr("Half of the photo has paths of {median} px or more.").format(
                    median=f"{found.median:.1f}"
                )
            )
