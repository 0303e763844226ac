"""Regions of the picture and the one that is marked: a veil over all the others.

Regions come as a small map of numbers; it is stretched over the picture as it is painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, qRgba

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blurstudio.app.canvas.camera import View

_VEIL = qRgba(0, 0, 0, 120)
_CLEAR = qRgba(0, 0, 0, 0)
_MOST = 256


class Regions:
    """Numbered regions of a picture, one of which may be marked.

    Parameters
    ----------
    numbers
        (h, w) uint8, a region's number for every cell of a grid over the picture.
    """

    def __init__(self, numbers: NDArray[np.uint8]) -> None:
        height, width = numbers.shape
        # QImage shares memory with the array and wants rows of whole words: hence the copies.
        shared = QImage(
            np.ascontiguousarray(numbers).data, width, height, width, QImage.Format.Format_Indexed8
        )
        self._veil = shared.copy()
        self._marked: int | None = None

    @property
    def marked(self) -> int | None:
        """Number of the marked region."""
        return self._marked

    def mark_at(self, x: float, y: float) -> bool:
        """Mark the region under a place in [0, 1) both ways; returns whether that is a change."""
        column = min(int(x * self._veil.width()), self._veil.width() - 1)
        row = min(int(y * self._veil.height()), self._veil.height() - 1)
        number = self._veil.pixelIndex(column, row)
        changed = number != self._marked
        if changed:
            self._marked = number
            colours = [_VEIL] * _MOST
            colours[number] = _CLEAR
            self._veil.setColorTable(colours)
        return changed

    def unmark(self) -> bool:
        """Mark none; returns whether that is a change."""
        changed = self._marked is not None
        self._marked = None
        return changed

    def paint(self, painter: QPainter, view: View, scene: tuple[int, int]) -> None:
        """Veil what isn't marked, in device px; without a mark nothing is veiled."""
        if self._marked is None:
            return
        height, width = scene
        place = QRectF(view.x, view.y, width * view.scale, height * view.scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(place, self._veil)
