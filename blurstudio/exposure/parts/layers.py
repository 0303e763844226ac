"""Layers of motion: the parts of a picture between which paths jump, and what each one covers.

An object that moves before something else hides and uncovers it; a path for every pixel of the
sharp picture doesn't say so. How frames are read from layers is `occlusion`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.basis import evaluate_maps, reverse_maps
from blurstudio.exposure.grids import refined
from blurstudio.exposure.parts.components import components
from blurstudio.exposure.parts.filling import fill
from blurstudio.exposure.resample import resample, resample_nearest
from blurstudio.exposure.trajectory import Trajectory

# Paths jump where their ends part by more than the distance of the cells: from there on, one warp
# of the picture folds or tears. Measured: at a third of that, regions were also found in photos of
# resting things under a shaken camera (3 of 23), and frames of layers looked worse there. At the
# full distance in none, and layers of simulated scenes were found all the same.
_FOLD = 1.0
_JUMP = 1.5
# Smaller regions (share of the picture) are noise, or the slope between two regions.
_LEAST_AREA = 0.002
_MOST_LAYERS = 6
_ENDS = (-0.5, 0.5)


@dataclass(frozen=True, eq=False)
class Layer:
    """One part of the picture that moves by itself.

    Parameters
    ----------
    trajectory
        Its paths, continued smoothly over the whole picture.
    inside
        (h, w) bool, the cells of the paths' grid in which it is seen at mid-exposure.
    """

    trajectory: Trajectory
    inside: Tensor


def find_layers(trajectory: Trajectory) -> tuple[Layer, ...]:
    """Part a picture where its paths jump.

    What takes most of the picture's border is taken to be the farthest: things stand before
    their surroundings. A photo taken through a gap in something is the exception.

    Parameters
    ----------
    trajectory
        Paths.

    Returns
    -------
    tuple of Layer
        From the back to the front; empty where paths jump nowhere.
    """
    maps = _unflipped(trajectory)
    labels = _regions(maps, trajectory)
    count = int(labels.max()) + 1
    if count == 1:
        return ()
    layers = []
    for label in _farthest_first(labels, count):
        inside = labels == label
        flat = fill(maps.flatten(0, 1), inside).view_as(maps)
        own = Trajectory(flat, trajectory.constraint, trajectory.size)
        layers.append(Layer(own, inside))
    return tuple(layers)


def _farthest_first(labels: Tensor, count: int) -> list[int]:
    border = torch.cat((labels[0], labels[-1], labels[:, 0], labels[:, -1]))
    along = torch.bincount(border, minlength=count) / len(border)
    area = torch.bincount(labels.flatten(), minlength=count) / labels.numel()
    # The area decides between things that stand free of the border.
    order: list[int] = (along + 0.1 * area).argsort(descending=True, stable=True).tolist()
    return order


def _unflipped(trajectory: Trajectory) -> Tensor:
    """Turn the maps (C, 2, h, w) round where they are read backwards."""
    maps = trajectory.maps.detach()
    if trajectory.flipped is None:
        return maps
    grid = refined(maps.shape[-2:], trajectory.flipped.shape, trajectory.size)
    maps, flips = resample(maps, grid), resample_nearest(trajectory.flipped, grid)
    return torch.where(flips, reverse_maps(maps, trajectory.constraint), maps)


def _regions(maps: Tensor, trajectory: Trajectory) -> Tensor:
    """Give every cell (h, w) the number of its region, 0 the largest."""
    height, width = maps.shape[-2:]
    ends = evaluate_maps(maps, trajectory.constraint, maps.new_tensor(_ENDS)).flatten(0, 1)
    cell = max(trajectory.size[0] / height, trajectory.size[1] / width)
    enough = max(_JUMP, _FOLD * 2 * cell)
    least = max(round(_LEAST_AREA * height * width), 4)
    return components(_jumps(ends), ends, enough, least, _MOST_LAYERS)


def _jumps(ends: Tensor) -> Tensor:
    """How far paths part at their ends between the cells on both sides of each, (h, w) px."""
    wide = F.pad(ends[None], (1, 1, 1, 1), mode="replicate")[0]
    across = wide[:, 1:-1, 2:] - wide[:, 1:-1, :-2]
    down = wide[:, 2:, 1:-1] - wide[:, :-2, 1:-1]
    apart = [(step * step).view(2, 2, *step.shape[1:]).sum(1).amax(0) for step in (across, down)]
    return torch.maximum(*apart).sqrt()
