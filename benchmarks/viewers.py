"""Two viewers under the same hand: our canvas, and pyqtgraph's ImageView as it comes.

They are told what to do in the same words and at the same size; how long it takes is measured
elsewhere.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Protocol

import pyqtgraph
from PySide6.QtCore import QPointF

from benchmarks.desk import application
from blurstudio.app.canvas import CanvasView, picture_image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 800


class Viewer(Protocol):
    """What a viewer does when it is told to; every call paints before it returns."""

    width: int
    height: int

    def show_first(self, pixels: Bytes) -> tuple[float, float]:
        """Show a picture; s until it is painted, and s of these in the GUI thread."""

    def look_at(self, scale: float) -> None:
        """Show the middle of the picture at ``scale`` px of the screen per px."""

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by px of the screen."""

    def zoom_by(self, factor: float) -> None:
        """Come nearer, about the middle."""

    def prepared(self, pixels: Bytes) -> Any:  # noqa: ANN401 - whatever `scrub_to` takes
        """Make of a frame's pixels what a worker would make beforehand."""

    def scrub_to(self, frame: Any) -> None:  # noqa: ANN401
        """Show another picture in the place of this one."""

    def close(self) -> None:
        """Go."""


class OurCanvas:
    """The canvas, with pictures made ready by another thread as in the app."""

    width, height = WIDTH, HEIGHT

    def __init__(self) -> None:
        self._canvas = CanvasView()
        self._canvas.resize(WIDTH, HEIGHT)
        self._canvas.show()

    def show_first(self, pixels: Bytes) -> tuple[float, float]:
        """Show a picture; s until it is painted, and s of these in the GUI thread."""
        begun = time.perf_counter()
        made: list[Any] = []
        worker = threading.Thread(target=lambda: made.append(picture_image(pixels)))
        worker.start()
        worker.join()
        there = time.perf_counter()
        self._canvas.set_picture("photo", made[0])
        self._canvas.show_picture("photo")
        self._canvas.repaint()
        painted = time.perf_counter()
        return painted - begun, painted - there

    def look_at(self, scale: float) -> None:
        """Show the middle of the picture at a scale."""
        self._canvas.fit()
        self._canvas.set_zoom(scale)
        self._canvas.repaint()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by px of the screen."""
        self._canvas.pan(QPointF(dx, dy))
        self._canvas.repaint()

    def zoom_by(self, factor: float) -> None:
        """Come nearer, about the middle."""
        self._canvas.set_zoom(self._canvas.zoom * factor)
        self._canvas.repaint()

    def prepared(self, pixels: Bytes) -> Any:  # noqa: ANN401 - see Viewer
        """Make what the lane makes of a frame."""
        return picture_image(pixels)

    def scrub_to(self, frame: Any) -> None:  # noqa: ANN401 - see Viewer
        """Show another frame."""
        self._canvas.set_picture("frame", frame)
        self._canvas.show_picture("frame")
        self._canvas.repaint()

    def close(self) -> None:
        """Go, and let go of the pictures."""
        self._canvas.clear()
        self._canvas.close()
        self._canvas.deleteLater()


class PlainImageView:
    """pyqtgraph's ImageView with nothing changed but the order of the axes."""

    width, height = WIDTH, HEIGHT

    def __init__(self) -> None:
        pyqtgraph.setConfigOption("imageAxisOrder", "row-major")
        self._view = pyqtgraph.ImageView()
        # As wide as ours without its histogram, which is part of it as it comes.
        self._view.show()
        beside = self._view.ui.histogram.sizeHint().width()
        self._view.resize(WIDTH + beside, HEIGHT)
        application().processEvents()
        graphics = self._view.ui.graphicsView
        self._view.resize(self._view.width() + WIDTH - graphics.width(), HEIGHT)
        application().processEvents()

    def show_first(self, pixels: Bytes) -> tuple[float, float]:
        """Show a picture; all of it is the GUI thread's work."""
        begun = time.perf_counter()
        self._view.setImage(pixels)
        self._paint()
        taken = time.perf_counter() - begun
        return taken, taken

    def look_at(self, scale: float) -> None:
        """Show the middle of the picture at a scale."""
        box = self._view.getView()
        image = self._view.getImageItem()
        across, down = box.width() / scale / 2, box.height() / scale / 2
        x, y = image.width() / 2, image.height() / 2
        box.setRange(xRange=(x - across, x + across), yRange=(y - down, y + down), padding=0)
        self._paint()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by px of the screen."""
        box = self._view.getView()
        across, down = box.viewPixelSize()
        box.translateBy(x=-dx * across, y=-dy * down)
        self._paint()

    def zoom_by(self, factor: float) -> None:
        """Come nearer, about the middle."""
        self._view.getView().scaleBy((1 / factor, 1 / factor))
        self._paint()

    def prepared(self, pixels: Bytes) -> Any:  # noqa: ANN401 - see Viewer
        """Leave the pixels as they are: it takes arrays."""
        return pixels

    def scrub_to(self, frame: Any) -> None:  # noqa: ANN401 - see Viewer
        """Show another frame, as fast as it can: ranges and levels stay."""
        self._view.setImage(
            frame, autoRange=False, autoLevels=False, levels=(0, 255), autoHistogramRange=False
        )
        self._paint()

    def close(self) -> None:
        """Go."""
        self._view.close()
        self._view.deleteLater()

    def _paint(self) -> None:
        self._view.ui.graphicsView.viewport().repaint()
