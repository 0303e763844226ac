"""Time's arrow: which way each path is read, so that directions agree, and where they don't.

A blurred photo is unchanged when time runs backwards, so a direction is chosen, here and nowhere
else. How signs are found is `alignment`'s business; regions that a person flips are `regions`'.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.alignment import coherent_signs, likeness_of
from blurstudio.exposure.basis import Constraint, evaluate_maps, fit_maps, reverse_maps, times
from blurstudio.exposure.grids import touching
from blurstudio.exposure.resample import resample_nearest
from blurstudio.exposure.signfree import check_quadratic

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory

_STILL = 1.0
"""Paths of about this many px have no direction to speak of, in a picture of `_SIDE` px."""

_SIDE = 1280
_AROUND = 3
"""Cells on each side among which a path that disagrees must not be one of the shortest."""


def align(maps: Tensor, confidence: Tensor | None = None) -> Tensor:
    """Give quadratic paths one direction of time that agrees with itself over the picture.

    Neighbours are made to agree, beginning with the surest and most alike, on a smoothed copy
    that each path then takes its sign from. Finally the whole is turned so that the mean motion
    of the content, -a, points right, or down if it is vertical.
    A path is kept as it is or reversed as a whole, so the reblur is unchanged.

    Parameters
    ----------
    maps
        (2, 2, h, w), the maps a and b of u(t) = a t + b t^2, px.
    confidence
        (h, w), [0, 1].

    Returns
    -------
    Tensor
        (2, 2, h, w), px.

    Raises
    ------
    ValueError
        If a shape does not fit.
    """
    check_quadratic(maps)
    if maps.dim() != 4:
        raise ValueError(f"maps must be (2, 2, h, w), got {tuple(maps.shape)}")
    sign = coherent_signs(maps[0], confidence)
    turned = torch.stack((sign, torch.ones_like(sign)))[:, None]
    return maps * turned


def align_trajectory(trajectory: Trajectory) -> Trajectory:
    """Give the paths of any family one direction of time that agrees with itself, as `align` does.

    Parameters
    ----------
    trajectory
        Its confidence decides which neighbours speak first. Where it was flipped before does not
        matter: directions are chosen anew.

    Returns
    -------
    Trajectory
        Of the same family; every path as it was, or read backwards.
    """
    sign = coherent_signs(_straight_part(trajectory), trajectory.confidence)
    backward = reverse_maps(trajectory.maps, trajectory.constraint)
    return replace(trajectory, maps=torch.where(sign < 0, backward, trajectory.maps), flipped=None)


def drift(trajectory: Trajectory) -> Tensor:
    """Straighten every path: the part of it that turns round when it is read backwards.

    Parameters
    ----------
    trajectory
        Of any family.

    Returns
    -------
    Tensor
        (2, h, w) on the trajectory's own grid: offset at the last moment minus that at the first
        along the straight path, px of the picture of its size, flipped where the paths are.
        Content moves by minus this.
    """
    straight = _straight_part(trajectory)
    if trajectory.flipped is None:
        return straight
    grid = (straight.shape[-2], straight.shape[-1])
    return torch.where(resample_nearest(trajectory.flipped, grid), -straight, straight)


def disagreement(trajectory: Trajectory) -> Tensor:
    """Where neighbours' directions of time disagree although their motions are alike.

    Opposite directions along the same line meet there, and one of them is likely to be the wrong
    way round. The edge of an object that moves otherwise is no disagreement.

    Parameters
    ----------
    trajectory
        Of any family; its confidence weighs what neighbours say.

    Returns
    -------
    Tensor
        (h, w) in [0, 1] on the trajectory's own grid: 1 where sure neighbours move exactly
        against each other.
    """
    motion = drift(trajectory)
    sure = trajectory.confidence
    if sure is None:
        sure = torch.ones_like(motion[0])
    # Near the axis of a turn paths are short beside those around, and oppose each other rightly.
    reach = 2 * _AROUND + 1
    squared = (motion * motion).sum(0)
    around = F.max_pool2d(squared[None, None], reach, 1, _AROUND)[0, 0]
    share = squared / (around + (_STILL * max(trajectory.size) / _SIDE) ** 2) * sure
    worst = torch.zeros_like(motion[0])
    for here, there in touching(motion.shape[-2], motion.shape[-1]):
        one, other = motion[:, *here], motion[:, *there]
        against = (-likeness_of(one, other)).clamp(0, 1)
        against = against * torch.minimum(share[here], share[there])
        worst[here] = torch.maximum(worst[here], against)
        worst[there] = torch.maximum(worst[there], against)
    return worst


def _straight_part(trajectory: Trajectory) -> Tensor:
    maps = trajectory.maps.detach()
    if trajectory.constraint in (Constraint.LINEAR, Constraint.QUADRATIC):
        return maps[0]
    moments = times(max(len(maps), 3))
    return fit_maps(
        evaluate_maps(maps, trajectory.constraint, moments), moments, Constraint.LINEAR
    )[0]
