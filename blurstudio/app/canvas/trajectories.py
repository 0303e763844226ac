"""The paths over the picture: which of them to draw, their colours in time, the marker at t.

Lines are drawn once per view into a layer somewhat larger than the pane, so that panning and
playing only copy it. Where the paths come from is not known here.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from blurstudio.app.canvas.arrays import draw_lines
from blurstudio.app.canvas.ramp import time_colour

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blurstudio.app.canvas.camera import View

# Neighbouring paths are kept at least this far apart on the screen, logical px; long ones
# further, by a part of their length, since they would cover each other.
_SPACING = 14.0
_SPACING_PER_LENGTH = 0.7
_WIDEST_SPACING = 56.0
# Straight pieces of one colour that a path is drawn in, each some px long.
_MOST_PIECES = 16
_FEWEST_PIECES = 4
_PIECE_LENGTH = 4.0
_WIDTH = 1.6
_OUTLINE = 3.4
_OUTLINE_COLOUR = QColor(255, 255, 255, 150)


@dataclass(frozen=True)
class PathLayer:
    """Lines of the visible paths; pixel (0, 0) of the image lies at ``view``'s (0, 0)."""

    image: QImage
    view: View
    paths: NDArray[np.float64]


class Trajectories:
    """The paths of one photo, in corner coordinates of the picture they speak for.

    Parameters
    ----------
    points
        (M, 2) pixel centres, px.
    paths
        (M, T, 2) positions over times linspace(-1/2, 1/2, T), px.
    size
        (H, W) of the picture they speak for.

    Raises
    ------
    ValueError
        If the shapes don't fit together.
    """

    def __init__(
        self, points: NDArray[np.floating], paths: NDArray[np.floating], size: tuple[int, int]
    ) -> None:
        points = np.asarray(points, dtype=np.float64)
        # Single precision keeps a 24-megapixel photo's paths in few, quickly read bytes.
        paths = np.asarray(paths, dtype=np.float32)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(f"expected points (M, 2), got {points.shape}")
        if paths.ndim != 3 or paths.shape[::2] != points.shape or paths.shape[1] < 2:
            raise ValueError(f"expected paths ({len(points)}, T, 2), got {paths.shape}")
        if not (np.isfinite(paths).all() and np.isfinite(points).all()):
            finite = np.isfinite(paths).all(axis=(1, 2)) & np.isfinite(points).all(axis=1)
            points, paths = points[finite], paths[finite]
        self._points = points + 0.5
        self._paths = paths
        self._size = size
        self._pitch = _grid_pitch(self._points, size)
        self._thinned: dict[int, NDArray[np.intp]] = {}
        ends = paths[:, [0, -1]] - points[:, None]
        # A path may swing further out than its ends; twice as far is seldom passed.
        self._reach = 2.0 * float(np.abs(ends).max()) if ends.size else 0.0
        lengths = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
        self._length = float(np.median(lengths)) if lengths.size else 0.0

    def __len__(self) -> int:
        return len(self._points)

    def drawn(
        self, view: View, scene: tuple[int, int], width: int, height: int, ratio: float
    ) -> PathLayer:
        """Draw the lines within ``width`` x ``height`` device px.

        Parameters
        ----------
        view
            Mapping of the scene, relative to the layer's own corner.
        scene
            (H, W) of the picture coordinates; paths for another size are stretched to it.
        ratio
            Device px per logical px: spacing and pen widths are in logical px.
        """
        stretch = np.array([scene[1] / self._size[1], scene[0] / self._size[0]])
        factor = stretch * view.scale
        chosen = self._visible(view, factor, width, height, ratio)
        paths = (self._paths[chosen] + 0.5) * factor + (view.x, view.y)
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _stroke(painter, paths, ratio)
        painter.end()
        return PathLayer(image, view, paths)

    def _visible(
        self, view: View, factor: NDArray[np.float64], width: int, height: int, ratio: float
    ) -> NDArray[np.intp]:
        """Choose the paths to draw: every n-th, and only those near the layer."""
        scale = float(factor.min())
        apart = max(_SPACING * ratio, self._length * scale * _SPACING_PER_LENGTH)
        apart = min(apart, _WIDEST_SPACING * ratio)
        halvings = max(0, math.ceil(math.log2(apart / (self._pitch * scale))))
        chosen = self._every(halvings)
        places = self._points[chosen] * factor + (view.x, view.y)
        reach = self._reach * float(factor.max()) + _OUTLINE * ratio
        inside = (places > -reach) & (places < (width + reach, height + reach))
        return chosen[inside.all(axis=1)]

    def _every(self, halvings: int) -> NDArray[np.intp]:
        """One path per cell of 2^halvings grid steps; coarser choices are subsets of finer."""
        if halvings not in self._thinned:
            if halvings == 0:
                self._thinned[0] = np.arange(len(self._points))
            else:
                finer = self._every(halvings - 1)
                cell = self._pitch * 2**halvings
                corner = self._points.min(axis=0) - 0.25 * self._pitch
                cells = np.floor((self._points[finer] - corner) / cell).astype(np.int64)
                keys = cells[:, 1] * (cells[:, 0].max(initial=0) + 1) + cells[:, 0]
                self._thinned[halvings] = finer[np.sort(np.unique(keys, return_index=True)[1])]
        return self._thinned[halvings]


