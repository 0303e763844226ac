"""The numbers of pixels, written into them where they are seen large enough to be read.

Written once per view, into the layer of their picture; nothing is computed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, qBlue, qGray, qGreen, qRed

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

READABLE = 40.0
"""Device px that a pixel must be high and wide for its values to be written in it."""

_TEXT_SHARE = 0.25
_DARK, _LIGHT = QColor(0, 0, 0, 215), QColor(255, 255, 255, 225)
_MIDDLE = 128


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
    font = QFont(painter.font())
    font.setPixelSize(max(1, math.floor(_TEXT_SHARE * min(cell))))
    painter.setFont(font)
    for y in range(part.top(), part.bottom() + 1):
        for x in range(part.left(), part.right() + 1):
            colour = image.pixel(x, y)
            painter.setPen(_DARK if qGray(colour) >= _MIDDLE else _LIGHT)
            place = QRectF(corner[0] + x * cell[0], corner[1] + y * cell[1], *cell)
            text = f"{qRed(colour)}\n{qGreen(colour)}\n{qBlue(colour)}"
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
