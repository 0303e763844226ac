"""What is seen of the brush: a veil over the places that it hid, and the ring at the cursor.

A mask comes as a small map of bytes; it is stretched over the picture as it is painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, qRgba

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blurstudio.app.canvas.camera import View
    from blurstudio.session.blend import Brush

_VEIL = (226, 58, 58)
_THICKEST = 120
"""Opacity of the veil where nothing of the result is used, of 255."""
_COLOURS = [qRgba(*_VEIL, round(_THICKEST * (255 - value) / 255)) for value in range(256)]
_DARK, _BRIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 230)


def veil_of(mask: NDArray[np.uint8]) -> QImage:
    """Make the veil of a mask (h, w): thick at 0, none at 255."""
    height, width = mask.shape
    # QImage shares memory with the array and wants rows of whole words: hence the bytes per row,
    # and the conversion, which copies.
    shared = QImage(
        np.ascontiguousarray(mask).data, width, height, width, QImage.Format.Format_Indexed8
    )
    shared.setColorTable(_COLOURS)
    return shared.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


@dataclass(frozen=True, eq=False)
class Brushed:
    """What one paint shows of brush and mask.

    Attributes
    ----------
    veil
        From `veil_of`, or None.
    brush, at
        The brush and the picture point under the cursor; None where no ring is shown.
    """

    veil: QImage | None
    brush: Brush | None
    at: QPointF | None

    def paint(self, painter: QPainter, view: View, scene: tuple[int, int], ratio: float) -> None:
        """Paint in device px."""
        height, width = scene
        if self.veil is not None:
            place = QRectF(view.x, view.y, width * view.scale, height * view.scale)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.veil)
        if self.brush is None or self.at is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        centre = QPointF(*view.to_screen(self.at.x(), self.at.y()))
        radius = self.brush.radius * max(scene) * view.scale
        # Dark around bright is seen on any picture.
        for colour, thickness in ((_DARK, 3.0), (_BRIGHT, 1.0)):
            painter.setPen(QPen(colour, thickness * ratio))
            painter.drawEllipse(centre, radius, radius)
        if 0 < self.brush.hardness < 1:
            painter.setPen(QPen(_BRIGHT, ratio, Qt.PenStyle.DotLine))
            painter.drawEllipse(centre, radius * self.brush.hardness, radius * self.brush.hardness)
