"""Thousands of lines or sprites in one call, straight from numpy's memory.

Building as many QLineF or QPointF objects in Python costs more than drawing them; Qt reads the
same doubles in place instead. What the drawing means is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPixmap


def draw_lines(painter: QPainter, lines: NDArray[np.float64]) -> None:
    """Draw lines with the painter's pen; ``lines`` (N, 4) as x1 y1 x2 y2."""
    held = np.ascontiguousarray(lines, dtype=np.float64)
    if held.ndim != 2 or held.shape[1] != 4:
        raise ValueError(f"expected lines (N, 4), got {held.shape}")
    if len(held):
        first = cast("QLineF", Shiboken.wrapInstance(held.ctypes.data, QLineF))
        painter.drawLines(first, len(held))


def draw_sprites(painter: QPainter, centres: NDArray[np.float64], sprite: QPixmap) -> None:
    """Draw a small picture centred at each of ``centres`` (N, 2), in px of the painter."""
    places = np.asarray(centres, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError(f"expected centres (N, 2), got {places.shape}")
    if not len(places):
        return
    whole = (sprite.width(), sprite.height())
    _draw_fragments(painter, places, sprite, np.zeros((1, 2)), whole)


def draw_cuttings(
    painter: QPainter,
    corners: NDArray[np.float64],
    sheet: QPixmap,
    sources: NDArray[np.float64],
    size: tuple[int, int],
) -> None:
    """Draw parts of a sheet, all of ``size`` (width, height) px.

    Parameters
    ----------
    corners
        (N, 2) where their upper left corners come, in px of the painter; whole numbers keep the
        pixels as they are.
    sources
        (N, 2) where these corners are on the sheet.
    """
    if len(corners):
        _draw_fragments(painter, corners + np.array(size) / 2, sheet, sources, size)


def _draw_fragments(
    painter: QPainter,
    centres: NDArray[np.float64],
    sheet: QPixmap,
    sources: NDArray[np.float64],
    size: tuple[int, int],
) -> None:
    # QPainter::PixmapFragment is ten doubles: x, y, source left and top, width, height,
    # scale x and y, rotation, opacity.
    fragments = np.zeros((len(centres), 10))
    fragments[:, 0:2] = centres
    fragments[:, 2:4] = sources
    fragments[:, 4:6] = size
    fragments[:, 6:8] = 1.0 / sheet.devicePixelRatio()
    fragments[:, 9] = 1.0
    wrapped = Shiboken.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
    first = cast("QPainter.PixmapFragment", wrapped)
    painter.drawPixmapFragments(first, len(fragments), sheet)
