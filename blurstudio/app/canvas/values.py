"""The numbers of pixels, written into them where they are seen large enough to be read.

Written once per view, into the layer of their picture: thousands of digits in one call, since one
call for each pixel would take longer than a frame may.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from blurstudio.app.canvas.arrays import draw_cuttings
from blurstudio.app.canvas.picture import memory_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

READABLE = 40.0
"""Device px that a pixel must be high and wide for its values to be written in it."""

_DIGITS = "0123456789"
_TEXT_SHARE = 0.25
# A reduced picture's pixels can be as large as the canvas; glyphs of that size take long to make.
_LARGEST_TEXT = 16
_DARK, _LIGHT = QColor(0, 0, 0, 215), QColor(255, 255, 255, 225)
_MIDDLE = 128
_GREY = np.array([11, 16, 5]) / 32


def write_values(
    painter: QPainter,
    image: QImage,
    part: QRect,
    corner: tuple[float, float],
    cell: tuple[float, float],
) -> None:
    """Write red, green and blue of pixels, one above the other, 0 to 255.

    Parameters
    ----------
    painter
        On the layer, in device px.
    image
        The picture at its own size.
    part
        Which of its pixels are seen.
    corner
        Place of its pixel (0, 0) in the layer.
    cell
        Width and height of a pixel, device px.
    """
    if min(cell) < READABLE:
        return
    height = max(1, min(_LARGEST_TEXT, math.floor(_TEXT_SHARE * min(cell))))
    digits = _digits(painter.font().family(), height)
    sides = (slice(part.top(), part.bottom() + 1), slice(part.left(), part.right() + 1))
    numbers = memory_of(image)[sides][..., 2::-1].reshape(-1, 3)
    y, x = (axis.reshape(-1) for axis in np.mgrid[sides])
    middles = np.stack([corner[0] + (x + 0.5) * cell[0], corner[1] + (y + 0.5) * cell[1]], axis=1)
    size = (digits.width() // 10, digits.height() // 2)
    places, sources = _set(numbers, middles, size)
    draw_cuttings(painter, places, digits, sources, size)


@lru_cache(maxsize=32)
def _digits(family: str, height: int) -> QPixmap:
    """Return a sheet of the ten digits, all equally wide: dark ones, and light ones below them."""
    font = QFont(family)
    font.setPixelSize(height)
    metrics = QFontMetrics(font)
    width = max(metrics.horizontalAdvance(digit) for digit in _DIGITS)
    sheet = QPixmap(10 * width, 2 * metrics.height())
    sheet.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sheet)
    painter.setFont(font)
    for row, pen in enumerate((_DARK, _LIGHT)):
        painter.setPen(pen)
        for column, digit in enumerate(_DIGITS):
            painter.drawText(column * width, row * metrics.height() + metrics.ascent(), digit)
    painter.end()
    return sheet


def _set(
    numbers: NDArray[np.uint8], middles: NDArray[np.float64], size: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Set numbers (N, 3) under each other around ``middles`` (N, 2).

    Returns
    -------
    ndarray, ndarray
        (M, 2) corners of digits of ``size`` (width, height), and (M, 2) where they are on the
        sheet; whole px.
    """
    width, height = size
    row = np.where(numbers @ _GREY >= _MIDDLE, 0, height)
    corners, sources = [], []
    for channel in range(3):
        values = numbers[:, channel].astype(np.int64)
        lengths = 1 + (values >= 10) + (values >= 100)
        # The middle one of three lines stands in the middle of the pixel.
        tops = np.floor(middles[:, 1] + (channel - 1.5) * height)
        lefts = np.floor(middles[:, 0] - lengths / 2 * width)
        for place in range(3):
            there = lengths > place
            # From the left: the first of three digits is the hundreds.
            digit = values[there] // 10 ** (lengths[there] - 1 - place) % 10
            corners.append(np.stack([lefts[there] + place * width, tops[there]], axis=1))
            sources.append(np.stack([digit * width, row[there]], axis=1))
    return np.concatenate(corners), np.concatenate(sources).astype(np.float64)
