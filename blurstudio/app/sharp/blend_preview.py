"""Amount and brush in the hand: a picture for every place of the slider and bit of a stroke.

The pictures are made in the io lane at view size; the full one follows when the hand lets go, and
is the controller's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.app.photo.scrub import PictureRequests
from blurstudio.app.sharp import blend_work
from blurstudio.app.sharp.blend_work import BlendSource
from blurstudio.app.sharp.sharp_preview import SharpPreview

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.session.blend import Blend


class BlendPreview(SharpPreview):
    """Shows the sharp picture with another blend until a result takes its place."""

    def __init__(
        self, bridge: JobBridge, controller: PhotoController, canvas: CanvasView, parent: QObject
    ) -> None:
        super().__init__(controller, canvas, parent)
        self._source: BlendSource | None = None
        self.requests = PictureRequests(bridge, "blend", "io", blend_work.view_picture, self)
        self.requests.ready.connect(self._show)
        controller.photo_opened.connect(self._forget)
        controller.results_ready.connect(self.end)
        controller.edits_ready.connect(self.end)

    def source(self) -> BlendSource | None:
        """Return what pictures of the result on show are made of; None where there is none."""
        results = self._controller.results
        if results is None:
            return None
        if self._source is None or self._source.whole is not results.whole:
            self._source = BlendSource(results.whole)
        return self._source

    def request(self, blend: Blend) -> None:
        """Show the picture with a blend as soon as it is made."""
        source = self.source()
        if self.requests.source is not source:
            self.requests.use(source)
        self.requests.request(blend)

    def _forget(self) -> None:
        self.end()
        self._source = None

    def _show(self, _blend: Blend, picture: QImage) -> None:
        self._put(picture)
