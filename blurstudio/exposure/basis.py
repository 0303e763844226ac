"""The families of paths: how few maps become offsets at any moment of the exposure.

Every family is linear in its maps, so a path is a small basis matrix times its maps. Pictures,
grids and their sizes are not known here; `trajectory` adds them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Sequence


class Constraint(StrEnum):
    """What shape a path may have, after the constraints of Zhang et al. 2020.

    LINEAR: one map `a`, u(t) = a t. QUADRATIC: two maps `a, b`, u(t) = a t + b t^2, the parabola
    through Zhang's two end offsets. BILINEAR: two maps `S, E`, straight from S at t = -1/2 to
    0 and from 0 to E at t = 1/2. FREE: an odd number of knots, evenly spaced over the exposure,
    straight in between; the middle knot counts as zero whatever its map holds.
    """

    FREE = "free"
    LINEAR = "linear"
    BILINEAR = "bilinear"
    QUADRATIC = "quadratic"


_MAP_COUNT = {Constraint.LINEAR: 1, Constraint.BILINEAR: 2, Constraint.QUADRATIC: 2}


def times(count: int, device: torch.device | str | None = None) -> Tensor:
    """Moments of the exposure, `linspace(-1/2, 1/2, count)`; a single one is the middle.

    Returns
    -------
    Tensor
        (count,) float32, exactly symmetric about 0.

    Raises
    ------
    ValueError
        If `count` is below 1.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    if count == 1:
        return torch.zeros(1, device=device)
    # Whole numbers first: t and -t then agree to the last bit, so a reversed path reblurs alike.
    steps = torch.arange(1 - count, count, 2, device=device, dtype=torch.float32)
    return steps / (2 * (count - 1))


def trapezoid_weights(count: int, device: torch.device | str | None = None) -> Tensor:
    """Weights of the time average over `times(count)`; they sum to 1.

    A plain mean gives the two end moments a full share each and overstates the path, by 15 % at
    7 moments; the trapezoid rule gives them half a share.

    Returns
    -------
    Tensor
        (count,) float32.

    Raises
    ------
    ValueError
        If `count` is below 1.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    weights = torch.ones(count, device=device)
    if count > 1:
        weights[0] = weights[-1] = 0.5
    return weights / weights.sum()


def check_map_count(constraint: Constraint, count: int, shape: Sequence[int]) -> None:
    """Raise ValueError unless `count` maps are what `constraint` asks for.

    Raises
    ------
    ValueError
        Naming `shape`, the shape of the maps.
    """
    expected = _MAP_COUNT.get(constraint)
    if expected is None:
        if count % 2 == 0:
            raise ValueError(f"free paths need an odd number of knots, got maps {tuple(shape)}")
    elif count != expected:
        raise ValueError(
            f"{constraint} paths need {expected} map(s) on the fourth axis from the end, "
            f"got maps {tuple(shape)}"
        )


def basis(constraint: Constraint, times: Tensor, count: int) -> Tensor:
    """Matrix that turns maps into offsets: `u(t) = basis @ maps`.

    Parameters
    ----------
    constraint
        Family of the paths.
    times
        (T,) moments, [-1/2, 1/2]. Linear and quadratic paths continue beyond; free paths stay at
        their end knots.
    count
        Number of maps C.

    Returns
    -------
    Tensor
        (T, C).
    """
    t = times
    if constraint is Constraint.LINEAR:
        return t[:, None]
    if constraint is Constraint.QUADRATIC:
        return torch.stack((t, t * t), dim=-1)
    if constraint is Constraint.BILINEAR:
        return torch.stack((2 * (-t).clamp(min=0), 2 * t.clamp(min=0)), dim=-1)
    middle = (count - 1) // 2
    # Knot distance from the middle, not from the left end: symmetric in t to the last bit.
    place = t.clamp(-0.5, 0.5) * (count - 1)
    knots = torch.arange(-middle, middle + 1, device=t.device, dtype=t.dtype)
    hats = (1 - (place[:, None] - knots).abs()).clamp(min=0)
    return hats * (knots != 0)


def evaluate_maps(maps: Tensor, constraint: Constraint, times: Tensor) -> Tensor:
    """Offsets of a path at some moments, on the maps' own grid. Differentiable in the maps.

    Parameters
    ----------
    maps
        (..., C, 2, h, w), px; see `Constraint` for what the C maps are.
    constraint
        Family of the paths.
    times
        (T,), [-1/2, 1/2].

    Returns
    -------
    Tensor
        (..., T, 2, h, w), px.

    Raises
    ------
    ValueError
        If a shape does not fit.
    """
    _check_maps(maps, constraint)
    matrix = basis(constraint, _check_times(times).to(maps), maps.shape[-4])
    return _mix(matrix, maps)


def reverse_maps(maps: Tensor, constraint: Constraint) -> Tensor:
    """Return the maps of the same paths read backwards in time, u(-t).

    Parameters
    ----------
    maps
        (..., C, 2, h, w), px.
    constraint
        Family of the paths.

    Returns
    -------
    Tensor
        (..., C, 2, h, w), px.
    """
    _check_maps(maps, constraint)
    if constraint is Constraint.LINEAR:
        return -maps
    if constraint is Constraint.QUADRATIC:
        return maps * maps.new_tensor((-1.0, 1.0)).view(2, 1, 1, 1)
    return maps.flip(-4)


def fit_maps(
    offsets: Tensor, times: Tensor, constraint: Constraint, knots: int | None = None
) -> Tensor:
    """Find the maps whose path is nearest to given offsets, by least squares over the moments.

    Parameters
    ----------
    offsets
        (..., T, 2, h, w), px.
    times
        (T,), [-1/2, 1/2].
    constraint
        Family of the paths.
    knots
        Odd number of knots of free paths; by default the largest odd number up to T.

    Returns
    -------
    Tensor
        (..., C, 2, h, w), px.

    Raises
    ------
    ValueError
        If a shape does not fit, or `knots` is even.
    """
    moments = _check_times(times)
    if offsets.dim() < 4 or offsets.shape[-3] != 2 or offsets.shape[-4] != len(moments):
        raise ValueError(
            f"offsets must be (..., {len(moments)}, 2, h, w), got {tuple(offsets.shape)}"
        )
    count = _MAP_COUNT.get(constraint)
    if count is None:
        count = knots if knots is not None else len(moments) - (len(moments) + 1) % 2
        if count < 1 or count % 2 == 0:
            raise ValueError(f"knots must be odd, got {count}")
    matrix = torch.linalg.pinv(basis(constraint, moments.double().cpu(), count))
    return _mix(matrix.to(offsets), offsets)


def _mix(matrix: Tensor, maps: Tensor) -> Tensor:
    """(T, C) times (..., C, 2, h, w) over C."""
    mixed = matrix @ maps.flatten(-3)
    return mixed.view(*mixed.shape[:-1], *maps.shape[-3:])


def _check_times(times: Tensor) -> Tensor:
    if times.dim() != 1 or len(times) == 0:
        raise ValueError(f"times must be (T,), got {tuple(times.shape)}")
    return times


def _check_maps(maps: Tensor, constraint: Constraint) -> None:
    if maps.dim() < 4 or maps.shape[-3] != 2:
        raise ValueError(f"maps must be (..., C, 2, h, w), got {tuple(maps.shape)}")
    check_map_count(constraint, maps.shape[-4], maps.shape)
