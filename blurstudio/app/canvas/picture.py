"""One picture on the canvas: Qt's copy of the pixels and the levels of half, quarter ... its size.

Workers make both beforehand, so that the window never meets a large picture unprepared; pixels are
computed in `engine.drawing.screen`.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from blurstudio.errors import MemoryBudgetError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_serials = itertools.count()
_SMALLEST_SIDE = 64
_FORMAT = QImage.Format.Format_RGB32


class ScreenImage(QImage):
    """A QImage of the kind that the canvas draws fastest, with its halved levels.

    Attributes
    ----------
    levels
        The picture at half, quarter ... its size, down to some 64 px.
    """

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height, _FORMAT)
        self.levels: tuple[QImage, ...] = ()


class Picture:
    """The pixels of one picture and their levels, as they were prepared.

    Parameters
    ----------
    pixels
        uint8 (H, W, 3), sRGB; copied, so the caller may change it afterwards. Or what
        `picture_image` made of it, on another thread.
    """

    def __init__(self, pixels: NDArray[np.uint8] | QImage) -> None:
        image = pixels if isinstance(pixels, QImage) else picture_image(pixels)
        if image.isNull() or image.format() != _FORMAT:
            raise ValueError("a QImage must come from picture_image()")
        levels = image.levels if isinstance(image, ScreenImage) else _levels_of(image)
        self._levels = (image, *levels)
        self.serial = next(_serials)

    @property
    def size(self) -> tuple[int, int]:
        """(H, W) in px."""
        return self._levels[0].height(), self._levels[0].width()

    @property
    def full(self) -> QImage:
        """The picture at its own size."""
        return self._levels[0]

    def level_for(self, scale: float) -> tuple[QImage, float]:
        """Return the level to draw at ``scale`` (device px per px), and its own scale.

        It is the smallest level that still has a pixel for each device pixel.
        """
        index = 0
        while index + 1 < len(self._levels) and scale * 2 ** (index + 1) <= 1.0:
            index += 1
        return self._levels[index], 0.5**index


def part_of(part: QRectF, scale: float) -> QRectF:
    """Rectangle of a level of that ``scale`` that holds ``part`` of the full picture."""
    return QRectF(part.x() * scale, part.y() * scale, part.width() * scale, part.height() * scale)


def picture_image(pixels: NDArray[np.uint8]) -> ScreenImage:
    """Copy pixels, uint8 (H, W, 3) sRGB, and halve them, for the canvas.

    May be called on any thread, and should be for large pictures: the window goes on meanwhile.

    Raises
    ------
    ValueError
        If the array isn't uint8 (H, W, 3) with at least one pixel.
    MemoryBudgetError
        If there is no memory for it.
    """
    from blurstudio.engine.drawing.screen import pack

    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise ValueError(f"expected uint8 (H, W, 3), got {pixels.dtype} {pixels.shape}")
    image = ScreenImage(pixels.shape[1], pixels.shape[0])
    # Not by Qt's own conversion: that holds Python's lock to its end, and the window with it.
    pack(pixels, _to_write(image))
    image.levels = _levels_of(image)
    return image


def _levels_of(image: QImage) -> tuple[QImage, ...]:
    from blurstudio.engine.drawing.screen import halve

    levels: list[QImage] = []
    above = image
    while min(above.width(), above.height()) > _SMALLEST_SIDE:
        level = QImage((above.width() + 1) // 2, (above.height() + 1) // 2, _FORMAT)
        halve(memory_of(above), _to_write(level))
        levels.append(level)
        above = level
    return tuple(levels)


def memory_of(image: QImage) -> NDArray[np.uint8]:
    """Pixels of such an image, to be read in place: (H, W, 4) blue, green, red and 255."""
    # The constant one: asking for memory to write to copies an image that is held elsewhere too.
    return _shaped(image.constBits(), image)


def _to_write(image: QImage) -> NDArray[np.uint8]:
    if image.isNull():
        raise MemoryBudgetError(
            "There is no memory left for showing this picture; close other programs, or open a "
            "smaller copy of the photo."
        )
    return _shaped(image.bits(), image)


def _shaped(memory: bytes | bytearray | memoryview, image: QImage) -> NDArray[np.uint8]:
    return np.frombuffer(memory, np.uint8).reshape(image.height(), image.width(), 4)
