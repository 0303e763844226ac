"""The timeline: the moment of the exposure that is looked at, and playing through a part of it.

Owns the time and the part; the window listens to them. Playing is `playback.py`; frames are
rendered elsewhere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout

from blurstudio.app.timeline import keys, moments
from blurstudio.app.timeline.figures import FEWEST_FRAMES, MOST_FRAMES, Figures
from blurstudio.app.timeline.part_marks import PartMarks
from blurstudio.app.timeline.playback import Playback
from blurstudio.app.timeline.player import rate_of
from blurstudio.app.timeline.scrubber import Scrubber

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from blurstudio.engine.interval import Interval

__all__ = ["FEWEST_FRAMES", "MOST_FRAMES", "Timeline"]

_SHORTEST = 260
"""Length of the strip, px, below which it has a row for itself."""
_FIRST_COUNT = 15


class Timeline(Playback):
    """Film strip, scrub bar with the marked part, transport and figures.

    Parameters
    ----------
    parent
        Owner.
    clock
        Seconds; by default a monotonic clock.
    """

    timeChanged = Signal(float)
    frameCountChanged = Signal(int)
    partChanged = Signal(float, float)

    def __init__(
        self, parent: QWidget | None = None, clock: Callable[[], float] | None = None
    ) -> None:
        super().__init__(parent, clock)
        self._time = 0.0
        self._count = _FIRST_COUNT
        self._exposure_time: float | None = None
        self._played = moments.played(self._count)
        self.scrubber = Scrubber(self)
        self.marks = PartMarks(self.scrubber, self)
        self.figures = Figures(self)
        self.count_box = self.figures.count_box
        self.time_label = self.figures.time_label
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        self._divide()
        self._show_time()

    @property
    def time(self) -> float:
        """Moment in [-1/2, 1/2] of the exposure; setting clamps and stops nothing."""
        return self._time

    @time.setter
    def time(self, time: float) -> None:
        if self._set_time(time):
            self._follow()

    def set_time(self, time: float) -> None:
        """Go to a moment; clamped to [-1/2, 1/2]."""
        self.time = time

    @property
    def frame_count(self) -> int:
        """How many frames the exposure is divided into."""
        return self._count

    def set_frame_count(self, count: int) -> None:
        """Divide the exposure into ``count`` frames, clamped to 2 ... 999."""
        count = min(max(count, FEWEST_FRAMES), MOST_FRAMES)
        if count == self._count:
            return
        self._count = count
        self._divide()
        self.frameCountChanged.emit(count)

    @property
    def part(self) -> Interval:
        """First and last moment that are played, [-1/2, 1/2]."""
        return self.marks.part

    def set_part(self, part: Interval) -> None:
        """Mark a part; one that is too short to be played is none, and the whole is marked."""
        self.marks.mark(part)

    def mark_in(self) -> None:
        """Let the part begin at this moment."""
        self.marks.begin_at(self._time)

    def mark_out(self) -> None:
        """Let the part end at this moment."""
        self.marks.end_at(self._time)

    def unmark(self) -> None:
        """Play the whole exposure again."""
        self.marks.unmark()

    def set_exposure_time(self, seconds: float | None) -> None:
        """Tell how long the shutter was open, or None: moments are then told in percent."""
        known = seconds is not None and math.isfinite(seconds) and seconds > 0
        self._exposure_time = seconds if known else None
        self.scrubber.set_exposure_time(self._exposure_time)
        self._show_time()
        self._show_part()

    def set_thumbnails(self, pictures: Sequence[NDArray[np.uint8]]) -> None:
        """Show small frames, uint8 (H, W, 3), at times linspace(-1/2, 1/2, N)."""
        self.scrubber.set_thumbnails(pictures)

    def step(self, frames: int) -> None:
        """Stand still ``frames`` further; from between two frames the first step goes to one."""
        self.player.pause()
        if frames:
            stops = moments.stops(self._count, self.part)
            self.time = moments.next_stop(self._time, frames, stops)

    def go_start(self) -> None:
        """Stand still where the part begins; without one, where the shutter opens."""
        self.player.pause()
        self.time = self.part[0]

    def go_end(self) -> None:
        """Stand still where the part ends; without one, where the shutter closes."""
        self.player.pause()
        self.time = self.part[1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer to the keys of the transport when no action of the window did."""
        if not keys.answer(self, event):
            super().keyPressEvent(event)

    def _set_time(self, time: float) -> bool:
        clamped = 0.0 if math.isnan(time) else min(max(time, -0.5), 0.5)
        if clamped == self._time:
            return False
        self._time = clamped
        self.scrubber.set_time(clamped)
        self._show_time()
        self.timeChanged.emit(clamped)
        return True

    def _follow(self) -> None:
        """Let playing go on from here."""
        self.player.seek(moments.place_of(self._time, self._played))

    def _divide(self) -> None:
        """Bring everything in line with another number of frames or another part."""
        self._played = moments.played(self._count, self.part)
        # As fast as the whole exposure: a part is over sooner.
        self.player.set_count(len(self._played), rate_of(self._count))
        self._follow()
        self.scrubber.set_frame_count(self._count)
        self.marks.use_count(self._count)
        self.figures.show_count(self._count)
        self._show_part()

    def _part_changed(self) -> None:
        self._divide()
        self.partChanged.emit(*self.part)

    def _show_frame(self, frame: int) -> None:
        self._set_time(self._played[frame])

    def _scrub(self, time: float) -> None:
        self.time = time

    def _show_time(self) -> None:
        self.figures.show_time(self._time, self._exposure_time)

    def _show_part(self) -> None:
        self.figures.show_part(self.part, self._exposure_time, len(self._played))

    def _connect(self) -> None:
        self.player.framePlayed.connect(self._show_frame)
        self.marks.changed.connect(self._part_changed)
        self.marks.taken.connect(self.stop)
        self.marks.pointed.connect(self._scrub)
        self.scrubber.pressed.connect(self.stop)
        self.scrubber.pressed.connect(self.setFocus)
        self.scrubber.scrubbed.connect(self._scrub)
        self.count_box.valueChanged.connect(self.set_frame_count)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 8, 12, 6)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._narrow = True
        self._arrange(narrow=False)

    def _arrange(self, *, narrow: bool) -> None:
        """Put everything into a row, or the strip above the rest where a row would squeeze it."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.figures.set_flat(narrow)
        if narrow:
            self._grid.addWidget(self.scrubber, 0, 0, 1, 3)
            self._grid.addWidget(self.transport, 1, 0)
            self._grid.addWidget(self.figures, 1, 1, 1, 2)
        else:
            self._grid.addWidget(self.transport, 0, 0)
            self._grid.addWidget(self.scrubber, 0, 1)
            self._grid.addWidget(self.figures, 0, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the strip long enough to be scrubbed."""
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Keep it so when letters beside it have grown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        margins = self._grid.contentsMargins()
        beside = self.transport.sizeHint().width() + self.figures.column_width
        gaps = margins.left() + margins.right() + 2 * self._grid.horizontalSpacing()
        self._arrange(narrow=self.width() < beside + gaps + _SHORTEST)
