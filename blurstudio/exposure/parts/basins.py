"""Basins of a map of heights: the cells from which water runs to the same place.

Only numbers on a grid are known here; what the heights are, `regions` knows.
"""

from __future__ import annotations

import torch
from torch import Tensor


def basins(height_map: Tensor) -> Tensor:
    """Label the cells of a grid by the lowest place that water on them runs to.

    Parameters
    ----------
    height_map
        (h, w), how strongly a cell lies on an edge.

    Returns
    -------
    Tensor
        (h, w) int64, the number of the cell at the bottom.
    """
    height, width = height_map.shape
    cell = torch.arange(height * width, device=height_map.device).view(height, width)
    lowest, below = height_map.clone(), cell.clone()
    for vertical, horizontal in ((0, 1), (1, 0), (1, 1), (1, -1)):
        for sign in (1, -1):
            down, right = sign * vertical, sign * horizontal
            here = _inside(down, height), _inside(right, width)
            there = _inside(-down, height), _inside(-right, width)
            # Of equal heights the lower number counts as lower: a plain is one basin.
            near, far = lowest[*here], height_map[*there]
            lower = (far < near) | ((far == near) & (cell[*there] < below[*here]))
            lowest[*here] = torch.where(lower, far, near)
            below[*here] = torch.where(lower, cell[*there], below[*here])
    bottom = below.flatten()
    while True:
        further = bottom[bottom]
        if torch.equal(further, bottom):
            return bottom.view(height, width)
        bottom = further


def _inside(step: int, length: int) -> slice:
    """Places along an axis from which `step` further is still on the grid."""
    return slice(max(-step, 0), length - max(step, 0))
