"""A path that draws a kernel nearly, made to draw it well: knots that are free to move.

A few cosines find where a path runs; hooks and rests that they can't follow cost a deconvolution
several decibels.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.shaking.drawing import drawn, smeared
from blurstudio.exposure.shaking.likeness import likeness

KNOTS = 33
"""Knots of a traced path: enough for a hand that went to and fro a few times."""

_BETWEEN = 4
"""Moments that are drawn from each knot to the next: steps of a pen's width leave no gaps."""

_PENS = (0.9, 0.6)
"""Width of the pen at each stage, px."""

_OWN = 0.5
"""Width of kernels by themselves, px: a fine line comes out as wide as that. A pen without it makes
up for the difference by trembling: paths then are 1.4 times as long."""

_STEPS, _RATE = 80, 0.05
"""Steps of each stage, and px that a knot may move in one."""

_BENT = 0.3
"""Cost of bends from knot to knot, beside a likeness of at most 1."""

_SHORT = 4.0
"""Px of path below which bends cost no more."""


def polished(path: Tensor, kernel: Tensor) -> Tensor:
    """Free a path from the family that it was found in, and let it draw its kernel better.

    Parameters
    ----------
    path
        (T, 2), (x, y) px from the kernel's middle, evenly spaced in time.
    kernel
        (s, s), s odd, at least 0.

    Returns
    -------
    Tensor
        (T, 2).
    """
    count, side = len(path), len(kernel)
    knots = _resampled(path, KNOTS).clone().requires_grad_(True)
    length = max(float(path.diff(dim=0).norm(dim=1).sum()), _SHORT)
    optimiser = torch.optim.Adam([knots], lr=_RATE)
    for pen in _PENS:
        target, wide = smeared(kernel, pen), math.hypot(pen, _OWN)
        for _ in range(_STEPS):
            optimiser.zero_grad()
            fine = _resampled(knots, (KNOTS - 1) * _BETWEEN + 1)
            like = likeness(drawn(fine[None], side, wide), target)[0]
            bends = knots.diff(n=2, dim=0).square().sum() / length**2
            (_BENT * bends - like).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return _resampled(knots.detach(), count)


def _resampled(path: Tensor, count: int) -> Tensor:
    """Give a path (T, 2) another number of evenly spaced moments."""
    return F.interpolate(path.T[None], count, mode="linear", align_corners=True)[0].T
