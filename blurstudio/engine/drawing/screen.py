"""Pictures laid out as a screen wants them, and halved, into memory that the caller owns.

Nothing here holds Python's lock for longer than a moment, so that a worker with a picture of a
hundred megapixels never keeps a window waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]


def pack(pixels: Bytes, target: Bytes) -> None:
    """Write pixels as blue, green, red and 255.

    Parameters
    ----------
    pixels
        (H, W, 3) uint8, red, green, blue.
    target
        (H, W, 4) uint8, contiguous; written into.
    """
    cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA, dst=target)


def halve(source: Bytes, target: Bytes) -> None:
    """Write the means of two by two pixels; an odd row or column at the end is halved alone.

    Parameters
    ----------
    source
        (H, W, 4) uint8 with H and W of at least 2.
    target
        (ceil(H / 2), ceil(W / 2), 4) uint8; written into.
    """
    height, width = source.shape[0] // 2, source.shape[1] // 2
    # Whole pairs apart: with any other factor the same operation takes ten times as long.
    inner = target[:height, :width]
    size = (width, height)
    cv2.resize(source[: 2 * height, : 2 * width], size, dst=inner, interpolation=cv2.INTER_AREA)
    right, below = source.shape[1] % 2, source.shape[0] % 2
    if right:
        column = source[: 2 * height, -1:]
        target[:height, -1:] = cv2.resize(column, (1, height), interpolation=cv2.INTER_AREA)
    if below:
        row = source[-1:, : 2 * width]
        target[-1:, :width] = cv2.resize(row, (width, 1), interpolation=cv2.INTER_AREA)
    if right and below:
        target[-1, -1] = source[-1, -1]
