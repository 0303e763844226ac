"""How far estimated paths lie from the true ones, as a share of what "nothing moved" would err.

A blurred picture does not tell which way time ran, so each moving layer is judged in the
direction that fits it better. Which exposures are judged is the protocols' business.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

import torch
from torch import Tensor

from blurstudio.evaluation.ranking import Ranking

LENGTH_EDGES = (0.0, 10.0, 30.0, 80.0)
"""Bounds of the bins of true path length, px."""


@dataclass(frozen=True)
class Tally:
    """Errors summed over pixels, so that tallies of many pictures add up.

    Parameters
    ----------
    pixels
        How many were counted.
    error
        Sum over the pixels of the mean distance between estimated and true path, px.
    motion
        The same sum for an estimate of no motion at all, px.
    """

    pixels: int = 0
    error: float = 0.0
    motion: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.pixels + other.pixels, self.error + other.error, self.motion + other.motion
        )

    @property
    def percent(self) -> float:
        """Error in % of that of no motion; not a number where nothing moved."""
        return 100 * self.error / self.motion if self.motion else math.nan

    @property
    def mean_error(self) -> float:
        """Mean distance between the paths, px; not a number where nothing was counted."""
        return self.error / self.pixels if self.pixels else math.nan


@dataclass(frozen=True)
class PathError:
    """Errors of paths over all pixels, over the surer half, and by true path length.

    Parameters
    ----------
    everywhere
        All pixels that count.
    surer_half_of_each
        In every picture the half of them with the higher predicted confidence.
    by_length
        One for each bin of `LENGTH_EDGES`.
    ranking
        All of them by predicted confidence.
    """

    everywhere: Tally = Tally()
    surer_half_of_each: Tally = Tally()
    by_length: tuple[Tally, ...] = (Tally(),) * (len(LENGTH_EDGES) - 1)
    ranking: Ranking = field(default_factory=Ranking.empty, compare=False)

    @property
    def surer_half(self) -> Tally:
        """The half of all pixels, of all pictures together, with the higher confidence."""
        pixels, error, motion = self.ranking.surest(0.5)
        return Tally(round(pixels), error, motion)

    def __add__(self, other: Self) -> PathError:
        return PathError(
            self.everywhere + other.everywhere,
            self.surer_half_of_each + other.surer_half_of_each,
            tuple(a + b for a, b in zip(self.by_length, other.by_length, strict=True)),
            self.ranking + other.ranking,
        )


def path_error(
    estimated: Tensor,
    true: Tensor,
    layers: Tensor,
    confidence: Tensor | None = None,
    valid: Tensor | None = None,
) -> PathError:
    """Compare the estimated paths of one picture with the true ones.

    The direction is chosen once for each layer, from all its pixels that count; the surer half
    and the bins of length then use the same choice.

    Parameters
    ----------
    estimated, true
        (T, 2, H, W) motion offsets at the same, symmetric times, px.
    layers
        (H, W), whole numbers: which moving layer each pixel belongs to.
    confidence
        (H, W) [0, 1], predicted, higher is surer. Without it all pixels are equally sure, and
        the surer half of the picture is all of it.
    valid
        (H, W) bool, the pixels that count. Default: all.

    Returns
    -------
    PathError
        Sums over the pixels that count.

    Raises
    ------
    ValueError
        If a shape does not fit; the message names it.

    Notes
    -----
    Distances are means over the moments. A true path's length is the length of its polyline.
    """
    if true.dim() != 4 or true.shape[1] != 2 or estimated.shape != true.shape:
        raise ValueError(
            "offsets must both be (T, 2, H, W), "
            f"got {tuple(estimated.shape)} and {tuple(true.shape)}"
        )
    size = true.shape[-2:]
    for name, given in (("layers", layers), ("confidence", confidence), ("valid", valid)):
        if given is not None and given.shape != size:
            raise ValueError(f"{name} must be {tuple(size)}, got {tuple(given.shape)}")

    counted = torch.ones_like(layers, dtype=torch.bool) if valid is None else valid.bool()
    error = _in_better_direction(estimated, true, layers, counted)
    motion = _mean_distance(true, torch.zeros_like(true[:1]).expand_as(true))
    length = _mean_distance(true[1:], true[:-1]) * (len(true) - 1)

    def tally(chosen: Tensor) -> Tally:
        return Tally(
            int(chosen.sum()),
            float(error[chosen].sum(dtype=torch.float64)),
            float(motion[chosen].sum(dtype=torch.float64)),
        )

    sure = torch.ones_like(error) if confidence is None else confidence
    return PathError(
        tally(counted),
        tally(_surer(confidence, counted)),
        tuple(tally(counted & (length >= low) & (length < high)) for low, high in _bins()),
        Ranking.of(sure[counted], error[counted], motion[counted]),
    )


def _in_better_direction(
    estimated: Tensor, true: Tensor, layers: Tensor, counted: Tensor
) -> Tensor:
    """Mean distance over time, (H, W), each layer in the direction that fits it better."""
    forward = _mean_distance(estimated, true)
    backward = _mean_distance(estimated.flip(0), true)
    error = forward.clone()
    for layer in torch.bincount(layers.flatten().long()).nonzero().flatten().tolist():
        inside = layers == layer
        judged = inside & counted
        if backward[judged].sum(dtype=torch.float64) < forward[judged].sum(dtype=torch.float64):
            error[inside] = backward[inside]
    return error


def _mean_distance(first: Tensor, second: Tensor) -> Tensor:
    """Mean over the moments of the distance between two (T, 2, H, W), as (H, W)."""
    total = torch.zeros_like(first[0, 0])
    # One moment at a time stays in the processor's cache; norms over two values are slow.
    for one, other in zip(first, second, strict=True):
        total += torch.hypot(one[0] - other[0], one[1] - other[1])
    return total / len(first)


def _surer(confidence: Tensor | None, counted: Tensor) -> Tensor:
    """Mark the half of the counted pixels whose confidence is not below the median."""
    if confidence is None or not bool(counted.any()):
        return counted
    # The median of an even number of values is the lower one in torch: ask for the upper one.
    ranked = confidence[counted].sort().values
    return counted & (confidence >= ranked[len(ranked) // 2])


def _bins() -> tuple[tuple[float, float], ...]:
    return tuple(pairwise(LENGTH_EDGES))
