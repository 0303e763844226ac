"""A camera's RAW file, made of light that is known."""

from __future__ import annotations

import numpy as np
import tifffile

BLACK, WHITE = 512, 65535
# From XYZ to the camera's own colours, which are sRGB's here.
_MATRIX = (3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570)


def write_dng(path, light, orientation=1):
    """Write linear light, (H, W, 3) in [0, 1], with even sides, through a Bayer mosaic."""
    stored = np.rint(light * (WHITE - BLACK) + BLACK).astype(np.uint16)
    # LibRaw takes what is brightest for white if nothing is.
    stored[:2, :2] = WHITE
    mosaic = stored[..., 1].copy()
    mosaic[0::2, 0::2] = stored[0::2, 0::2, 0]
    mosaic[1::2, 1::2] = stored[1::2, 1::2, 2]
    matrix = [word for value in _MATRIX for word in (round(value * 10_000), 10_000)]
    tags = [
        (271, "s", 0, "Camera Works", True), (272, "s", 0, "One", True),
        (274, "H", 1, orientation, True),
        (33421, "H", 2, (2, 2), True), (33422, "B", 4, (0, 1, 1, 2), True),
        (50706, "B", 4, (1, 4, 0, 0), True), (50707, "B", 4, (1, 1, 0, 0), True),
        (50708, "s", 0, "Camera Works One", True),
        (50714, "H", 1, BLACK, True), (50717, "I", 1, WHITE, True),
        (50721, "2i", 9, matrix, True), (50728, "2I", 3, (1, 1) * 3, True),
        (50778, "H", 1, 21, True),
    ]  # fmt: skip
    tifffile.imwrite(path, mosaic, photometric=32803, extratags=tags, metadata=None, byteorder="<")
    return path
