"""Flow from portable float maps (.pfm), as some data sets and programs write it.

Rows lie from the bottom to the top there; the third channel says nothing about motion.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from blurstudio.errors import DataError
from blurstudio.media.flow import check_sides, read_bytes

if TYPE_CHECKING:
    import os

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

_HEAD = re.compile(rb"(PF|Pf)\s+(\d{1,9})\s+(\d{1,9})\s+([-+0-9.eE]{1,30})\s")
_UNKNOWN = 1e9


def read_pfm(path: str | os.PathLike[str]) -> Floats:
    """Read the flow of a .pfm file.

    Returns
    -------
    ndarray
        ``(H, W, 2)`` float32 px; vectors that are not finite or beyond 1e9 px are NaN.

    Raises
    ------
    DataError
        If the file isn't there, isn't a .pfm, has one channel only, or is cut off.
    """
    data = read_bytes(path)
    head = _HEAD.match(data)
    scale = _scale(head[4]) if head else 0.0
    if head is None or not scale:
        raise DataError(f"{path} is not a .pfm file; name one that starts with the letters PF.")
    if head[1] != b"PF":
        raise DataError(f"{path} has one channel; a flow has two: name a .pfm of three channels.")
    width, height = int(head[2]), int(head[3])
    check_sides(path, width, height)
    count = 3 * width * height
    if len(data) < head.end() + 4 * count:
        raise DataError(f"{path} is cut off: it ends before its flow does; copy it again.")
    kind = "<f4" if scale < 0 else ">f4"
    stored = np.frombuffer(data, kind, count, head.end()).reshape(height, width, 3)
    flow = stored[::-1, :, :2].astype(np.float32)
    with np.errstate(invalid="ignore"):
        flow[~(np.abs(flow).max(axis=2) < _UNKNOWN)] = np.nan
    return flow


def _scale(text: bytes) -> float:
    """Read the scale, whose sign tells the order of bytes; 0 where it is none."""
    try:
        scale = float(text)
    except ValueError:
        return 0.0
    return scale if math.isfinite(scale) else 0.0
