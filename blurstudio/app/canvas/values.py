"""The numbers of pixels, written into them where they are seen large enough to be read.

Written once per view, into the layer of their picture: thousands of digits in two calls, since one
call for each pixel would take longer than a frame may.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QGlyphRun, QPainter, QRawFont

from blurstudio.app.canvas.picture import memory_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

READABLE = 40.0
"""Device px that a pixel must be high and wide for its values to be written in it."""

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
    height = min(_LARGEST_TEXT, math.floor(_TEXT_SHARE * min(cell)))
    digits = _digits(painter.font().family(), height)
    sides = (slice(part.top(), part.bottom() + 1), slice(part.left(), part.right() + 1))
    numbers = memory_of(image)[sides][..., 2::-1].reshape(-1, 3)
    y, x = (axis.reshape(-1) for axis in np.mgrid[sides])
    middles = np.stack([corner[0] + (x + 0.5) * cell[0], corner[1] + (y + 0.5) * cell[1]], axis=1)
    bright = numbers @ _GREY >= _MIDDLE
    for pen, chosen in ((_DARK, bright), (_LIGHT, ~bright)):
        painter.setPen(pen)
        _write(painter, digits, numbers[chosen], middles[chosen])


class _Digits(NamedTuple):
    """Glyphs of the ten digits, all equally wide, and how lines of them are set; device px."""

    font: QRawFont
    glyphs: NDArray[np.int64]
    width: float
    line: float
    base: float


@lru_cache(maxsize=32)
def _digits(family: str, height: int) -> _Digits:
    font = QFont(family)
    font.setPixelSize(height)
    raw = QRawFont.fromFont(font)
    glyphs = np.array(raw.glyphIndexesForString("0123456789"))
    width = max(advance.x() for advance in raw.advancesForGlyphIndexes(glyphs.tolist()))
    line = raw.ascent() + raw.descent()
    # The middle one of three lines stands in the middle of the pixel.
    return _Digits(raw, glyphs, width, line, raw.ascent() - line / 2)


def _write(
    painter: QPainter,
    digits: _Digits,
    numbers: NDArray[np.uint8],
    middles: NDArray[np.float64],
) -> None:
    """Write numbers (N, 3) under each other around ``middles`` (N, 2), all in one go."""
    glyphs, places = [], []
    for channel in range(3):
        values = numbers[:, channel].astype(np.int64)
        lengths = 1 + (values >= 10) + (values >= 100)
        below = middles[:, 1] + digits.base + (channel - 1) * digits.line
        for place in range(3):
            there = lengths > place
            # From the left: the first of three digits is the hundreds.
            power = 10 ** (lengths[there] - 1 - place)
            left = middles[there, 0] + (place - lengths[there] / 2) * digits.width
            glyphs.append(digits.glyphs[values[there] // power % 10])
            places.append(np.stack([left, below[there]], axis=1))
    run = QGlyphRun()
    run.setRawFont(digits.font)
    run.setGlyphIndexes(np.concatenate(glyphs).tolist())
    run.setPositions([QPointF(*place) for place in np.concatenate(places).tolist()])
    painter.drawGlyphRun(QPointF(0, 0), run)
