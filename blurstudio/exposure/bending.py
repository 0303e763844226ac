"""Bending paths of any family: bends come on a coarse grid, as shares of the straight path.

How a bend is found is `path_survey`'s and a network's business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import fit_maps, times
from blurstudio.exposure.confidence import doubted
from blurstudio.exposure.quadratic import as_quadratic

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_MOMENTS = 13
_LARGEST = 8.0
"""Bound of a bend as a share of the straight path: twice what is ever tried."""


def bend_field(straight: Tensor, shares: Tensor, grid: tuple[int, int]) -> Tensor:
    """Turn bends that are shares of straight paths into px. Differentiable in the shares.

    Parameters
    ----------
    straight : Tensor
        (N, 2, h, w), a of u = a t + b t^2, px, in any direction of time.
    shares : Tensor
        (N, 2, h, w), b along `straight` and a quarter turn from it (x towards y), over its length.
    grid : tuple of int
        (H, W) wanted.

    Returns
    -------
    Tensor
        (N, 2, H, W), b in px.
    """
    along, across = shares.clamp(-_LARGEST, _LARGEST).unbind(1)
    return F.interpolate(in_px(straight, along, across), grid, mode="bilinear")


def in_px(straight: Tensor, along: Tensor, across: Tensor) -> Tensor:
    """Turn shares of straight paths into vectors.

    Parameters
    ----------
    straight : Tensor
        (..., 2, h, w) px.
    along, across : Tensor
        (..., h, w): how far to go along them and a quarter turn from them (x towards y).

    Returns
    -------
    Tensor
        (..., 2, h, w) px.
    """
    x, y = straight.unbind(-3)
    return torch.stack([along * x - across * y, along * y + across * x], -3)


def bent_paths(
    trajectory: Trajectory,
    straight: Tensor,
    shares: Tensor,
    doubt: Tensor | None = None,
) -> Trajectory:
    """Give paths of any family other bends; direction and length stay.

    Parameters
    ----------
    trajectory : Trajectory
        Its size is that of the picture whose px `straight` is in.
    straight, shares : Tensor
        (2, h, w) each, as for `bend_field`.
    doubt : Tensor, optional
        (1, h, w): how much less sure they are then, see `confidence.doubted`. Default: as sure.

    Returns
    -------
    Trajectory
        Of the same family: straight ones stay straight.
    """
    grid = (trajectory.maps.shape[-2], trajectory.maps.shape[-1])
    bend = bend_field(straight[None], shares[None], grid)[0]
    change = (bend - as_quadratic(trajectory)[1]) / 4
    pattern = even_pattern(trajectory).view(-1, 1, 1, 1)
    sure = trajectory.confidence
    if sure is not None and doubt is not None:
        size = (sure.shape[-2], sure.shape[-1])
        sure = doubted(sure, F.interpolate(doubt[None], size, mode="bilinear")[0, 0])
    return replace(trajectory, maps=trajectory.maps + pattern * change, confidence=sure)


def even_pattern(given: Trajectory) -> Tensor:
    """How the maps of a family hold an offset that grows with t^2 to 1 px at both ends, (C,)."""
    count = len(given.maps)
    moments = times(max(count, _MOMENTS) if count % 2 else _MOMENTS)
    offsets = (4 * moments.square()).view(-1, 1, 1, 1).expand(-1, 2, 1, 1)
    knots = count if given.constraint.value == "free" else None
    maps = fit_maps(offsets, moments, given.constraint, knots)[:, 0, 0, 0]
    return maps.where(maps.abs() > 1e-4, maps.new_zeros(())).to(given.maps)
