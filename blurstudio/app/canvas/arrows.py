"""Arrows of the flow: from where content was when the shutter opened to where it was at its end.

They stand on a lattice of the picture that grows finer as the view comes nearer. Where the motion
comes from is not known here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from blurstudio.app.canvas.arrays import draw_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blurstudio.app.canvas.camera import Pane, View

# Arrows stand at least this far apart on the screen, logical px, and long ones by a part of their
# length.
_SPACING = 36.0
_SPACING_PER_LENGTH = 0.75
_WIDEST_SPACING = 96.0
_HEAD = 7.0
_HEAD_SHARE = 0.45
_HEAD_TURN = math.radians(152)
# Shorter ones, logical px, are dots: a head would claim a direction that can't be seen.
_DOT = 2.0
# Panes whose arrows are kept until their view changes: a moving mouse paints them again and again.
_KEPT = 2
_STROKES = ((3.6, QColor(0, 0, 0, 170)), (1.7, QColor(255, 255, 255)))

_Key = tuple["View", tuple[int, int], "Pane", float]


class Arrows:
    """The flow of one photo, as offsets of the content over the picture.

    Parameters
    ----------
    first, last
        (h, w, 2) where the content of each cell was at the two ends of the exposure, as seen from
        its place at mid-exposure; px.
    size
        (H, W) of the picture whose px these are.

    Raises
    ------
    ValueError
        If the shapes don't fit together.
    """

    def __init__(
        self, first: NDArray[np.floating], last: NDArray[np.floating], size: tuple[int, int]
    ) -> None:
        if first.ndim != 3 or first.shape[2] != 2 or first.shape != last.shape or not first.size:
            raise ValueError(f"expected two (h, w, 2), got {first.shape} and {last.shape}")
        self._first, self._last = first, last
        self._size = size
        lengths = np.hypot(*np.moveaxis(last - first, 2, 0))
        self._length = float(np.median(lengths))
        self._layers: dict[_Key, QImage] = {}

    def lattice(
        self, view: View, scene: tuple[int, int], pane: Pane, ratio: float
    ) -> NDArray[np.float64]:
        """Places (N, 2) of the arrows that are seen, in corner coordinates of the scene."""
        length = self._length * scene[1] / self._size[1] * view.scale
        apart = max(_SPACING * ratio, min(_SPACING_PER_LENGTH * length, _WIDEST_SPACING * ratio))
        # Steps double, so that zooming adds arrows between those that are there.
        step = 2.0 ** max(0, math.ceil(math.log2(apart / view.scale)))
        left, top = view.to_picture(pane.x, pane.y)
        right, bottom = view.to_picture(pane.x + pane.width, pane.y + pane.height)
        x = _steps(max(0.0, left - step), min(float(scene[1]), right + step), step)
        y = _steps(max(0.0, top - step), min(float(scene[0]), bottom + step), step)
        return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)

    def ends(
        self, places: NDArray[np.float64], view: View, scene: tuple[int, int]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Tails and tips (N, 2) of the arrows at some places, device px."""
        height, width = self._first.shape[:2]
        column = np.clip(places[:, 0] * width / scene[1], 0, width - 1).astype(int)
        row = np.clip(places[:, 1] * height / scene[0], 0, height - 1).astype(int)
        factor = np.array([scene[1] / self._size[1], scene[0] / self._size[0]]) * view.scale
        middle = places * view.scale + (view.x, view.y)
        return middle + self._first[row, column] * factor, middle + self._last[row, column] * factor

    def paint(
        self, painter: QPainter, view: View, scene: tuple[int, int], pane: Pane, ratio: float
    ) -> None:
        """Draw the arrows that are seen in a pane, in device px of the widget."""
        key = (view, scene, pane, ratio)
        layer = self._layers.pop(key, None)
        if layer is None:
            layer = self._drawn(view, scene, pane, ratio)
        self._layers[key] = layer
        while len(self._layers) > _KEPT:
            self._layers.pop(next(iter(self._layers)))
        painter.drawImage(QPointF(pane.x, pane.y), layer)

    def _drawn(self, view: View, scene: tuple[int, int], pane: Pane, ratio: float) -> QImage:
        tails, tips = self.ends(self.lattice(view, scene, pane, ratio), view, scene)
        lines = _strokes(tails, tips, ratio)
        layer = QImage(
            *(int(pane.width), int(pane.height)), QImage.Format.Format_ARGB32_Premultiplied
        )
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-pane.x, -pane.y)
        for width, colour in _STROKES:
            pen = QPen(colour, width * ratio)
            # Round ends would take six times as long.
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)
            painter.setPen(pen)
            draw_lines(painter, lines)
        painter.end()
        return layer


def _strokes(
    tails: NDArray[np.float64], tips: NDArray[np.float64], ratio: float
) -> NDArray[np.float64]:
    """Shafts, barbs and dots as lines (N, 4), device px."""
    way = tips - tails
    length = np.hypot(way[:, 0], way[:, 1])
    moving = length >= _DOT * ratio
    lines = [np.hstack([tails, tips])[moving]]
    head = np.minimum(_HEAD * ratio, _HEAD_SHARE * length)[moving, None]
    unit = way[moving] / length[moving, None]
    for turn in (_HEAD_TURN, -_HEAD_TURN):
        cos, sin = math.cos(turn), math.sin(turn)
        barb = unit @ np.array([[cos, sin], [-sin, cos]])
        lines.append(np.hstack([tips[moving], tips[moving] + head * barb]))
    middle = (tails + tips)[~moving] / 2
    # A line of no length whose ends stick out is a dot.
    lines.append(np.hstack([middle, middle + np.array([0.01, 0.0])]))
    return np.vstack(lines)


def _steps(low: float, high: float, step: float) -> NDArray[np.float64]:
    """Middles of the cells of a lattice from the picture's corner, between two places."""
    places = (np.arange(math.floor(low / step), math.ceil(high / step)) + 0.5) * step
    inside = places[places < high].astype(np.float64)
    return inside if inside.size else np.array([(low + high) / 2])
