"""The deconvolution's strength in the hand: a picture for every place of the slider.

The pictures are made of the reduced photo in the compute lane; the full one follows when the hand
lets go, and is the controller's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app import work
from blurstudio.app.scrub import PictureRequests

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.controller import PhotoController


class StrengthPreview(QObject):
    """Shows the sharp picture at other strengths until a result takes its place."""

    def __init__(
        self, bridge: JobBridge, controller: PhotoController, canvas: CanvasView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._canvas = canvas
        self._shown = False
        self.requests = PictureRequests(bridge, "strength", "compute", work.strength_picture, self)
        self.requests.ready.connect(self._show)

    def request(self, strength: float) -> None:
        """Show the picture at a strength as soon as it is made."""
        results = self._controller.results
        if results is None:
            return
        if self.requests.source is None:
            # What the lane is busy with will not be wanted any more.
            self._controller.pause()
            self.requests.use(work.StrengthSource(results.analysis))
        self.requests.request(strength)

    def end(self) -> None:
        """Drop what comes late: a result's own picture has taken its place."""
        self._shown = False
        if self.requests.source is not None:
            self.requests.use(None)

    def take_back(self) -> None:
        """Show the result's own picture again, if another one was shown."""
        results = self._controller.results
        if self._shown and results is not None:
            self._canvas.set_picture("sharp", results.pictures["sharp"])
        self.end()

    def _show(self, _strength: float, picture: QImage) -> None:
        self._canvas.set_picture("sharp", picture)
        self._shown = True
