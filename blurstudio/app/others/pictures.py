"""Pictures of others on the canvas, made when they are looked at.

The cycle: another picture, partner or grid, or new results -> what is to be seen and isn't there is
asked for in the io lane -> it comes and is shown; what belongs to earlier results is stale by then.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.canvas.compare import APART, at, split_key
from blurstudio.app.others import work
from blurstudio.app.photo.scrub import PictureRequests

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.others.entries import Entries, Entry

_PICTURE = "other picture"
# Larger photos keep the pictures of one kind only.
_ROOM = 4_000_000


class OtherPictures(QObject):
    """Gives the canvas what is to be seen of the others."""

    def __init__(
        self, bridge: JobBridge, canvas: CanvasView, entries: Entries, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._canvas = canvas
        self._entries = entries
        self._ours: work.Ours | None = None
        self._asked: set[str] = set()
        self._time = 0.0
        self._frames = PictureRequests(bridge, "other frames", "io", work.frames, self)
        self._frames.ready.connect(self._show_frames)
        for changed in (canvas.pictureChanged, canvas.compareChanged, canvas.othersChanged):
            changed.connect(self.ask)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not (self._bridge.is_busy(_PICTURE) or self._bridge.is_busy("other frames"))

    def use(self, ours: work.Ours | None) -> None:
        """Compare with another result of ours; pictures are made anew."""
        self._ours = ours
        self.forget()
        self.ask()

    def forget(self) -> None:
        """Let go of every picture; who is there may have changed."""
        self._bridge.renew(_PICTURE)
        self._drop(list(self._canvas.shelf.pictures))
        self._asked.clear()
        self._canvas.shelf.lacking.clear()
        references = {entry.slot: entry.reference for entry in self._entries.there}
        self._frames.use(None if self._ours is None else work.Players(self._ours, references))

    def set_time(self, time: float) -> None:
        """Show frames at another moment."""
        self._time = time
        if self._canvas.picture == "frame":
            self._ask_frames()

    def ask(self) -> None:
        """Have what is to be seen now and isn't there."""
        if self._ours is None:
            return
        kind = self._canvas.picture
        height, width = self._ours.photo.size
        if height * width > _ROOM:
            self._drop([key for key in self._canvas.shelf.pictures if split_key(key)[0] != kind])
        if kind == "frame":
            self._ask_frames()
            return
        if kind in APART:
            self._ask_apart(kind)
            if self._canvas.compare != "grid":
                return
        for slot in self._canvas.others_seen:
            entry = self._entries.find(slot)
            if entry is not None:
                self._ask_one(entry, kind, at(kind, slot))

    def _ask_apart(self, kind: str) -> None:
        """Have what parts one other from ours, to be looked at alone."""
        entry = self._entries.looked_at
        slot = "" if entry is None else entry.slot
        if slot != self._canvas.shelf.apart_of:
            self._drop(list(APART))
            self._canvas.shelf.apart_of = slot
        if entry is not None:
            self._ask_one(entry, kind, kind)

    def _ask_one(self, entry: Entry, kind: str, key: str) -> None:
        if key in self._asked or self._ours is None:
            return
        self._asked.add(key)
        if kind in entry.pictures:
            self._canvas.set_picture(key, entry.pictures[kind])
            return
        self._bridge.ask(
            "io",
            partial(work.picture, self._ours, entry.slot, entry.reference, kind),
            key=_PICTURE,
            of_photo=True,
            done=partial(self._show, key),
        )

    def _ask_frames(self) -> None:
        slots = self._canvas.others_seen
        if slots:
            self._frames.request((self._time, slots))

    def _show(self, key: str, found: work.OtherPicture) -> None:
        self._give(key, found.picture)
        self._canvas.overlays.set_legend(key, found.legend)

    def _show_frames(self, _wanted: object, found: dict[str, QImage | None]) -> None:
        for slot, picture in found.items():
            self._give(at("frame", slot), picture)

    def _give(self, key: str, picture: QImage | None) -> None:
        if picture is None:
            self._canvas.shelf.lacking.add(key)
            self._canvas.changed()
        else:
            self._canvas.set_picture(key, picture)

    def _drop(self, keys: list[str]) -> None:
        for key in keys:
            kind, slot = split_key(key)
            if slot or kind in APART:
                self._asked.discard(key)
                self._canvas.remove_picture(key)
                self._canvas.overlays.set_legend(key, None)
