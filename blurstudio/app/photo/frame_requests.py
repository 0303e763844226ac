"""Frames on demand, with or without an onion skin: the newest moment counts, and the newest skin.

How requests wait for each other is `scrub`'s business; the blend is the engine's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.app.canvas import picture_image
from blurstudio.app.photo import work
from blurstudio.app.photo.scrub import PictureRequests
from blurstudio.engine.drawing.onion import Onion, onion_frame

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage

    from blurstudio.app.bridge import JobBridge
    from blurstudio.engine.lanes.jobs import JobContext


@dataclass(frozen=True)
class Wish:
    """A frame that is wanted.

    Attributes
    ----------
    time
        Moment, [-1/2, 1/2].
    onion
        What shows through it, or None.
    """

    time: float
    onion: Onion | None


class FrameRequests(PictureRequests):
    """Turns moments into frames; `ready` tells the moment and the picture."""

    def __init__(self, bridge: JobBridge, parent: QObject) -> None:
        super().__init__(bridge, "frame", "io", frame, parent)
        self._onion: Onion | None = None
        self._time: float | None = None

    @property
    def onion(self) -> Onion | None:
        """What shows through frames, or None."""
        return self._onion

    def request(self, value: float) -> None:
        """Ask for the frame at a moment, [-1/2, 1/2]."""
        self._time = value
        super().request(Wish(value, self._onion))

    def look_through(self, onion: Onion | None) -> None:
        """Let neighbours show through from now on, or None; the last frame is made again."""
        if onion != self._onion:
            self._onion = onion
            if self._time is not None:
                self.request(self._time)

    def tell(self, value: Wish, picture: object) -> None:
        """Tell of a frame by its moment."""
        self.ready.emit(value.time, picture)


def frame(player: Any, wish: Wish, context: JobContext) -> QImage:  # noqa: ANN401 - needs torch
    """Make a frame; called in a lane."""
    if wish.onion is None:
        return work.frame(player, wish.time, context)
    check = context.cancel.raise_if_cancelled
    return picture_image(onion_frame(player, wish.time, wish.onion, check))
