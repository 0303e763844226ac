"""Grids of cells over a picture: how fine they get, which cells touch, what each holds of a mask.

How values are brought from one grid to another is `resample`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.resample import resample

if TYPE_CHECKING:
    from collections.abc import Sequence

FINEST_CELL = 4
"""Px of the picture per cell of the grid on which networks learn paths, give them and are guided.

Paths that are edited under a mask, or laid into others, are refined no further.
"""

_View = tuple[slice, slice]


def refined(grid: Sequence[int], mask: Sequence[int], size: tuple[int, int]) -> tuple[int, int]:
    """Refine a grid until it can hold a mask, as far as grids are refined.

    Parameters
    ----------
    grid, mask
        (h, w) of the grid and (hm, wm) of the mask.
    size
        (H, W) of the picture that both lie over.

    Returns
    -------
    tuple of int
        (h', w'), at least those of `grid`.
    """
    height, width = (
        max(own, min(masked, -(-side // FINEST_CELL)))
        for own, masked, side in zip(grid, mask, size, strict=True)
    )
    return height, width


def shares(mask: Tensor, grid: tuple[int, int]) -> Tensor:
    """Measure the share of a mask in each cell of a grid.

    Parameters
    ----------
    mask
        (hm, wm) float, [0, 1], of any resolution.
    grid
        (h, w) of the grid.

    Returns
    -------
    Tensor
        (h, w), [0, 1].
    """
    # Means over whole cells keep the mask's edge within a cell; a wider filter would leak.
    cells = (min(grid[0], mask.shape[0]), min(grid[1], mask.shape[1]))
    return resample(F.adaptive_avg_pool2d(mask[None], cells), grid)[0]


def touching(height: int, width: int) -> list[tuple[_View, _View]]:
    """Pairs of views of a grid that lay each cell beside each that touches it, corners included."""
    all_rows, all_columns = slice(0, height), slice(0, width)
    upper, lower = slice(0, height - 1), slice(1, height)
    left, right = slice(0, width - 1), slice(1, width)
    return [
        ((all_rows, left), (all_rows, right)),
        ((upper, all_columns), (lower, all_columns)),
        ((upper, left), (lower, right)),
        ((upper, right), (lower, left)),
    ]


def neighbours(height: int, width: int, device: torch.device) -> Tensor:
    """(2, E) int64, pairs of cells that touch, corners included; cells are numbered by rows."""
    cell = torch.arange(height * width, device=device).view(height, width)
    views = zip(*touching(height, width), strict=True)
    return torch.stack([torch.cat([cell[view].flatten() for view in side]) for side in views])
