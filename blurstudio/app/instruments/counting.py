"""What the histogram panel counts: the picture on show, and the motion of the photo.

Counted in the io lane while the panel is open; only the newest picture waits its turn.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from blurstudio.app.canvas.compare import labels
from blurstudio.app.instruments import work
from blurstudio.app.photo.scrub import PictureRequests

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.instruments.docks import Dock
    from blurstudio.app.photo.controller import PhotoController

_MOTION = "motion statistics"


class Counting(QObject):
    """Keeps the histogram panel in step with canvas and results while it is open."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        canvas: CanvasView,
        dock: Dock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._canvas = canvas
        self._dock = dock
        self._requests = PictureRequests(bridge, "histogram", "io", work.histogram, self)
        self._requests.use(True)
        self._requests.ready.connect(self._show_values)
        canvas.pictureChanged.connect(self._count_values)
        canvas.pictureGiven.connect(self._given)
        controller.photo_opened.connect(self._forget)
        controller.results_ready.connect(self._count_motion)
        dock.seen.connect(self._opened)

    def _opened(self, visible: bool) -> None:
        if visible:
            self._count_values()
            self._count_motion()

    def _given(self, key: str) -> None:
        if key == self._canvas.shelf.shown:
            self._count_values()

    def _count_values(self) -> None:
        shelf = self._canvas.shelf
        picture = shelf.pictures.get(shelf.shown)
        if picture is not None and self._dock.isVisible():
            self._requests.request((shelf.shown, picture.full))

    def _show_values(self, counted: tuple[str, Any], shares: Any) -> None:  # noqa: ANN401 - arrays
        self._dock.panel.show_values(labels()[counted[0]], shares)

    def _forget(self) -> None:
        self._bridge.renew(_MOTION)
        if self._dock.panel is not None:
            self._dock.panel.show_motion(None)

    def _count_motion(self) -> None:
        opened, results = self._controller.opened, self._controller.results
        if opened is None or results is None or not self._dock.isVisible():
            return
        self._bridge.renew(_MOTION)
        self._bridge.ask(
            "io",
            partial(work.motion_spread, results.analysis, opened.photo.size),
            key=_MOTION,
            of_photo=True,
            done=self._dock.panel.show_motion,
        )
