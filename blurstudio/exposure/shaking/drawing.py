"""Kernels drawn along paths by a round, soft pen, and kernels smoothed like the drawings."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.basis import trapezoid_weights


def drawn(paths: Tensor, side: int, pen: float) -> Tensor:
    """Draw paths. Differentiable in them.

    Parameters
    ----------
    paths
        (M, T, 2), (x, y) px from the middle, evenly spaced in time.
    side
        Side of the drawings, px, odd.
    pen
        Width of the pen: standard deviation, px.

    Returns
    -------
    Tensor
        (M, side, side), at least 0: where a path is slow it is bright.
    """
    place = torch.arange(side, dtype=paths.dtype) - side // 2
    across, down = (
        torch.exp(-0.5 * ((paths[..., axis, None] - place) / pen).square()) for axis in (0, 1)
    )
    return down.transpose(-1, -2) @ (across * trapezoid_weights(paths.shape[1])[:, None])


def smeared(kernel: Tensor, pen: float) -> Tensor:
    """Smooth a kernel (s, s) by the width of the pen that it is compared with, px."""
    place = torch.arange(-math.ceil(3 * pen), math.ceil(3 * pen) + 1, dtype=kernel.dtype)
    row = torch.exp(-0.5 * (place / pen).square())
    row = row / row.sum()
    across = F.conv2d(kernel[None, None], row.view(1, 1, 1, -1), padding=(0, len(row) // 2))
    return F.conv2d(across, row.view(1, 1, -1, 1), padding=(len(row) // 2, 0))[0, 0]
