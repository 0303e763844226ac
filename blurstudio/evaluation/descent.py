"""Paths fitted to one picture at one resolution: damped Gauss-Newton steps on a grid of cells.

Given the sharp picture, every cell of the grid finds its own step from the pixels around it, and
keeps it only where the picture is explained better. Where paths start from, and the resolutions
they pass through, are `optimum`'s business.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import basis
from blurstudio.exposure.resample import resample
from blurstudio.exposure.warp import sample, sampling_grid

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.evaluation.averaging import Averaging
    from blurstudio.exposure.basis import Constraint

CELL = 4
"""Side of a cell, px of the resolution at work."""

_SMOOTHNESS = 1e-5
"""Weight, per pixel, of the squared difference of neighbouring cells' maps: enough to carry paths
over places without texture, too little to be felt elsewhere."""

_DAMPING = 1e-2
_MOST_DAMPING, _LEAST_DAMPING = 1e4, 1e-4
_LONGEST_STEP = 2.0
"""px: beyond it a picture is not what its gradient says."""


@dataclass(frozen=True, eq=False)
class Task:
    """A blurred picture to be explained, at one resolution.

    Parameters
    ----------
    sharp
        (C, H, W) as it is averaged (`Averaging.decoded`); H and W multiples of `CELL`.
    blurred
        (C, H, W) as it is displayed.
    inside
        (1, H, W), 1 where the picture is, 0 where it was only continued.
    averaging
        How it was averaged.
    """

    sharp: Tensor
    blurred: Tensor
    inside: Tensor
    averaging: Averaging

    @property
    def grid(self) -> tuple[int, int]:
        """Cells of the picture, down and across."""
        return self.sharp.shape[-2] // CELL, self.sharp.shape[-1] // CELL

    def errors(self, mean: Tensor) -> Tensor:
        """Squared error of an average around every cell, (cells,)."""
        error = (self.averaging.encoded(mean) - self.blurred) * self.inside
        cells = F.avg_pool2d(error.square().sum(0, keepdim=True), CELL) * CELL**2
        return _around(cells[0]).flatten()


def descend(task: Task, maps: Tensor, constraint: Constraint, steps: int) -> Tensor:
    """Make the paths explain the picture better.

    Parameters
    ----------
    task
        The picture.
    maps
        (K, 2, h, w) of the paths to begin with, px, on any grid over the picture.
    constraint
        Their family.
    steps
        How many steps.

    Returns
    -------
    Tensor
        (K, 2, H / CELL, W / CELL), px.
    """
    height, width = task.grid
    maps = resample(maps, task.grid)
    damping = torch.full((height * width,), _DAMPING)
    eyes = torch.cat([task.sharp, *_gradients(task.sharp)])
    for _ in range(steps):
        mean, slopes = _linearised(task, eyes, maps, constraint)
        pull, stiffness = _normal_equations(task, mean, slopes, maps)
        diagonal = stiffness.diagonal(dim1=1, dim2=2)
        weight = damping[:, None] * (diagonal + diagonal.mean(1, keepdim=True)) + 1e-9
        step = -torch.linalg.solve(stiffness + weight.diag_embed(), pull[..., None])[..., 0]
        limit = _LONGEST_STEP * math.sqrt(len(maps))
        step = step * (limit / step.norm(dim=1, keepdim=True).clamp(min=limit))
        moved = maps + step.T.reshape(maps.shape)
        better = task.errors(task.averaging.mean(task.sharp, moved, constraint)) <= task.errors(
            mean
        )
        damping = torch.where(better, damping / 2, damping * 4).clamp(_LEAST_DAMPING, _MOST_DAMPING)
        maps = torch.where(better.view(height, width), moved, maps)
    return maps


def _linearised(
    task: Task, eyes: Tensor, maps: Tensor, constraint: Constraint
) -> tuple[Tensor, Tensor]:
    """Average along the paths, and differentiate it by every map, (K * 2, C, H, W)."""
    channels, height, width = task.sharp.shape
    dense = resample(maps, (height, width))
    mean = torch.zeros_like(task.sharp)
    slopes = torch.zeros(len(maps), 2, channels, height, width)
    averaging = task.averaging
    matrix = basis(constraint, averaging.moments, len(maps))
    for row, weight in zip(matrix, averaging.weights.tolist(), strict=True):
        if not row.any():
            mean.add_(task.sharp, alpha=weight)
            continue
        grid = sampling_grid(torch.tensordot(row, dense, 1)[None], (height, width))
        # Three channels at a time stay in the cache: twice as fast as all nine at once.
        seen = torch.cat([sample(part[None], grid)[0] for part in torch.split(eyes, 3)])
        mean.add_(seen[:channels], alpha=weight)
        gradient = seen[channels:].view(2, channels, height, width)
        for k, share in enumerate((row * weight).tolist()):
            if share:
                slopes[k].add_(gradient, alpha=share)
    return mean, slopes.flatten(0, 1).mul_(averaging.slope(mean) * task.inside)


def _normal_equations(
    task: Task, mean: Tensor, slopes: Tensor, maps: Tensor
) -> tuple[Tensor, Tensor]:
    """Gradient (cells, K * 2) and its stiffness (cells, K * 2, K * 2) for every cell by itself.

    Neighbouring cells share pixels. A step of all of them at once is still safe when each counts
    the pixels it shares by its own share, not by that share squared.
    """
    error = (task.averaging.encoded(mean) - task.blurred) * task.inside
    by_pixel = (slopes * error).sum(1).view(*maps.shape[:2], *mean.shape[-2:])
    with torch.enable_grad():
        asked = maps.detach().requires_grad_()
        dense = resample(asked, (mean.shape[-2], mean.shape[-1]))
        (pull,) = torch.autograd.grad(dense, asked, by_pixel)
    tiles = _tiles(slopes)
    stiffness = tiles @ tiles.transpose(1, 2)
    size = stiffness.shape[-1]
    shared = _around(stiffness.view(*task.grid, -1).permute(2, 0, 1)).permute(1, 2, 0)
    stiffness = shared.reshape(-1, size, size)
    weight = _SMOOTHNESS * CELL**2
    pull = (pull + weight * _roughness(maps)).reshape(size, -1).T
    return pull, stiffness + 8 * weight * torch.eye(size)


def _tiles(slopes: Tensor) -> Tensor:
    """(K, C, H, W) by cells, (cells, K, C * CELL * CELL)."""
    count, channels, height, width = slopes.shape
    split = slopes.view(count, channels, height // CELL, CELL, width // CELL, CELL)
    return split.permute(2, 4, 0, 1, 3, 5).reshape(-1, count, channels * CELL**2)


def _around(cells: Tensor) -> Tensor:
    """Add up (..., h, w) of cells as linear interpolation between their centres shares pixels."""
    for axis in (-2, -1):
        edges = [cells.narrow(axis, 0, 1), cells, cells.narrow(axis, cells.shape[axis] - 1, 1)]
        padded, count = torch.cat(edges, axis), cells.shape[axis]
        cells = 0.75 * cells + 0.125 * (
            padded.narrow(axis, 0, count) + padded.narrow(axis, 2, count)
        )
    return cells


def _roughness(maps: Tensor) -> Tensor:
    """Four times each cell minus its neighbours; edges are their own neighbours."""
    padded = F.pad(maps, (1, 1, 1, 1), mode="replicate")
    across = padded[..., 1:-1, 2:] + padded[..., 1:-1, :-2]
    return 4 * maps - across - padded[..., 2:, 1:-1] - padded[..., :-2, 1:-1]


def _gradients(picture: Tensor) -> tuple[Tensor, Tensor]:
    """Central differences along x and y, each (C, H, W)."""
    padded = F.pad(picture[None], (1, 1, 1, 1), mode="replicate")[0]
    x = (padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]) / 2
    y = (padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]) / 2
    return x, y
