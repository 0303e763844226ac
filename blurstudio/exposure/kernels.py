"""Local blur kernels: the path that content took past a pixel, drawn as a small picture.

A kernel holds the shape of a motion and forgets its order in time. Pictures of many kernels are
drawn elsewhere; fitting a path to a kernel isn't done here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.basis import evaluate_maps, times
from blurstudio.exposure.resample import resample_at, resample_nearest
from blurstudio.exposure.splatting import splat_paths

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory

# Moments a px of path: with steps this small a drawn line has no beads, its dents stay under 1 %.
_MOMENTS_PER_PX = 8
_FEWEST, _MOST = 33, 4097
# Moments times kernels splatted at once: 100 bytes each.
_BATCH = 1 << 20


def kernel_at(trajectory: Trajectory, x: float, y: float, size: int) -> Tensor:
    """Draw the blur kernel at a pixel.

    Parameters
    ----------
    trajectory
        Paths.
    x, y
        Pixel, px of the trajectory's picture; integers are pixel centres.
    size
        Side of the kernel's picture, px.

    Returns
    -------
    Tensor
        (size, size), at least 0, sum 1; see `kernels_at`.

    Raises
    ------
    ValueError
        If `size` is below 1.
    """
    return kernels_at(trajectory, torch.tensor([[x, y]], dtype=torch.float32), size)[0]


def kernels_at(trajectory: Trajectory, points: Tensor, size: int) -> Tensor:
    """Draw the blur kernels at some pixels: where content was, and for how long.

    Each is the histogram of the content's path, -u(x, t) over the exposure, antialiased. The
    blurred photo around x is the sharp picture convolved with it, as far as the neighbours move
    alike.

    Parameters
    ----------
    trajectory
        Paths.
    points
        (M, 2), (x, y) px of the trajectory's picture; integers are pixel centres.
    size
        Side of each kernel's picture, px. Mid-exposure, where content is at home, lies in the
        cell (size // 2, size // 2). What a path does beyond the picture is left out.

    Returns
    -------
    Tensor
        (M, size, size), at least 0, sum 1.

    Raises
    ------
    ValueError
        If `size` is below 1, or `points` are no points.
    """
    if size < 1:
        raise ValueError(f"size must be at least 1 px, got {size}")
    if points.dim() != 2 or points.shape[-1] != 2:
        raise ValueError(f"points must be (M, 2), got {tuple(points.shape)}")
    points = points.to(trajectory.maps)
    count = _moment_count(trajectory)
    step = max(1, _BATCH // count)
    drawn = [
        splat_paths(content_paths(trajectory, points[first : first + step], count), size)
        for first in range(0, len(points), step)
    ]
    return torch.cat(drawn) if drawn else points.new_zeros(0, size, size)


def kernel_grid(trajectory: Trajectory, spacing: float, cell: int) -> tuple[Tensor, Tensor]:
    """Draw the kernels on a lattice over the picture.

    Parameters
    ----------
    trajectory
        Paths.
    spacing
        Distance of the lattice's points, px; the lattice is centred in the picture.
    cell
        Side of each kernel's picture, px.

    Returns
    -------
    points : Tensor
        (rows, columns, 2), (x, y) px.
    kernels : Tensor
        (rows, columns, cell, cell), each as from `kernel_at`.

    Raises
    ------
    ValueError
        If spacing or cell are not above 0.
    """
    points = lattice(trajectory.size, spacing).to(trajectory.maps)
    kernels = kernels_at(trajectory, points.view(-1, 2), cell)
    return points, kernels.view(*points.shape[:2], cell, cell)


def lattice(size: tuple[int, int], spacing: float) -> Tensor:
    """Points in the middle of as many square cells as a picture has room for, at least one.

    Parameters
    ----------
    size
        (H, W) of the picture.
    spacing
        Side of the cells, px; together they are centred in the picture.

    Returns
    -------
    Tensor
        (rows, columns, 2), (x, y) px.

    Raises
    ------
    ValueError
        If `spacing` is not above 0.
    """
    if not spacing > 0:
        raise ValueError(f"spacing must be above 0 px, got {spacing}")
    y, x = (_centres(side, spacing) for side in size)
    return torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1)


def content_paths(trajectory: Trajectory, points: Tensor, count: int) -> Tensor:
    """Follow the content of some pixels, -u(x, t).

    Parameters
    ----------
    trajectory
        Paths.
    points
        (M, 2), (x, y) px of the trajectory's picture.
    count
        Moments over the exposure.

    Returns
    -------
    Tensor
        (M, count, 2), px from the point.
    """
    moments = times(count).to(points)
    maps = resample_at(trajectory.maps, points, trajectory.size)[..., None, :]
    path = evaluate_maps(maps, trajectory.constraint, moments)
    if trajectory.flipped is not None:
        height, width = trajectory.size
        column = points[:, 0].round().long().clamp(0, width - 1)
        row = points[:, 1].round().long().clamp(0, height - 1)
        turned = resample_nearest(trajectory.flipped, trajectory.size)[row, column]
        path = torch.where(turned, evaluate_maps(maps, trajectory.constraint, -moments), path)
    return -path[:, :, 0].permute(2, 0, 1)


def _moment_count(trajectory: Trajectory) -> int:
    """Odd number of moments between which nothing moves by more than a fraction of a px.

    Nothing between the cells of the grid moves faster than the fastest cell, so this holds
    everywhere.
    """
    path = evaluate_maps(trajectory.maps, trajectory.constraint, times(65).to(trajectory.maps))
    x, y = path.diff(dim=0).unbind(dim=1)
    fastest = float((x * x + y * y).max().sqrt()) * 64
    count = math.ceil(min(fastest * _MOMENTS_PER_PX, _MOST - 1)) + 1
    return max(count + 1 - count % 2, _FEWEST)


def _centres(side: int, spacing: float) -> Tensor:
    number = max(1, math.floor(side / spacing))
    return (torch.arange(number) + 0.5 - number / 2) * spacing + (side - 1) / 2
