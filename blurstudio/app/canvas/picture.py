"""One picture on the canvas: Qt's copy of the pixels and its halved levels.

Pixels are never computed on here; levels are built by `LevelBuilder` and only kept here.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray

_serials = itertools.count()
_SMALLEST_SIDE = 64


class Picture:
    """The pixels of one picture as QImage, with levels of half, quarter ... the size.

    Parameters
    ----------
    pixels
        uint8 (H, W, 3), sRGB; copied, so the caller may change it afterwards. Or what
        `picture_image` made of it, on another thread.
    """

    def __init__(self, pixels: NDArray[np.uint8] | QImage) -> None:
        image = pixels if isinstance(pixels, QImage) else picture_image(pixels)
        if image.isNull() or image.format() != QImage.Format.Format_RGB32:
            raise ValueError("a QImage must come from picture_image()")
        self._levels = [image]
        self.serial = next(_serials)

    @property
    def size(self) -> tuple[int, int]:
        """(H, W) in px."""
        return self._levels[0].height(), self._levels[0].width()

    @property
    def level_count(self) -> int:
        """How many levels there are by now, the full picture included."""
        return len(self._levels)

    @property
    def full(self) -> QImage:
        """The picture at its own size."""
        return self._levels[0]

    @property
    def smallest(self) -> QImage:
        """The smallest level there is by now."""
        return self._levels[-1]

    def add_level(self, image: QImage) -> None:
        """Append a level of half the smallest one's size."""
        self._levels.append(image)

    def wants_level(self, scale: float) -> bool:
        """Whether a level to come would look better at ``scale`` (device px per px)."""
        smallest = self.smallest
        if min(smallest.width(), smallest.height()) <= _SMALLEST_SIDE:
            return False
        return scale * 2 ** (self.level_count - 1) <= 0.5

    def level_for(self, scale: float) -> QImage:
        """Smallest level that still has a pixel for each device pixel at ``scale``."""
        index = 0
        while index + 1 < self.level_count and scale * 2 ** (index + 1) <= 1.0:
            index += 1
        return self._levels[index]


def part_of(level: QImage, part: QRectF, size: tuple[int, int]) -> QRectF:
    """Rectangle of a level that holds ``part``, given in px of the full picture of ``size``."""
    x = level.width() / size[1]
    y = level.height() / size[0]
    return QRectF(part.x() * x, part.y() * y, part.width() * x, part.height() * y)


def picture_image(pixels: NDArray[np.uint8]) -> QImage:
    """Copy pixels, uint8 (H, W, 3) sRGB, into the kind of image that the canvas draws fastest.

    May be called on any thread: for 24 megapixels it takes some 40 ms, which a worker can spare
    the window.

    Raises
    ------
    ValueError
        If the array isn't uint8 (H, W, 3) with at least one pixel.
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise ValueError(f"expected uint8 (H, W, 3), got {pixels.dtype} {pixels.shape}")
    height, width = pixels.shape[:2]
    packed = np.ascontiguousarray(pixels)
    shared = QImage(packed.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # The conversion copies: numpy's memory is not referred to afterwards.
    return shared.convertToFormat(QImage.Format.Format_RGB32)
