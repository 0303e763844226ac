"""The best that a family of paths can do for one picture whose sharp frame is known.

Straight paths are searched for at an eighth of the size and sharpened while the size doubles; the
wider families begin where straight paths end. No network takes part, and nothing holds the paths
back but their family, the grid and a light smoothness: a bound for networks, not a method.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.evaluation.averaging import ZHANG
from blurstudio.evaluation.descent import CELL, Task, descend
from blurstudio.exposure.basis import Constraint, evaluate_maps, fit_maps
from blurstudio.exposure.trajectory import Trajectory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.evaluation.averaging import Averaging

LEVELS = 3
"""Halvings of the picture's size before the search."""

_SEARCHED = 10
"""Half the longest straight path that is searched for, px of the smallest picture."""

_WINDOW = 3
"""Cells, down and across, that agree on a searched path."""


@dataclass(frozen=True)
class Stage:
    """Some steps at one size.

    Parameters
    ----------
    halvings
        Of the picture's size.
    steps
        How many steps.
    colours
        Whether all colours are compared, or only their mean (three times as fast).
    """

    halvings: int
    steps: int
    colours: bool = False


_STRAIGHT = (Stage(3, 8), Stage(2, 8), Stage(1, 6), Stage(0, 5, colours=True))
_BENT = (Stage(2, 6), Stage(1, 6), Stage(0, 5, colours=True))
_FREE = (Stage(0, 3, colours=True),)

FINEST_CELL = CELL
"""Side of a cell of the fitted paths, px of the picture."""


def best_paths(
    sharp: Tensor, blurred: Tensor, averaging: Averaging
) -> dict[Constraint, Trajectory]:
    """Fit paths of every family to a picture.

    Parameters
    ----------
    sharp, blurred
        (3, H, W), sRGB-encoded, [0, 1]; H and W multiples of 8.
    averaging
        How the blurred one came about.

    Returns
    -------
    dict
        The paths, by family.

    Raises
    ------
    ValueError
        If the pictures differ in shape or their sides are no multiples of 8.
    """
    height, width = size = (sharp.shape[-2], sharp.shape[-1])
    if sharp.shape != blurred.shape or height % 8 or width % 8:
        raise ValueError(
            "pictures must have one shape with sides that are multiples of 8, "
            f"got {tuple(sharp.shape)} and {tuple(blurred.shape)}"
        )
    colours = _pyramid(sharp, blurred, averaging)
    greys = [_grey(task) for task in colours]

    def fitted(maps: Tensor, family: Constraint, stages: Sequence[Stage]) -> Tensor:
        for stage in stages:
            task = (colours if stage.colours else greys)[stage.halvings]
            scale = 2**stage.halvings
            maps = descend(task, maps / scale, family, stage.steps) * scale
        return maps

    with torch.no_grad():
        start = _searched(greys[LEVELS]) * 2**LEVELS
        straight = fitted(start, Constraint.LINEAR, _STRAIGHT)
        maps = {
            Constraint.LINEAR: straight,
            Constraint.BILINEAR: fitted(
                torch.cat([-straight / 2, straight / 2]), Constraint.BILINEAR, _BENT
            ),
            Constraint.QUADRATIC: fitted(
                torch.cat([straight, torch.zeros_like(straight)]), Constraint.QUADRATIC, _BENT
            ),
        }
        full = colours[0]
        errors = {
            family: float(full.errors(averaging.mean(full.sharp, found, family)).sum())
            for family, found in maps.items()
        }
        best = min(errors, key=lambda family: errors[family])
        moments = ZHANG.moments
        knots = fit_maps(evaluate_maps(maps[best], best, moments), moments, Constraint.FREE)
        maps[Constraint.FREE] = fitted(knots, Constraint.FREE, _FREE)
    return {
        family: Trajectory(_without_margin(maps[family], full.sharp, size), family, size)
        for family in Constraint
    }


def _pyramid(sharp: Tensor, blurred: Tensor, averaging: Averaging) -> list[Task]:
    """Give the task at every size, the largest first, continued to whole cells of the smallest."""
    height, width = sharp.shape[-2:]
    whole = CELL << LEVELS
    margin = (0, -width % whole, 0, -height % whole)
    inside = F.pad(torch.ones(1, height, width), margin)
    pictures = [
        F.pad(each[None], margin, mode="replicate")[0]
        for each in (averaging.decoded(sharp), averaging.decoded(blurred))
    ]
    tasks = []
    for _ in range(LEVELS + 1):
        light, seen = pictures
        tasks.append(Task(light, averaging.encoded(seen), inside, averaging))
        pictures = [F.avg_pool2d(each, 2) for each in pictures]
        inside = F.avg_pool2d(inside, 2)
    return tasks


def _grey(task: Task) -> Task:
    """Return the task with the mean of the colours alone."""
    averaging = task.averaging
    blurred = averaging.encoded(averaging.decoded(task.blurred).mean(0, keepdim=True))
    return replace(task, sharp=task.sharp.mean(0, keepdim=True), blurred=blurred)


def _searched(task: Task) -> Tensor:
    """Try every straight path of whole pixels and keep the best around each cell, (1, 2, h, w)."""
    reach = range(-_SEARCHED, _SEARCHED + 1)
    tried = [
        (float(x), float(y))
        for y in reach
        for x in reach
        # Half of them: a path read backwards leaves the picture as it is.
        if x * x + y * y <= _SEARCHED**2 and (y, x) >= (0, 0)
    ]
    errors = []
    for vector in tried:
        maps = torch.tensor(vector).view(1, 2, 1, 1)
        mean = task.averaging.mean(task.sharp, maps, Constraint.LINEAR)
        cells = task.errors(mean).view(1, *task.grid)
        errors.append(F.avg_pool2d(cells, _WINDOW, 1, _WINDOW // 2, count_include_pad=False)[0])
    best = torch.stack(errors).argmin(0)
    return torch.tensor(tried)[best].permute(2, 0, 1)[None]


def _without_margin(maps: Tensor, continued: Tensor, size: tuple[int, int]) -> Tensor:
    """Cut maps of the continued picture to those of the picture itself."""
    rows, columns = (maps.shape[axis] * size[axis] // continued.shape[axis] for axis in (-2, -1))
    return maps[..., :rows, :columns].clone()
