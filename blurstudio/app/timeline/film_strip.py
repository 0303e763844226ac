"""The row of small frames above the track, put together once per size.

Which moment a place means is the scrubber's business; here are only pictures side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from blurstudio.app.canvas.picture import picture_image

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

_EMPTY = QColor(34, 34, 34)
_GAP = 1.0
# Enough for a strip on a screen of three device px per logical px.
_LARGEST = 160


class FilmStrip:
    """Thumbnails at times linspace(-1/2, 1/2, N), as many as fit beside each other."""

    def __init__(self) -> None:
        self._thumbnails: list[QImage] = []
        self._strip: QImage | None = None

    def set_thumbnails(self, pictures: Sequence[NDArray[np.uint8]]) -> None:
        """Take uint8 (H, W, 3) pictures; copied.

        Raises
        ------
        ValueError
            If one of them has another shape or type.
        """
        self._thumbnails = [_image(picture) for picture in pictures]
        self._strip = None

    def __len__(self) -> int:
        return len(self._thumbnails)

    def strip(self, width: int, height: int) -> QImage:
        """Return the strip for a size in device px; kept until size or thumbnails change."""
        kept = self._strip
        if kept is None or (kept.width(), kept.height()) != (width, height):
            kept = self._strip = self._drawn(max(1, width), max(1, height))
        return kept

    def _drawn(self, width: int, height: int) -> QImage:
        strip = QImage(width, height, QImage.Format.Format_RGB32)
        strip.fill(_EMPTY)
        if not self._thumbnails:
            return strip
        first = self._thumbnails[0]
        slots = max(1, round(width * first.height() / (height * first.width())))
        painter = QPainter(strip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for slot in range(slots):
            middle = (slot + 0.5) / slots
            index = min(int(middle * len(self._thumbnails)), len(self._thumbnails) - 1)
            place = QRectF(slot * width / slots, 0.0, width / slots - _GAP, height)
            thumbnail = self._thumbnails[index]
            painter.drawImage(place, thumbnail, _covering(thumbnail, place))
        painter.end()
        return strip


def _covering(image: QImage, place: QRectF) -> QRectF:
    """Return the middle part of an image that has the proportions of ``place``."""
    scale = min(image.width() / place.width(), image.height() / place.height())
    part = QRectF(0.0, 0.0, place.width() * scale, place.height() * scale)
    part.moveCenter(QRectF(image.rect()).center())
    return part


def _image(pixels: NDArray[np.uint8]) -> QImage:
    image = picture_image(pixels)
    if image.height() > 2 * _LARGEST:
        return image.scaledToHeight(_LARGEST, Qt.TransformationMode.SmoothTransformation)
    return image
