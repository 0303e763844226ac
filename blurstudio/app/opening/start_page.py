"""The photos opened last, on the page of the empty window: their pictures are made in a lane.

In the lane for what nobody waits for: where a disk doesn't answer, photos from elsewhere can still
be opened. What isn't there any more, or can't be read, is not offered; the menu goes on listing it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.opening import start_work
from blurstudio.app.panels.start_photos import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.panels.empty import EmptyState
    from blurstudio.app.photo.controller import PhotoController

_KEY = "start page"
# For screens of two px to each of the window's.
_SIDE = 2 * LONGEST


class StartPage(QObject):
    """Offers photos while none is open."""

    def __init__(
        self, bridge: JobBridge, controller: PhotoController, page: EmptyState, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._page = page
        self._paths: list[Path] = []
        # Nothing is read beside a photo that is being opened.
        self._is_held = False
        controller.opening.connect(self._hold)
        controller.not_opened.connect(self._go_on)

    def offer(self, paths: Sequence[str | Path]) -> None:
        """Keep room for photos, each once."""
        if self._controller.opened is None:
            self.give_up()
            self._paths = list(dict.fromkeys(Path(path) for path in paths))
            self._page.photos.show_paths(self._paths)

    def look(self) -> None:
        """Look for the photos, again if need be, and show those that are there."""
        self.give_up()
        if self._is_held or self._controller.opened is not None:
            return
        for path in self._paths:
            self._bridge.ask(
                "aside",
                partial(start_work.thumbnail, path, _SIDE),
                key=_KEY,
                done=partial(self._show, path),
            )

    def give_up(self) -> None:
        """Look for nothing any more."""
        self._bridge.renew(_KEY)

    def _hold(self) -> None:
        self._is_held = True
        self.give_up()

    def _go_on(self) -> None:
        self._is_held = False
        self.look()

    def _show(self, path: Path, picture: QImage | None) -> None:
        if picture is None:
            self._page.photos.take_away(path)
        else:
            self._page.photos.show_picture(path, picture)
