"""Edits of a trajectory's parts under a mask: places flipped in time, maps scaled.

They work on plain tensors; `Trajectory` offers them as methods.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.resample import resample, resample_nearest

# Edited maps are refined to this many picture pixels per cell, the finest grid networks use.
_EDIT_CELL = 4


def flip_under(flipped: Tensor | None, mask: Tensor, size: tuple[int, int]) -> Tensor | None:
    """Flip time under a hard mask, on top of the places flipped already.

    Parameters
    ----------
    flipped : Tensor or None
        (hm, wm) bool, places flipped already.
    mask : Tensor
        (hm, wm) bool, of any resolution.
    size : tuple of int
        (H, W) of the picture, on whose pixels masks of different resolution meet.

    Returns
    -------
    Tensor or None
        Places flipped now; None when there are none left.

    Raises
    ------
    ValueError
        If the mask is no mask.
    """
    if mask.dim() != 2 or mask.dtype != torch.bool or not mask.numel():
        raise ValueError(f"mask must be (hm, wm) bool, got {tuple(mask.shape)} {mask.dtype}")
    if flipped is None:
        flipped = torch.zeros_like(mask)
    elif flipped.shape != mask.shape:
        flipped, mask = (resample_nearest(each, size) for each in (flipped, mask))
    flipped = flipped ^ mask
    return flipped if bool(flipped.any()) else None


def scale_under(maps: Tensor, factor: float, mask: Tensor, size: tuple[int, int]) -> Tensor:
    """Scale maps by a factor where a mask is 1, and in between where it is in between.

    Parameters
    ----------
    maps : Tensor
        (C, 2, h, w), px.
    factor : float
        1 changes nothing, 0 freezes.
    mask : Tensor
        (hm, wm) bool or [0, 1], of any resolution.
    size : tuple of int
        (H, W) of the picture.

    Returns
    -------
    Tensor
        (C, 2, h', w'), px, on the maps' grid or on a finer one that can hold the mask.

    Raises
    ------
    ValueError
        If the mask is no mask.
    """
    if mask.dim() != 2 or not mask.numel():
        raise ValueError(f"mask must be (hm, wm), got {tuple(mask.shape)}")
    height, width = (
        max(own, min(masked, -(-side // _EDIT_CELL)))
        for own, masked, side in zip(maps.shape[-2:], mask.shape, size, strict=True)
    )
    # Means over whole cells keep the mask's edge within a cell; a wider filter would leak.
    cells = (min(height, mask.shape[0]), min(width, mask.shape[1]))
    weight = resample(F.adaptive_avg_pool2d(mask.to(maps)[None], cells), (height, width))
    return resample(maps, (height, width)) * (1 + (factor - 1) * weight)
