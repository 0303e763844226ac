"""Results with other edits, parts or blend: at most one is made, the newest waits.

Making them is the lane's work (`region_work.edit`); they need no network. Showing them is the
controller's business.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app.regions import region_work
from blurstudio.session.editing import acting_on_motion

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.photo.work import Results
    from blurstudio.engine.lanes.jobs import JobState
    from blurstudio.session.document import Choices

_EDITS = "edits"


class EditedResults(QObject):
    """Turns a result and choices into the same result with other edits and another blend."""

    ready = Signal(object)

    def __init__(self, bridge: JobBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._newest: tuple[Results, Choices, tuple[int, int]] | None = None
        self._running = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being made or waits to be."""
        return not self._running and self._newest is None

    def request(self, results: Results, choices: Choices, photo_size: tuple[int, int]) -> None:
        """Ask for a result with these regions and this blend; if it has them, nothing is done."""
        self._newest = (results, choices, photo_size)
        self._next()

    def forget(self) -> None:
        """Drop what is being made: another photo is shown."""
        self._bridge.renew(_EDITS)
        self._newest = None
        self._running = False

    def _next(self) -> None:
        if self._running or self._newest is None:
            return
        (results, choices, size), self._newest = self._newest, None
        edits = acting_on_motion(choices.regions)
        parts = region_work.parts_ready(results, choices, size)
        if (results.edits, results.parts, results.blend) == (edits, parts, choices.blend.acting):
            return
        self._running = True
        self._bridge.ask(
            "io",
            partial(region_work.edit, results, choices, size),
            key=_EDITS,
            of_photo=True,
            done=self._done,
            ended=self._ended,
        )

    def _done(self, results: Results) -> None:
        self._running = False
        self.ready.emit(results)
        self._follow_up(results)

    def _ended(self, _state: JobState) -> None:
        self._running = False
        self._next()

    def _follow_up(self, results: Results) -> None:
        """Compare what waits with what is there now, not with what was there when it was asked."""
        if self._newest is not None:
            before, choices, size = self._newest
            if before.unedited is results.unedited:
                self._newest = (results, choices, size)
        self._next()
