"""Flow of anybody's file, told by its first bytes: .flo, .pfm or KITTI's PNG.

How each of them is laid out is known in `flow` and `pfm`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np

from blurstudio.errors import DataError
from blurstudio.media.flow import read_flo, read_kitti
from blurstudio.media.pfm import read_pfm

if TYPE_CHECKING:
    import os

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

_PNG = b"\x89PNG\r\n\x1a\n"
# Place of bit depth and kind of colour in a PNG's header.
_DEPTH, _COLOUR = 24, 25
_SIXTEEN, _RGB = 16, 2


def holds_flow(path: str | os.PathLike[str]) -> bool:
    """Whether a file is one of flow, by its content.

    A 16-bit colour PNG is a flow when its blue channel says nothing but valid or not: a photo
    whose blue is 0 or 1 of 65535 everywhere would be as good as without blue.

    Raises
    ------
    DataError
        If it can't be read.
    """
    head = _head(path)
    if head[:4] == b"PIEH" or head[:3] in (b"PF\n", b"PF ", b"PF\r", b"Pf\n", b"Pf "):
        return True
    is_deep = head[:8] == _PNG and head[_DEPTH : _COLOUR + 1] == bytes((_SIXTEEN, _RGB))
    if not is_deep:
        return False
    try:
        stored = imagecodecs.png_decode(Path(path).read_bytes())
    except (imagecodecs.PngError, ValueError, OSError):
        return False
    return stored.ndim == 3 and bool(stored[..., 2].max() <= 1)


def read_flow(path: str | os.PathLike[str]) -> Floats:
    """Read a flow, whatever the file's ending.

    Returns
    -------
    ndarray
        ``(H, W, 2)`` float32 px, content motion (dx, dy); unknown vectors are NaN.

    Raises
    ------
    DataError
        If the file isn't there, holds no flow, is damaged, or knows not a single vector.
    """
    head = _head(path)
    if head[:8] == _PNG:
        flow, valid = read_kitti(path)
        flow[~valid] = np.nan
    else:
        flow = read_pfm(path) if head[:2] in (b"PF", b"Pf") else read_flo(path)
    if not np.isfinite(flow).any():
        raise DataError(
            "{path} knows not a single vector of its flow; name another file.", path=path
        )
    return flow


def _head(path: str | os.PathLike[str]) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(_COLOUR + 1)
    except OSError as error:
        raise DataError(
            "{path} can't be read ({why}); check the name.", path=path, why=error.strerror
        ) from error
