"""Edits of a trajectory's parts under a mask: places flipped in time, maps scaled.

The operations work on plain tensors; `Trajectory` offers them as methods, and a `MaskedEdit` is one
of them with its mask, ready to be applied. Where masks come from is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.grids import refined, shares
from blurstudio.exposure.resample import resample, resample_nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blurstudio.exposure.trajectory import Trajectory


@dataclass(frozen=True, eq=False)
class MaskedEdit:
    """One edit of the paths under a mask over the whole picture.

    Attributes
    ----------
    mask
        (hm, wm), of any resolution: bool for a reversal, which must not mix two directions; bool
        or [0, 1] for a scaling.
    factor
        What paths are scaled by, 0 freezes; None reverses time.
    leaves_photo
        Whether the photo itself stands there in place of the sharp picture.
    words
        What it is, for people who read where a result came from.
    """

    mask: Tensor
    factor: float | None = None
    leaves_photo: bool = False
    words: str = ""


def edited(trajectory: Trajectory, edits: Iterable[MaskedEdit]) -> Trajectory:
    """Apply edits to a trajectory, one after the other."""
    for edit in edits:
        if edit.factor is None:
            trajectory = trajectory.reversed(edit.mask)
        else:
            trajectory = trajectory.scaled(edit.factor, edit.mask)
    return trajectory


def flip_under(flipped: Tensor | None, mask: Tensor, size: tuple[int, int]) -> Tensor | None:
    """Flip time under a hard mask, on top of the places flipped already.

    Parameters
    ----------
    flipped
        (hm, wm) bool, places flipped already.
    mask
        (hm, wm) bool, of any resolution.
    size
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
    maps
        (C, 2, h, w), px.
    factor
        1 changes nothing, 0 freezes.
    mask
        (hm, wm) bool or [0, 1], of any resolution.
    size
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
    grid = refined(maps.shape[-2:], mask.shape, size)
    return resample(maps, grid) * (1 + (factor - 1) * shares(mask.to(maps), grid))
