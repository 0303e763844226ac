"""Changing paths of any family: how they bend, and their straight parts, on a coarse grid.

How that is found is `path_survey`'s and a network's business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import Constraint, fit_maps, times
from blurstudio.exposure.confidence import doubted
from blurstudio.exposure.quadratic import as_quadratic

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_MOMENTS = 13


def in_px(straight: Tensor, along: Tensor, across: Tensor) -> Tensor:
    """Turn shares of straight paths into vectors.

    Parameters
    ----------
    straight
        (..., 2, h, w) px.
    along, across
        (..., h, w): how far to go along them and a quarter turn from them (x towards y).

    Returns
    -------
    Tensor
        (..., 2, h, w) px.
    """
    x, y = straight.unbind(-3)
    return torch.stack([along * x - across * y, along * y + across * x], -3)


def straight_field(given: Tensor, straight: Tensor, wanted: Tensor) -> Tensor:
    """Apply a change given on a coarse grid to straight parts. Differentiable in what is wanted.

    Parameters
    ----------
    given
        (N, 2, H, W), a of u = a t + b t^2, px, in any direction of time.
    straight, wanted
        (N, 2, h, w) px: straight parts on the coarse grid, directions made to agree, before and
        after.

    Returns
    -------
    Tensor
        (N, 2, H, W) px, in the given direction of time.
    """
    grid = (given.shape[-2], given.shape[-1])
    was, change = (
        F.interpolate(each, grid, mode="bilinear") for each in (straight, wanted - straight)
    )
    against = (was * given).sum(1, keepdim=True) < 0
    return given + torch.where(against, -change, change)


def changed_paths(
    trajectory: Trajectory,
    straight: Tensor,
    wanted: Tensor,
    bends: Tensor,
    doubt: Tensor | None = None,
) -> Trajectory:
    """Give paths of any family other straight parts and bends.

    Parameters
    ----------
    trajectory
        Its size is that of the picture whose px all the following are in.
    straight, wanted
        (2, h, w) each, as for `straight_field`.
    bends
        (2, h, w): b of u = a t + b t^2, in place of those there.
    doubt
        (1, h, w): how much less sure they get, see `confidence.doubted`. Default: as sure.

    Returns
    -------
    Trajectory
        Of the same family: straight ones stay straight.
    """
    grid = (trajectory.maps.shape[-2], trajectory.maps.shape[-1])
    given, bent = as_quadratic(trajectory)
    straighter = straight_field(given[None], straight[None], wanted[None])[0] - given
    bend = F.interpolate(bends[None], grid, mode="bilinear")[0] - bent
    maps = trajectory.maps + _held(_odd_pattern(trajectory), straighter / 2)
    maps = maps + _held(even_pattern(trajectory), bend / 4)
    sure = trajectory.confidence
    if sure is not None and doubt is not None:
        size = (sure.shape[-2], sure.shape[-1])
        sure = doubted(sure, F.interpolate(doubt[None], size, mode="bilinear")[0, 0])
    return replace(trajectory, maps=maps, confidence=sure)


def even_pattern(given: Trajectory) -> Tensor:
    """Map coefficients (C,) of the family for the offset 4 t^2 px, 1 px at both ends."""
    return _pattern(given, lambda moments: 4 * moments.square())


def _odd_pattern(given: Trajectory) -> Tensor:
    """Map coefficients (C,) of the family for the offset 2 t px, -1 px and 1 px at the ends."""
    return _pattern(given, lambda moments: 2 * moments)


def _pattern(given: Trajectory, offset: Callable[[Tensor], Tensor]) -> Tensor:
    """Map coefficients (C,) of the family for an offset in px at given moments."""
    count = len(given.maps)
    moments = times(max(count, _MOMENTS) if count % 2 else _MOMENTS)
    offsets = offset(moments).view(-1, 1, 1, 1).expand(-1, 2, 1, 1)
    knots = count if given.constraint is Constraint.FREE else None
    maps = fit_maps(offsets, moments, given.constraint, knots)[:, 0, 0, 0]
    return maps.where(maps.abs() > 1e-4, maps.new_zeros(())).to(given.maps)


def _held(pattern: Tensor, change: Tensor) -> Tensor:
    """Change of maps (C, 2, h, w) by a pattern times a change (2, h, w) px."""
    return pattern.view(-1, 1, 1, 1) * change
