"""How far paths spread: what a power spectrum tells of a path, whatever its shape.

Of u(t) = a t + b t^2 the offsets' second moments about their mean are (a a' + b b' / 15) / 12: all
that the low frequencies of a blurred picture tell. Paths of very different shapes share them, from
a straight one to one that turns back. The spread is the square root of twelve times these moments:
a straight path of l px spreads l px along itself.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from blurstudio.exposure.signfree import check_quadratic, half_angle

FULL_TURN = math.sqrt(15)
"""Bend of a path that returns to where it began, over the straight path that spreads as far."""

_TINY = 1e-6


def spread_of(maps: Tensor) -> Tensor:
    """Tell how far quadratic paths spread.

    Parameters
    ----------
    maps
        (..., 2, 2, h, w), the maps a and b of u(t) = a t + b t^2, px.

    Returns
    -------
    Tensor
        (..., 3, h, w), px: of the symmetric root S of twelve times the second moments, Sxx - Syy,
        2 Sxy and Sxx + Syy. It reads the same forwards and backwards in time.

    Raises
    ------
    ValueError
        If the shape is another.
    """
    check_quadratic(maps)
    a, b = maps.unbind(-4)
    x, y = torch.stack([a, b / FULL_TURN], -4).unbind(-3)
    xx, yy = x.square().sum(-3), y.square().sum(-3)
    xy = (x * y).sum(-3)
    # The root of a 2 x 2 matrix M is (M + sqrt(det M)) / (its own trace).
    root = (xx * yy - xy.square()).clamp(min=0).sqrt()
    trace = (xx + yy + 2 * root).clamp(min=_TINY).sqrt()
    return torch.stack([(xx - yy) / trace, 2 * xy / trace, trace], -3)


def axes_of(spread: Tensor) -> tuple[Tensor, Tensor]:
    """Read the main axis of a spread, as a vector, and the length of the other one.

    Parameters
    ----------
    spread
        (..., 3, h, w), see `spread_of`; one that is no true spread is brought to the nearest.

    Returns
    -------
    main : Tensor
        (..., 2, h, w) px: of its two signs the one that points right.
    minor : Tensor
        (..., h, w) px, not negative.
    """
    double, trace = spread[..., :2, :, :], spread[..., 2, :, :]
    apart = double.norm(dim=-3)
    main = ((trace + apart) / 2).clamp(min=0)
    minor = ((trace - apart) / 2).clamp(min=0)
    along = half_angle(double / apart.clamp(min=_TINY).unsqueeze(-3))
    return along * main.unsqueeze(-3), minor
