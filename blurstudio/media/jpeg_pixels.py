"""Pixels of a JPEG file straight into an array, without Pillow's own copies of them.

Pillow keeps Python's lock while it makes room for its copies: 0.1 s and more for a large photo, in
which no other thread gets on. The decoder is the same, and so are the pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import imagecodecs

if TYPE_CHECKING:
    import numpy.typing as npt

_START, _SCAN, _END = b"\xff\xd8", 0xDA, b"\xff\xd9"
_BARE = {0x01, *range(0xD0, 0xD8)}


def jpeg_pixels(data: bytes, shape: tuple[int, ...]) -> npt.NDArray[Any] | None:
    """Decode a whole JPEG file of 8 bits.

    Parameters
    ----------
    data
        The file. The decoder fills up with grey what is missing, so it must be all there.
    shape
        What must come out: (H, W) for grey, (H, W, 3) for RGB.

    Returns
    -------
    ndarray or None
        uint8; None where the file is cut off or damaged, or something else came out: there, Pillow
        knows more.
    """
    scan = _first_scan(data)
    if scan is None or data.find(_END, scan) < 0:
        return None
    try:
        pixels = imagecodecs.jpeg8_decode(data)
    except (imagecodecs.Jpeg8Error, ValueError):
        return None
    return pixels if pixels.shape == shape and pixels.dtype.itemsize == 1 else None


def _first_scan(data: bytes) -> int | None:
    """Where the first scan begins: the end marker of a thumbnail in the header must not count."""
    if not data.startswith(_START):
        return None
    place = len(_START)
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == _SCAN:
            return place
        if marker == 0xFF:  # filling
            place += 1
        elif marker in _BARE:
            place += 2
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return None
