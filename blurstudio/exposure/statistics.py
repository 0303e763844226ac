"""Figures of the paths within a part of a picture: length, direction, bend, confidence.

They are means over the maps' own grid, each cell weighed by its share of the part. Which part that
is, and how well the photo bears them out, is not known here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.basis import evaluate_maps
from blurstudio.exposure.grids import shares
from blurstudio.exposure.resample import resample_nearest

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory

_STILL = 1e-3
"""Below this length in px a path has no direction and no bend."""


@dataclass(frozen=True)
class PathStatistics:
    """What the paths of a part of a picture do on average.

    Attributes
    ----------
    length, length_spread
        Mean and standard deviation of the blur length, px.
    direction
        Where the content went from the first moment to the last, degrees in [0, 360): 0 is to the
        right, 90 up. None where nothing moves, or as much one way as the other.
    direction_spread
        Circular standard deviation of the direction, degrees, longer paths counting more; None
        with `direction`.
    curvature
        What the way between a path's ends lacks of its length, [0, 1]: 0 is straight, 1 comes
        back to where it began. None where nothing moves.
    confidence
        Mean confidence, [0, 1]; None where the paths have none.
    """

    length: float
    length_spread: float
    direction: float | None
    direction_spread: float | None
    curvature: float | None
    confidence: float | None


def path_statistics(trajectory: Trajectory, mask: Tensor) -> PathStatistics | None:
    """Sum up the paths under a mask.

    Parameters
    ----------
    trajectory
        Of any family.
    mask
        (hm, wm) bool or [0, 1], of any resolution, over the whole picture.

    Returns
    -------
    PathStatistics or None
        None where the mask is empty.
    """
    grid = (trajectory.maps.shape[-2], trajectory.maps.shape[-1])
    weight = shares(mask.to(trajectory.maps), grid)
    total = float(weight.sum())
    if total <= 0:
        return None
    lengths = trajectory.grid_length()
    length = float((weight * lengths).sum()) / total
    spread = math.sqrt(max(float((weight * (lengths - length) ** 2).sum()) / total, 0.0))
    confidence = trajectory.confidence
    sure = None if confidence is None else float((weight * confidence).sum()) / total
    if length < _STILL:
        return PathStatistics(length, spread, None, None, None, sure)
    chord = _chords(trajectory)
    span = torch.hypot(chord[0], chord[1])
    # A ratio of sums, not a mean of ratios, in which paths of no length would count as bent.
    curvature = 1 - float((weight * span).sum()) / (length * total)
    direction, around = _mean_direction(chord, span, weight)
    return PathStatistics(length, spread, direction, around, max(curvature, 0.0), sure)


def _chords(trajectory: Trajectory) -> Tensor:
    """Way of the content from the first moment to the last, (2, h, w) px."""
    ends = trajectory.maps.new_tensor((-0.5, 0.5))
    first, last = evaluate_maps(trajectory.maps, trajectory.constraint, ends)
    chord = first - last
    if trajectory.flipped is not None:
        grid = (chord.shape[-2], chord.shape[-1])
        chord = torch.where(resample_nearest(trajectory.flipped, grid), -chord, chord)
    return chord


def _mean_direction(
    chord: Tensor, span: Tensor, weight: Tensor
) -> tuple[float, float] | tuple[None, None]:
    """Direction and its circular standard deviation, degrees."""
    x, y = (float((weight * part).sum()) for part in chord)
    whole = float((weight * span).sum())
    together = math.hypot(x, y) / whole if whole > 0 else 0.0
    if together < _STILL:
        return None, None
    # y points down in pictures, and angles are read with y upwards.
    direction = math.degrees(math.atan2(-y, x)) % 360.0
    return direction, math.degrees(math.sqrt(-2.0 * math.log(min(together, 1.0))))
