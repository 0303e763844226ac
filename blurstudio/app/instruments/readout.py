"""What is under the cursor, in the status bar: the values of the pixel and its motion.

Values are read, not computed; where the cursor is, the canvas says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.instruments.overlaying import Overlaying
    from blurstudio.app.panels.status import Status
    from blurstudio.app.photo.controller import PhotoController

# From the right, against the clock, an eighth of a turn each.
_ARROWS = "→↗↑↖←↙↓↘"
# Shorter ways have no direction that anybody could see.
_LEAST = 0.05


class Readout(QObject):
    """Keeps the status bar in step with cursor and picture."""

    def __init__(
        self,
        controller: PhotoController,
        overlaying: Overlaying,
        canvas: CanvasView,
        status: Status,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._overlaying = overlaying
        self._canvas = canvas
        self._status = status
        self._point: QPointF | None = None
        canvas.cursorMoved.connect(self._move)
        canvas.cursorLeft.connect(self._leave)
        for signal in (
            canvas.pictureChanged,
            canvas.compareChanged,
            canvas.flicker.turned,
            overlaying.known_changed,
            canvas.pictureGiven,
        ):
            signal.connect(self._refresh)

    def _move(self, x: float, y: float) -> None:
        self._point = QPointF(x, y)
        self._refresh()

    def _leave(self) -> None:
        self._point = None
        self._refresh()

    def _refresh(self) -> None:
        point = self._point
        self._status.show_values("" if point is None else self._values(point))
        self._status.show_motion("" if point is None else self._motion(point))

    def _values(self, point: QPointF) -> str:
        canvas = self._canvas
        key = canvas.key_under(canvas.mouse)
        scene = canvas.picture_size
        if key is None or scene is None:
            return ""
        image = canvas.shelf.pictures[key].full
        x = min(int(point.x() * image.width() / scene[1]), image.width() - 1)
        y = min(int(point.y() * image.height() / scene[0]), image.height() - 1)
        colour = image.pixelColor(x, y)
        return values_text(colour, self._own_values(key, point, scene))

    def _own_values(
        self, key: str, point: QPointF, scene: tuple[int, int]
    ) -> tuple[float, float, float] | None:
        """Return the numbers that are behind a shown pixel, where there are finer ones."""
        opened, known = self._controller.opened, self._overlaying.known
        results = self._controller.results
        pixels = None
        if key == "photo" and opened is not None:
            pixels = opened.photo.pixels
        elif key == "sharp" and known is not None and results and results.blend.is_whole:
            pixels = known.sharp
        if pixels is None or pixels.shape[:2] != scene:
            return None
        red, green, blue = pixels[int(point.y()), int(point.x())].tolist()
        return red, green, blue

    def _motion(self, point: QPointF) -> str:
        known, scene = self._overlaying.known, self._canvas.picture_size
        if known is None or scene is None:
            return ""
        place = point.x() / scene[1], point.y() / scene[0]
        return motion_text(known.field.length_at(*place), known.field.direction_at(*place))


def values_text(colour: QColor, own: tuple[float, float, float] | None) -> str:
    """Tell a pixel: as shown, 0 to 255, and from 0 to 1."""
    shown = (colour.red(), colour.green(), colour.blue())
    fine = own or (colour.redF(), colour.greenF(), colour.blueF())
    bytes_ = " ".join(f"{value:3d}" for value in shown)
    return f"{bytes_}   {' '.join(f'{value:.3f}' for value in fine)}"


def motion_text(length: float, degrees: float | None) -> str:
    """Tell how long a path is, and which way its content went."""
    if length < _LEAST or degrees is None:
        return f"{length:.1f} px"
    whole = round(degrees) % 360
    return f"{length:.1f} px  {_ARROWS[round(degrees / 45) % 8]} {whole}°"
