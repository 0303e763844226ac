"""Flow fields as the research files .flo, KITTI PNG and PFM.

Pictures of flow are drawn elsewhere; what a flow means is written in the glossary.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np

from blurstudio.errors import DataError
from blurstudio.media.atomic import write_bytes

if TYPE_CHECKING:
    import os

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Mask = npt.NDArray[np.bool_]

_MAGIC = b"PIEH"
# Middlebury: components beyond this are unknown, and are written as ten times as much.
_UNKNOWN = 1e9
_KITTI_STEPS = 64.0
_KITTI_ZERO = 32768.0
_MAX_SIDE = 100_000
_MAX_PIXELS = 200_000_000
_MAX_BYTES = 16 * _MAX_PIXELS


def write_flo(path: str | os.PathLike[str], flow: Floats) -> None:
    """Write a Middlebury .flo file, atomically.

    Parameters
    ----------
    flow
        ``(H, W, 2)`` px, (dx, dy); values that are not finite are marked unknown.

    Raises
    ------
    ExportError
        If the place can't be written to.
    ValueError
        For another shape.
    """
    height, width = flow_size(flow)
    known = np.isfinite(flow).all(axis=2, keepdims=True)
    stored = np.where(known, flow, 10 * _UNKNOWN).astype("<f4")
    size = np.array([width, height], dtype="<i4")
    write_bytes(path, _MAGIC + size.tobytes() + stored.tobytes())


def read_flo(path: str | os.PathLike[str]) -> Floats:
    """Read a Middlebury .flo file.

    Returns
    -------
    ndarray
        ``(H, W, 2)`` float32 px; unknown vectors are NaN.

    Raises
    ------
    DataError
        If the file isn't there, isn't a .flo, or is cut off.
    """
    data = read_bytes(path)
    if data[:4] != _MAGIC or len(data) < 12:
        raise DataError(
            "{path} is not a .flo file; name one that starts with the word PIEH.", path=path
        )
    width, height = (int(side) for side in np.frombuffer(data, "<i4", 2, 4))
    check_sides(path, width, height)
    if len(data) < 12 + 8 * width * height:
        raise DataError(
            "{path} is cut off: it ends before its flow does; copy it again.", path=path
        )
    flow = np.frombuffer(data, "<f4", 2 * width * height, 12).reshape(height, width, 2)
    with np.errstate(invalid="ignore"):
        unknown = ~(np.abs(flow).max(axis=2, keepdims=True) < _UNKNOWN)
    return np.where(unknown, np.float32(np.nan), flow).astype(np.float32)


def write_kitti(path: str | os.PathLike[str], flow: Floats, valid: Mask | None = None) -> None:
    """Write flow as KITTI's 16-bit PNG, atomically: steps of 1/64 px.

    Parameters
    ----------
    flow
        ``(H, W, 2)`` px, (dx, dy). Vectors beyond +-512 px and such as are not finite can't be
        held and are marked invalid.
    valid
        ``(H, W)`` bool; None means everywhere.

    Raises
    ------
    ExportError
        If the place can't be written to.
    ValueError
        For another shape.
    """
    size = flow_size(flow)
    if valid is not None and valid.shape != size:
        raise ValueError(f"valid must be {size}, got {valid.shape}")
    steps = np.rint(np.nan_to_num(flow.astype(np.float64)) * _KITTI_STEPS + _KITTI_ZERO)
    inside = np.isfinite(flow) & (steps >= 0) & (steps <= 65535)
    held: Mask = np.logical_and.reduce(inside, axis=2)
    if valid is not None:
        held = held & valid
    stored = np.zeros((*size, 3), np.uint16)
    stored[..., :2] = np.where(held[..., None], steps, 0)
    stored[..., 2] = held
    write_bytes(path, bytes(imagecodecs.png_encode(stored)))


def read_kitti(path: str | os.PathLike[str]) -> tuple[Floats, Mask]:
    """Read flow from KITTI's 16-bit PNG.

    Returns
    -------
    tuple
        Flow ``(H, W, 2)`` float32 px, 0 where invalid, and validity ``(H, W)`` bool.

    Raises
    ------
    DataError
        If the file isn't there or isn't a 16-bit colour PNG.
    """
    try:
        stored = imagecodecs.png_decode(read_bytes(path))
    except (imagecodecs.PngError, ValueError) as error:
        raise DataError("{path} is no PNG or is cut off; copy it again.", path=path) from error
    if stored.dtype != np.uint16 or stored.ndim != 3 or stored.shape[2] != 3:
        raise DataError(
            "{path} is no 16-bit colour PNG; name a flow file in KITTI's layout.", path=path
        )
    valid = stored[..., 2] > 0
    flow = (stored[..., :2].astype(np.float32) - np.float32(_KITTI_ZERO)) / np.float32(_KITTI_STEPS)
    flow[~valid] = 0
    return flow, valid


def flow_size(flow: Floats) -> tuple[int, int]:
    """Return (H, W) of a flow (H, W, 2).

    Raises
    ------
    ValueError
        For another shape.
    """
    if flow.ndim != 3 or flow.shape[2] != 2:
        raise ValueError(f"flow must be (H, W, 2), got {flow.shape}")
    return flow.shape[0], flow.shape[1]


def check_sides(path: str | os.PathLike[str], width: int, height: int) -> None:
    """Refuse a flow whose file says that it has no pixels, or far too many.

    Raises
    ------
    DataError
        Without a pixel, or with more than 200 million.
    """
    sides = 0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE
    if not sides or width * height > _MAX_PIXELS:
        raise DataError(
            "{path} says it is {width} x {height} large; copy it again.",
            path=path,
            width=width,
            height=height,
        )


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a file that is to hold a flow.

    Raises
    ------
    DataError
        If it can't be read, or is larger than any flow.
    """
    try:
        if Path(path).stat().st_size > _MAX_BYTES:
            raise DataError(
                "{path} is larger than any flow of a photo; name another file.", path=path
            )
        return Path(path).read_bytes()
    except OSError as error:
        raise DataError(
            "{path} can't be read ({why}); check the name.", path=path, why=error.strerror
        ) from error
