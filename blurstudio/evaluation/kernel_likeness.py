"""Kernels of paths, drawn, and how much they are like a recorded one.

Which paths and which recordings is the business of `levin`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.evaluation.pictures import read_picture
from blurstudio.exposure.basis import times
from blurstudio.exposure.shaking.likeness import best_likeness
from blurstudio.exposure.splatting import splat_paths

if TYPE_CHECKING:
    from pathlib import Path

MOMENTS = 257
"""Moments that a path is drawn from."""

_SIDE = 96
"""Side of the pictures that kernels are drawn into, px: paths beyond it are cut off."""

_PARTS = 2
"""Shifts are tried in steps of this part of a px."""

_LONGEST_LINE = 40
"""px."""

_PEAKS, _TRIED = 4, (-1, 0, 1)


def drawn(maps: Tensor) -> Tensor:
    """Draw the kernel of a quadratic path at all parts of a pixel.

    Parameters
    ----------
    maps
        (2, 2), a and b, px.

    Returns
    -------
    Tensor
        (shifts, side, side), each at least 0, sum 1.
    """
    t = times(MOMENTS)[:, None]
    return draw_path(-(t * maps[0] + t * t * maps[1]))


def draw_path(path: Tensor) -> Tensor:
    """Draw the kernel of a path at all parts of a pixel.

    Parameters
    ----------
    path
        (257, 2), (x, y) of the content, px, evenly spaced in time.

    Returns
    -------
    Tensor
        (shifts, side, side), each at least 0, sum 1.
    """
    shifts = torch.arange(_PARTS) / _PARTS
    return splat_paths(path + torch.cartesian_prod(shifts, shifts)[:, None], _SIDE)


def likeness(ours: Tensor, recorded: Tensor) -> float:
    """Compare kernels by their normalised cross-correlation, best over all shifts.

    Parameters
    ----------
    ours
        (shifts, h, w), drawings of one kernel.
    recorded
        (h', w').

    Returns
    -------
    float
        0 to 1, which means equal but for brightness and place.
    """
    # Sides that are powers of two times small numbers: such transforms are the fast ones.
    size = [
        32 * -(-(a + b - 1) // 32) for a, b in zip(ours.shape[-2:], recorded.shape, strict=True)
    ]
    return float(best_likeness(ours, recorded, size).max())


@lru_cache(maxsize=64)
def best_line(kernel: Path) -> float:
    """Likeness of the straight line most like a recorded kernel, searched coarse to fine."""
    recorded = read_picture(kernel).mean(0)

    def like(line: tuple[float, float]) -> float:
        turn, length = math.radians(line[0]), line[1]
        a = length * torch.tensor((math.cos(turn), math.sin(turn)))
        return likeness(drawn(torch.stack((a, torch.zeros(2)))), recorded)

    coarse = [(7.5 * turn, float(px)) for turn in range(24) for px in range(1, _LONGEST_LINE, 2)]
    found = []
    # Likeness has several peaks: the highest of a coarse look need not be the highest of all.
    for line in sorted(coarse, key=like, reverse=True)[:_PEAKS]:
        best = line
        for turn, more in ((2.5, 1.0), (1.0, 0.5)):
            around = [(best[0] + i * turn, best[1] + j * more) for i in _TRIED for j in _TRIED]
            best = max(around, key=like)
        found.append(like(best))
    return max(found)
