"""Giving paths of any family other shapes: shares of how far they spread, from a coarse grid.

A picture tells best how far a path spreads (`spread`). What shape it has is said beside that, in
the frame of the spread's main axis. How shapes are found is `path_survey`'s and a network's
business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import fit_maps, times
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.resample import resample
from blurstudio.exposure.spread import FULL_TURN, axes_of

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_MOMENTS = 13
_LARGEST = 2 * FULL_TURN
"""Bound of a share: twice what is ever tried."""

_AGREEING = 4
"""Cells on each side that have a say in which way a path was read before."""


def bent_maps(main: Tensor, axis: Tensor, shares: Tensor) -> Tensor:
    """Make quadratic paths of shapes. Differentiable in the shares.

    Parameters
    ----------
    main : Tensor
        (N, 2, H, W) px: main axes of the paths' spread, of either sign.
    axis : Tensor
        (N, 2, h, w) px: the same on the shapes' grid, signs made to agree.
    shares : Tensor
        (N, 4, h, w): along the axis and a quarter turn from it (x towards y) a of
        u = a t + b t^2, and likewise b, over the length of the axis.

    Returns
    -------
    Tensor
        (N, 2, 2, H, W) px.
    """
    grid = (main.shape[-2], main.shape[-1])
    told = torch.cat([axis, shares.clamp(-_LARGEST, _LARGEST)], 1)
    told = F.interpolate(told, grid, mode="bilinear")
    against = (told[:, :2] * main).sum(1, keepdim=True) < 0
    main = torch.where(against, -main, main)
    aside = torch.stack([-main[:, 1], main[:, 0]], 1)
    ahead, beside, back, across = told[:, 2:, None].unbind(1)
    return torch.stack([ahead * main + beside * aside, back * main + across * aside], 1)


def bent_paths(trajectory: Trajectory, spread: Tensor, axis: Tensor, shares: Tensor) -> Trajectory:
    """Give paths of any family other shapes, read the same way in time as before.

    Parameters
    ----------
    trajectory : Trajectory
        Its size is that of the picture whose px the others are in.
    spread : Tensor
        (3, h', w'): how far paths spread, see `spread.spread_of`.
    axis, shares : Tensor
        (2, h, w) and (4, h, w), as for `bent_maps`.

    Returns
    -------
    Trajectory
        Of the same family: straight ones stay as they are.
    """
    even = even_pattern(trajectory)
    if not bool(even.abs().max() > 0):
        return trajectory
    given = as_quadratic(trajectory)
    main, _ = axes_of(resample(spread, (given.shape[-2], given.shape[-1])))
    a, b = bent_maps(main[None], axis[None], shares[None])[0]
    change = torch.stack([a * _as_before(a, given[0]), b]) - given
    odd = _pattern(trajectory, 1).view(-1, 1, 1, 1)
    return replace(
        trajectory,
        maps=trajectory.maps + odd * change[0] + even.view(-1, 1, 1, 1) * change[1] / 4,
    )


def even_pattern(given: Trajectory) -> Tensor:
    """How the maps of a family hold an offset that grows with t^2 to 1 px at both ends, (C,)."""
    return 4 * _pattern(given, 2)


def _as_before(a: Tensor, before: Tensor) -> Tensor:
    """Signs (H, W) with which straight parts go the way that those around went before."""
    agreement = (a * before).sum(0)[None, None]
    around = F.avg_pool2d(agreement, 2 * _AGREEING + 1, 1, _AGREEING, count_include_pad=False)
    return torch.where(around[0, 0] < 0, -1.0, 1.0).to(a)


def _pattern(given: Trajectory, power: int) -> Tensor:
    """How the maps of a family hold an offset of t to some power, (C,) px."""
    count = len(given.maps)
    moments = times(max(count, _MOMENTS) if count % 2 else _MOMENTS)
    offsets = moments.pow(power).view(-1, 1, 1, 1).expand(-1, 2, 1, 1)
    knots = count if given.constraint.value == "free" else None
    maps = fit_maps(offsets, moments, given.constraint, knots)[:, 0, 0, 0]
    return maps.where(maps.abs() > 1e-4, maps.new_zeros(())).to(given.maps)
