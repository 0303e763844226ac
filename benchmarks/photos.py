"""Photos made up for measuring: textured and blurred, so that no data folder is needed.

They look like nothing in particular; only their size and that networks have work on them matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

SEED = 20


def blurred_picture(height: int, width: int, length: int = 25) -> npt.NDArray[np.uint8]:
    """Make a picture of soft noise on several scales, smeared sideways.

    Parameters
    ----------
    height, width : int
        px.
    length : int
        Length of the blur, px.

    Returns
    -------
    ndarray
        (H, W, 3) uint8, the same for the same size.
    """
    generator = np.random.default_rng(SEED)
    picture = np.zeros((height, width, 3), np.float32)
    for cell in (64, 16, 4):
        grid = (-(-height // cell), -(-width // cell), 3)
        noise = generator.random(grid, dtype=np.float32)
        picture += cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)
    smeared = cv2.blur(picture, (length, 1))
    return np.clip(smeared * (255 / 3), 0, 255).astype(np.uint8)


def write_photo(path: Path, height: int, width: int) -> Path:
    """Write such a picture as a JPEG file and return its path."""
    encoded, data = cv2.imencode(".jpg", blurred_picture(height, width))
    if not encoded:
        raise RuntimeError(f"a picture of {height} x {width} px could not be encoded")
    path.write_bytes(data.tobytes())
    return path
