"""Flow in portable float maps (.pfm), as some data sets and programs have it.

Rows lie from the bottom to the top there; the third channel says nothing about motion.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from blurstudio.errors import DataError
from blurstudio.media.atomic import write_bytes
from blurstudio.media.flow import check_sides, flow_size, read_bytes

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
        raise DataError(
            "{path} is not a .pfm file; name one that starts with the letters PF.", path=path
        )
    if head[1] != b"PF":
        raise DataError(
            "{path} has one channel; a flow has two: name a .pfm of three channels.", path=path
        )
    width, height = int(head[2]), int(head[3])
    check_sides(path, width, height)
    count = 3 * width * height
    if len(data) < head.end() + 4 * count:
        raise DataError(
            "{path} is cut off: it ends before its flow does; copy it again.", path=path
        )
    kind = "<f4" if scale < 0 else ">f4"
    stored = np.frombuffer(data, kind, count, head.end()).reshape(height, width, 3)
    flow = stored[::-1, :, :2].astype(np.float32)
    with np.errstate(invalid="ignore"):
        flow[~(np.abs(flow).max(axis=2) < _UNKNOWN)] = np.nan
    return flow


def write_pfm(path: str | os.PathLike[str], flow: Floats) -> None:
    """Write flow as a PFM file of three channels (dx, dy, 0), atomically.

    Parameters
    ----------
    flow
        ``(H, W, 2)`` px, (dx, dy); values that are not finite are kept.

    Raises
    ------
    ExportError
        If the place can't be written to.
    ValueError
        For another shape.
    """
    height, width = flow_size(flow)
    stored = np.zeros((height, width, 3), "<f4")
    stored[..., :2] = flow
    # The sign of the last number says little-endian; rows go from the bottom to the top.
    write_bytes(path, f"PF\n{width} {height}\n-1.0\n".encode() + stored[::-1].tobytes())


def _scale(text: bytes) -> float:
    """Read the scale, whose sign tells the order of bytes; 0 where it is none."""
    try:
        scale = float(text)
    except ValueError:
        return 0.0
    return scale if math.isfinite(scale) else 0.0
