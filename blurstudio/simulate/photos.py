"""Reading the sharp photos that exposures are rendered from.

Training photos are plain 8-bit sRGB files; the full photo reader with profiles lives in media.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch

from blurstudio.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor


def load_sharp(path: Path) -> Tensor:
    """Read a photo as sRGB ``(3, h, w)`` in [0, 1], float32.

    Raises
    ------
    DataError
        If the file is missing or can't be decoded.
    """
    try:
        data = np.fromfile(path, dtype=np.uint8)
    except OSError as error:
        raise DataError(
            "The photo {path} can't be read; check that it is there.", path=path
        ) from error
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if pixels is None:
        raise DataError(
            "The photo {path} is damaged or no picture; remove it from the folder.", path=path
        )
    rgb = np.ascontiguousarray(pixels[:, :, ::-1].transpose(2, 0, 1))
    return torch.from_numpy(rgb).float() / 255


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal.

    Raises
    ------
    DataError
        If the file can't be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(
            "The file {path} can't be read; check that it is there.", path=path
        ) from error
