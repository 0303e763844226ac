"""Frames on demand while the timeline moves: at most one is being made, only the newest waits.

Making a frame is the lane's work (`work.py`); showing it is the window's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from blurstudio.app import work

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.engine.jobs import JobState

_KEY = "frame"


class FrameRequests(QObject):
    """Turns moments into frames.

    Moments may come far faster than frames can be made: each new one replaces the one that waits,
    so a fast hand sees fewer frames, never late ones.
    """

    frame_ready = Signal(float, object)

    def __init__(self, bridge: JobBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._player: Any = None
        self._newest: float | None = None
        self._running: float | None = None

    def use(self, player: Any) -> None:  # noqa: ANN401 - the engine's player, or None
        """Make frames of another result from now on; frames of the last one are dropped."""
        self._bridge.renew(_KEY)
        self._player = player
        self._newest = self._running = None

    def request(self, time: float) -> None:
        """Ask for the frame at a moment in [-1/2, 1/2]."""
        if self._player is not None:
            self._newest = time
            self._next()

    def _next(self) -> None:
        if self._running is not None or self._newest is None:
            return
        self._running, self._newest = self._newest, None
        self._bridge.ask(
            "io",
            partial(work.frame, self._player, self._running),
            key=_KEY,
            done=self._done,
            ended=self._ended,
        )

    def _done(self, picture: object) -> None:
        if self._running is not None:
            self.frame_ready.emit(self._running, picture)
        self._free()

    def _ended(self, _state: JobState) -> None:
        self._free()

    def _free(self) -> None:
        self._running = None
        self._next()
