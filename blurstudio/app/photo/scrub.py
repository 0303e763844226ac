"""Pictures on demand while a hand moves: at most one is being made, only the newest wish waits.

Making a picture is the lane's work (`work.py`); showing it is the window's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.app.bridge import JobBridge
    from blurstudio.engine.lanes.job import Lane
    from blurstudio.engine.lanes.jobs import JobState


class PictureRequests(QObject):
    """Turns values, as moments, strengths or places, into pictures or other findings.

    Values may come far faster than pictures can be made: each new one replaces the one that waits,
    so a fast hand sees fewer pictures, never late ones.

    Parameters
    ----------
    bridge
        Where pictures are made.
    key
        What kind of request this is, for the bridge.
    lane
        Which lane makes them.
    make
        Called there with the source, the value and the job's context; returns the picture.
    """

    ready = Signal(object, object)

    def __init__(
        self,
        bridge: JobBridge,
        key: str,
        lane: Lane,
        make: Callable[..., Any],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._key = key
        self._lane = lane
        self._make = make
        self._source: Any = None
        self._newest: Any = None
        self._running: Any = None

    @property
    def source(self) -> Any:  # noqa: ANN401 - whatever pictures are made of
        """What pictures are made of; None makes none."""
        return self._source

    @property
    def is_idle(self) -> bool:
        """Whether no newer wish than the one that was just answered is waiting."""
        return self._newest is None

    @property
    def is_resting(self) -> bool:
        """Whether every wish was answered."""
        return self._running is None and self._newest is None

    def use(self, source: Any) -> None:  # noqa: ANN401 - as above
        """Make pictures of another source from now on; those of the last one are dropped."""
        self._bridge.renew(self._key)
        self._source = source
        self._newest = self._running = None

    def request(self, value: Any) -> None:  # noqa: ANN401 - whatever a picture is asked for by
        """Ask for the picture at a value; None is none."""
        if self._source is not None:
            self._newest = value
            self._next()

    def tell(self, value: Any, picture: object) -> None:  # noqa: ANN401 - as above
        """Tell whoever listens to `ready` what was made for a value."""
        self.ready.emit(value, picture)

    def _next(self) -> None:
        if self._running is not None or self._newest is None:
            return
        self._running, self._newest = self._newest, None
        self._bridge.ask(
            self._lane,
            partial(self._make, self._source, self._running),
            key=self._key,
            of_photo=True,
            done=self._done,
            ended=self._ended,
        )

    def _done(self, picture: object) -> None:
        if self._running is not None:
            self.tell(self._running, picture)
        self._free()

    def _ended(self, _state: JobState) -> None:
        self._free()

    def _free(self) -> None:
        self._running = None
        self._next()
