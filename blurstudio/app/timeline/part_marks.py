"""The part of the exposure that is marked: by keys at the playhead, or by the brackets of the bar.

What is played of it is the timeline's business; what it means to a file is the export's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app.timeline import moments
from blurstudio.engine.interval import WHOLE

if TYPE_CHECKING:
    from blurstudio.app.timeline.scrubber import Scrubber
    from blurstudio.engine.interval import Interval


class PartMarks(QObject):
    """Keeps the part, and the brackets at its ends."""

    changed = Signal()
    taken = Signal()
    """A bracket was taken by the mouse."""
    pointed = Signal(float)
    """A bracket was moved to this moment: it is worth seeing."""

    def __init__(self, scrubber: Scrubber, parent: QObject) -> None:
        super().__init__(parent)
        self._scrubber = scrubber
        self._part = WHOLE
        self._count = 2
        first, last = scrubber.first_handle, scrubber.last_handle
        for handle in (first, last):
            handle.taken.connect(self.taken)
        first.dragged.connect(self._drag_first)
        first.asked.connect(self._move_first)
        first.stepped.connect(self._step_first)
        last.dragged.connect(self._drag_last)
        last.asked.connect(self._move_last)
        last.stepped.connect(self._step_last)

    @property
    def part(self) -> Interval:
        """First and last moment, [-1/2, 1/2]."""
        return self._part

    def mark(self, part: Interval) -> None:
        """Mark a part; one that is too short to be played is none, and the whole is marked."""
        part = moments.as_part(*part)
        if part != self._part:
            self._part = part
            self._scrubber.set_part(part)
            self.changed.emit()

    def begin_at(self, time: float) -> None:
        """Let the part begin at a moment; if it ended before, it lasts to the exposure's end."""
        self.mark(moments.with_first(self._part, time))

    def end_at(self, time: float) -> None:
        """Let the part end at a moment; if it began after, it begins with the exposure."""
        self.mark(moments.with_last(self._part, time))

    def unmark(self) -> None:
        """Have the whole exposure again."""
        self.mark(WHOLE)

    def use_count(self, count: int) -> None:
        """Let keys move the brackets by a frame of so many."""
        self._count = count

    def _drag_first(self, x: float) -> None:
        self._move_first(self._scrubber.time_at(x))

    def _drag_last(self, x: float) -> None:
        self._move_last(self._scrubber.time_at(x))

    def _move_first(self, time: float) -> None:
        """Move a bracket up to the other one; only I and O push that away."""
        last = self._part[1]
        self.mark((max(min(time, last - moments.SHORTEST_PART), -0.5), last))
        self.pointed.emit(self._part[0])

    def _move_last(self, time: float) -> None:
        first = self._part[0]
        self.mark((first, min(max(time, first + moments.SHORTEST_PART), 0.5)))
        self.pointed.emit(self._part[1])

    def _step_first(self, frames: int) -> None:
        self._move_first(moments.next_stop(self._part[0], frames, moments.stops(self._count)))

    def _step_last(self, frames: int) -> None:
        self._move_last(moments.next_stop(self._part[1], frames, moments.stops(self._count)))
