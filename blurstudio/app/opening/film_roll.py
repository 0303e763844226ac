"""The folder of the photo on show as a roll of film: the previous and the next photo.

Folders are read in the lane, each time anew; strokes that come meanwhile add up.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.media.endings import OPENED, is_named, natural_order

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.panels.notice_bar import NoticeBar
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.engine.lanes.jobs import JobContext

_ROLL = "roll"


class FilmRoll(QObject):
    """Opens the neighbours of the photo on show."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        notices: NoticeBar,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._notices = notices
        self._steps = 0
        # The photo that was asked for last: one that can't be read must not be the end of the roll.
        self._aim: Path | None = None
        commands.on("file.previous", self.previous)
        commands.on("file.next", self.next)
        controller.photo_opened.connect(self._arrive)

    def previous(self) -> None:
        """Open the photo before."""
        self._wind(-1)

    def next(self) -> None:
        """Open the photo after."""
        self._wind(1)

    def _wind(self, by: int) -> None:
        here = self._here()
        if here is None:
            return
        self._steps += by
        if not self._bridge.is_busy(_ROLL):
            self._bridge.ask(
                "io", partial(photos_beside, here), key=_ROLL, done=self._go, ended=self._rest
            )

    def _go(self, photos: list[Path]) -> None:
        steps, self._steps = self._steps, 0
        here = self._here()
        # Another folder's photo may have been opened meanwhile.
        if not steps or here not in photos:
            return
        place = photos.index(here)
        target = photos[min(max(place + steps, 0), len(photos) - 1)]
        if target == here:
            self._notices.say(
                self.tr("This is the last photo in its folder.")
                if steps > 0
                else self.tr("This is the first photo in its folder.")
            )
            return
        self._aim = target
        self._controller.open(target)

    def _here(self) -> Path | None:
        opened = self._controller.opened
        return self._aim or (None if opened is None else opened.path)

    def _arrive(self) -> None:
        self._aim = None

    def _rest(self, _state: object) -> None:
        self._steps = 0


def photos_beside(photo: Path, context: JobContext) -> list[Path]:
    """List the photos in a photo's folder, itself among them, by name and number.

    A folder that can't be read any more holds the photo alone.
    """
    context.cancel.raise_if_cancelled()
    try:
        found = [path for path in photo.parent.iterdir() if is_named(path, OPENED)]
    except OSError:
        found = []
    return sorted({*found, photo}, key=natural_order)
