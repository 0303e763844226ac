"""A sharp picture on show for the time being: while a hand drags, until a result takes its place.

What the pictures are, and of what they are made, is said by those who inherit it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.scrub import PictureRequests


class SharpPreview(QObject):
    """Puts other sharp pictures on the canvas, and takes them back.

    Attributes
    ----------
    requests
        Made by those who inherit it.
    """

    requests: PictureRequests

    def __init__(self, controller: PhotoController, canvas: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._canvas = canvas
        self._shown = False

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

    def _put(self, picture: QImage) -> None:
        self._canvas.set_picture("sharp", picture)
        self._shown = True