def positions_at(paths: NDArray[np.float64], time: float) -> NDArray[np.float64]:
    """Positions (N, 2) on paths (N, T, 2) at a time in [-1/2, 1/2], linear between samples."""
    last = paths.shape[1] - 1
    place = min(max(time + 0.5, 0.0), 1.0) * last
    before = min(int(place), last - 1)
    mix = place - before
    return paths[:, before] * (1 - mix) + paths[:, before + 1] * mix


def marker_sprite(ratio: float) -> QPixmap:
    """Return the dot that marks a moment on a path: light with a dark rim."""
    side = math.ceil(7 * ratio) | 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2, side / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawEllipse(middle, 2.9 * ratio, 2.9 * ratio)
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(middle, 1.9 * ratio, 1.9 * ratio)
    painter.end()
    return QPixmap.fromImage(image)


def _stroke(painter: QPainter, paths: NDArray[np.float64], ratio: float) -> None:
    """Light wide lines first, then the coloured ones, so that no path's rim hides another."""
    if not len(paths):
        return
    last = paths.shape[1] - 1
    knots = _knots(paths, ratio)
    pieces = [
        (time_colour((a + b) / 2 / last - 0.5), np.hstack([paths[:, a], paths[:, b]]))
        for a, b in itertools.pairwise(knots)
    ]
    for width, plain in ((_OUTLINE, _OUTLINE_COLOUR), (_WIDTH, None)):
        for colour, lines in pieces:
            pen = QPen(plain or colour, width * ratio)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            draw_lines(painter, lines)


def _knots(paths: NDArray[np.float64], ratio: float) -> list[int]:
    """Choose the samples between which straight lines are drawn: more for longer paths."""
    last = paths.shape[1] - 1
    ways = np.hypot(*np.moveaxis(np.diff(paths, axis=1), 2, 0)).sum(axis=1)
    wanted = float(np.quantile(ways, 0.9)) / (_PIECE_LENGTH * ratio)
    count = min(max(round(wanted), _FEWEST_PIECES), _MOST_PIECES, last)
    return np.unique(np.linspace(0, last, count + 1).round().astype(int)).tolist()


def _grid_pitch(points: NDArray[np.floating], size: tuple[int, int]) -> float:
    """Distance between neighbouring points: of the grid if they lie on one, else on average."""
    steps = [np.diff(np.unique(points[:, axis].round(3))) for axis in (0, 1)]
    smallest = [float(step.min()) for step in steps if step.size]
    even = math.sqrt(size[0] * size[1] / max(1, len(points)))
    return max(max(smallest, default=even), even / 2)
