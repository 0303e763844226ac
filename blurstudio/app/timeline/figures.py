"""The figures beside the scrub bar: moment, marked part, number of frames.

Text and one number field; what they mean for playing is the timeline's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from blurstudio.app.panels.labels import quieten
from blurstudio.app.panels.number import inset
from blurstudio.app.panels.shortened import Shortened
from blurstudio.app.timeline.count_box import CountBox
from blurstudio.app.timeline.readout import part_in_words, part_tip, readout, readout_tip
from blurstudio.engine.export.request import FRAMES_RANGE

if TYPE_CHECKING:
    from blurstudio.engine.interval import Interval

FEWEST_FRAMES, MOST_FRAMES = FRAMES_RANGE


class Figures(QWidget):
    """Labels and the number field, one under the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.time_label = QLabel(self)
        self.time_label.setAlignment(right)
        self.time_label.setAccessibleName(self.tr("Moment of the exposure"))
        # In a narrow window with the side panel open its tooltip tells it whole.
        self.part_label = Shortened(self, Qt.TextElideMode.ElideLeft)
        self.part_label.setAlignment(right)
        self.part_label.setAccessibleName(self.tr("Marked part of the exposure"))
        quieten(self.part_label)
        self.count_box = CountBox(self)
        inset(self.count_box)
        self.count_box.setRange(FEWEST_FRAMES, MOST_FRAMES)
        self.count_box.setSuffix(self.tr(" frames"))
        self.count_box.setKeyboardTracking(False)
        self.count_box.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.count_box.setAccessibleName(self.tr("Number of frames"))
        self.count_box.setToolTip(self.tr("How many frames the exposure is divided into"))
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for widget in (self.time_label, self.part_label, self.count_box):
            self._column.addWidget(widget)

    def set_flat(self, flat: bool) -> None:
        """Put the figures beside each other, or one under the other."""
        one, other = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._column.setDirection(one if flat else other)
        self._column.setSpacing(12 if flat else 4)
        self.updateGeometry()

    @property
    def column_width(self) -> int:
        """Room for the figures under each other, px, whatever the moment and the part.

        The bar beside them must not change its length with every mark.
        """
        widest = part_in_words((-0.44, 0.44), 0.09)
        words = self.part_label.fontMetrics().horizontalAdvance(widest)
        others = (self.time_label, self.count_box)
        return max(words, *(other.sizeHint().width() for other in others))

    def sizeHint(self) -> QSize:
        """Room for any part."""
        if self._column.direction() == QBoxLayout.Direction.LeftToRight:
            return super().sizeHint()
        return super().sizeHint().expandedTo(QSize(self.column_width, 0))

    def show_time(self, time: float, exposure_time: float | None) -> None:
        """Tell the moment, [-1/2, 1/2]."""
        self.time_label.setText(readout(time, exposure_time))
        self.time_label.setToolTip(readout_tip(exposure_time))

    def show_part(self, part: Interval, exposure_time: float | None, frames: int) -> None:
        """Tell the marked part, and how many frames of it are played."""
        self.part_label.setText(part_in_words(part, exposure_time))
        self.part_label.setToolTip(part_tip(part, exposure_time, frames))

    def show_count(self, count: int) -> None:
        """Show a number of frames without anybody having chosen it."""
        with QSignalBlocker(self.count_box):
            self.count_box.setValue(count)
