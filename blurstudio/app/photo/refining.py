"""Paths while they are being refined: shown as they bend, taken back if nothing comes of it.

The refinement is the engine's; the result that ends it is shown like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.results import Paths


class RefinedPaths(QObject):
    """Shows paths on their way to a result."""

    def __init__(self, controller: PhotoController, canvas: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._canvas = canvas
        self._shown = False
        controller.paths_bent.connect(self._show)
        controller.results_ready.connect(self._done)
        controller.photo_opened.connect(self._done)
        controller.analysis_changed.connect(self._take_back)

    def _show(self, paths: Paths) -> None:
        self._canvas.motion.set_trajectories(paths.points, paths.ways, paths.size)
        self._shown = True

    def _done(self) -> None:
        self._shown = False

    def _take_back(self, running: bool) -> None:
        """Show the result's own paths again, unless others are still on their way."""
        results = self._controller.results
        if self._shown and not running and results is not None:
            self._show(results.paths)
            self._shown = False
