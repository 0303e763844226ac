"""Resizing of pictures and of maps over the same picture: half-pixel, whole or in bands of rows.

Values are only interpolated here; scaling offsets with the picture is `Trajectory`'s business.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def reduced(picture: Tensor, size: tuple[int, int]) -> Tensor:
    """Reduce a picture (C, H, W) to (h, w), every pixel counting; one of that size stays.

    Rounding may take values by some 1e-7 beyond those of the picture.
    """
    if picture.shape[-2:] == size:
        return picture
    return F.interpolate(picture[None], size, mode="bilinear", antialias=True)[0]


def resample(maps: Tensor, size: tuple[int, int], rows: tuple[int, int] | None = None) -> Tensor:
    """Interpolate maps linearly to another grid over the same picture, edges held.

    It equals `interpolate(mode="bilinear", align_corners=False)`, and can be asked for a band of
    rows: a large picture never has to hold all its offsets.

    Parameters
    ----------
    maps
        (..., h, w), with at least one leading axis.
    size
        (H, W) of the new grid.
    rows
        (first, past the last) row wanted. Default: all.

    Returns
    -------
    Tensor
        (..., H, W) or (..., rows, W).
    """
    height, width = size
    first, last = _band(rows, height)
    if maps.shape[-2:] == (height, width):
        return maps[..., first:last, :]
    rows_of = maps.shape[-2]
    place = (torch.arange(first, last, device=maps.device, dtype=torch.float64) + 0.5) * (
        rows_of / height
    ) - 0.5
    place = place.clamp(0, rows_of - 1)
    above = place.floor().long()
    share = (place - above).to(maps.dtype)[:, None]
    below = (above + 1).clamp(max=rows_of - 1)
    banded = torch.lerp(maps[..., above, :], maps[..., below, :], share)
    if maps.shape[-1] == width:
        return banded
    flat = banded.reshape(1, -1, last - first, maps.shape[-1])
    wide = F.interpolate(flat, (last - first, width), mode="bilinear", align_corners=False)
    return wide.reshape(*maps.shape[:-2], last - first, width)


def resample_nearest(
    mask: Tensor, size: tuple[int, int], rows: tuple[int, int] | None = None
) -> Tensor:
    """Read a mask on another grid over the same picture, each cell from the one it lies in.

    Parameters
    ----------
    mask
        (h, w), any dtype.
    size
        (H, W) of the new grid.
    rows
        (first, past the last) row wanted. Default: all.

    Returns
    -------
    Tensor
        (H, W) or (rows, W).
    """
    height, width = size
    first, last = _band(rows, height)
    y = _nearest(first, last, height, mask.shape[0], mask.device)
    x = _nearest(0, width, width, mask.shape[1], mask.device)
    return mask[y[:, None], x]


def resample_at(maps: Tensor, points: Tensor, size: tuple[int, int]) -> Tensor:
    """Interpolate maps linearly at some pixels, as `resample` would at all of them.

    Parameters
    ----------
    maps
        (C, 2, h, w).
    points
        (M, 2), (x, y) pixel centres.
    size
        (H, W) of the picture the points lie in.

    Returns
    -------
    Tensor
        (C, 2, M).
    """
    height, width = size
    span = maps.new_tensor((width, height))
    grid = ((points + 0.5) * (2 / span) - 1)[None, None]
    read = F.grid_sample(maps.flatten(0, 1)[None], grid, padding_mode="border", align_corners=False)
    return read.view(*maps.shape[:2], -1)


def _nearest(first: int, last: int, new: int, old: int, device: torch.device) -> Tensor:
    # (i + 1/2) old / new in whole numbers: no rounding at the edges of cells.
    index = torch.arange(first, last, device=device)
    return (2 * index + 1) * old // (2 * new)


def _band(rows: tuple[int, int] | None, height: int) -> tuple[int, int]:
    first, last = (0, height) if rows is None else rows
    if not 0 <= first < last <= height:
        raise ValueError(f"rows must lie within 0 and {height}, got {rows}")
    return first, last
