"""Motion regions: which parts of a picture move as one, and turning time round in one of them.

Regions are told apart by motion edges alone, blind to the direction of time, so they stay what
they are whatever was flipped before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.alignment import coherent_signs, smooth_code
from blurstudio.exposure.confidence import expected_error
from blurstudio.exposure.direction import drift
from blurstudio.exposure.grids import neighbours
from blurstudio.exposure.parts.basins import basins
from blurstudio.exposure.parts.merging import merge
from blurstudio.exposure.resample import resample, resample_nearest
from blurstudio.exposure.signfree import half_angle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.exposure.trajectory import Trajectory

_WORTH = 0.1
"""What a border must explain to stay, in variances per cell of its length."""

_UNEVEN = 0.4
"""Relative variation of a path that is allowed within one region."""

# Measured on simulated exposures with estimated paths: what a click at a random place takes in,
# against the true layer (intersection over union), background / objects of 2 % and more, and
# regions per picture: 0.69 / 0.20, 2.1. Uneven by no more than 0.2: 0.56 / 0.17, 3.0. Half the
# worth: 0.52 / 0.22, 2.9. Borders by mean contrast instead: nearly all objects missed. Small
# objects are hardly seen in estimated paths.

_DOUBT = 6.0
"""Tolerance on edges of motion, as a multiple of the change of motion across the cell."""

_STILL = 2.0
"""Paths of about this many px hardly differ from stillness, in a picture of `_SIDE` px."""

_SIDE = 1280
_REACH = 2
"""Cells to both sides over which an edge of motion rises: networks answer a little smoothly."""

_LEAST_SURE = 1e-3
_DEBRIS = 0.005
"""Share of the picture below which a region joins the neighbour that suits it best."""

_LARGE = 64
"""Cells on the shorter side that suffice to tell regions; finer grids are read coarser."""


def motion_regions(trajectory: Trajectory) -> Tensor:
    """Divide a picture into connected regions, each of one coherent motion.

    Parameters
    ----------
    trajectory
        Of any family; its confidence decides how much an edge counts. Where it was flipped does
        not matter.

    Returns
    -------
    Tensor
        (h, w) int64 on the trajectory's grid: 0 is the largest region, 1 the next and so on.

    Notes
    -----
    Basins of the map of motion edges, merged where one affine motion explains both sides.
    """
    motion = drift(trajectory)
    grid = (motion.shape[-2], motion.shape[-1])
    sure = trajectory.confidence
    sure = torch.ones_like(motion[0]) if sure is None else sure.detach().to(motion)
    code = smooth_code(motion, sure.clamp(min=_LEAST_SURE))
    coarser = max(1.0, min(grid) / _LARGE)
    small = (max(1, round(grid[0] / coarser)), max(1, round(grid[1] / coarser)))
    path, sure = half_angle(resample(code, small)), resample(sure[None], small)[0]
    path = path * coherent_signs(path, sure)

    still = _STILL * max(trajectory.size) / _SIDE
    edge = _edges(path, still)
    # On an edge a cell belongs to neither side: it must not bend the motion of either.
    tolerated = (
        _tolerance(path, sure) + still / 2 + _DOUBT * edge * (torch.hypot(path[0], path[1]) + still)
    )
    labels = merge(
        basins(edge),
        path,
        tolerated.square().reciprocal(),
        neighbours(*small, path.device),
        _WORTH,
        round(_DEBRIS * edge.numel()),
    )
    return resample_nearest(labels, grid)


def flip_at(trajectory: Trajectory, places: Sequence[tuple[float, float]]) -> Trajectory:
    """Turn time round in the motion regions under some places, one after the other.

    The reblur is unchanged. Two places in one region cancel out.

    Parameters
    ----------
    trajectory
        Of any family.
    places
        (x, y) in [0, 1] of the picture's width and height.

    Returns
    -------
    Trajectory
        With the regions marked as flipped.

    Raises
    ------
    ValueError
        If a place lies outside the picture.
    """
    if not places:
        return trajectory
    labels = motion_regions(trajectory)
    for x, y in places:
        trajectory = trajectory.reversed(_region_under(labels, x, y))
    return trajectory


def _region_under(labels: Tensor, x: float, y: float) -> Tensor:
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise ValueError(f"a place must lie in [0, 1] both ways, got {(x, y)}")
    height, width = labels.shape
    row, column = min(int(y * height), height - 1), min(int(x * width), width - 1)
    return labels == labels[row, column]


def _tolerance(path: Tensor, sure: Tensor) -> Tensor:
    """Tolerated path error, px: expected error plus allowed variation."""
    length = torch.hypot(path[0], path[1])
    return expected_error(length, sure, (_LEAST_SURE, 1.0)) + _UNEVEN * length


def _edges(path: Tensor, still: float) -> Tensor:
    """How much motion changes around every cell (h, w), as a share of the longer path there."""
    height, width = path.shape[-2:]
    length = torch.hypot(path[0], path[1])
    strongest = torch.zeros_like(length)
    rows = torch.arange(height, device=path.device)
    columns = torch.arange(width, device=path.device)
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        sides = [
            (
                (rows + sign * _REACH * down).clamp(0, height - 1)[:, None],
                (columns + sign * _REACH * right).clamp(0, width - 1),
            )
            for sign in (-1, 1)
        ]
        (one, other), (near, far) = ([part[..., r, c] for r, c in sides] for part in (path, length))
        # Either may be the wrong way round: of the two differences the smaller one is meant.
        change = torch.minimum(
            torch.hypot(one[0] - other[0], one[1] - other[1]),
            torch.hypot(one[0] + other[0], one[1] + other[1]),
        )
        strongest = torch.maximum(strongest, change / (torch.maximum(near, far) + still))
    return strongest
