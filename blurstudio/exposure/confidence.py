"""What a confidence is worth: the path error to expect at each value of it.

Networks give confidences (`networks.motion`); how well this relation holds is measured by
`evaluation.calibration`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

WORTH = (5.73, 1.40)
"""Factor f and power p in the odds of the error's share, f ((1 - c) / c)^p for a confidence c."""
# Fitted by least squares to the path errors of 96 simulated exposures (3 to 80 px, photos of the
# training set, motion read at three scales): `python -m benchmarks.fusion`. What is found on the
# Kodak set, which had no say, is on the results page.

STILL = 0.5
"""Px s added to a path's length, for paths that hardly move."""

_LEAST = 1e-6
_UNSUREST, _SUREST = 0.02, 0.98


def confidence_for(length: Tensor, error: Tensor) -> Tensor:
    """Confidence (l + s) / (l + s + e) for length l and expected error e, px; s is `STILL`."""
    return (length + STILL) / (length + STILL + error)


def expected_error(
    length: Tensor, confidence: Tensor, bounds: tuple[float, float] = (_UNSUREST, _SUREST)
) -> Tensor:
    """Tell what error a confidence stands for, px: the inverse of `confidence_for`.

    Confidences beyond the bounds stand for the error at the bound.
    """
    return (length + STILL) * (1 / confidence.clamp(*bounds) - 1)


def surer_half(trajectory: Trajectory) -> Tensor:
    """Mark the cells (h, w) whose confidence is at least the median; all if there is none."""
    sure = trajectory.confidence
    if sure is None:
        return trajectory.maps.new_ones(trajectory.maps.shape[-2:], dtype=torch.bool)
    return sure >= sure.median()


def doubted(confidence: Tensor, doubt: Tensor) -> Tensor:
    """Lower or raise confidences by how much larger or smaller the expected error is.

    Parameters
    ----------
    confidence
        [0, 1], of any shape, as a network gives it.
    doubt
        That shape: natural logarithm of the factor by which the expected error grows, as a share of
        the path's length.

    Returns
    -------
    Tensor
        That shape, [0, 1].
    """
    # `confidence_for` solved for the error, as a share of the length.
    odds = (1 - confidence).clamp(min=0) / confidence.clamp(min=_LEAST)
    return 1 / (1 + odds * doubt.exp())


def expected_error_share(confidence: Tensor, worth: tuple[float, float] | Tensor = WORTH) -> Tensor:
    """Translate confidence into the path error to expect.

    Parameters
    ----------
    confidence
        [0, 1], of any shape, as the motion network gives it.
    worth
        In place of `WORTH`, to fit it.

    Returns
    -------
    Tensor
        That shape, [0, 1]: error as a share of what no motion at all would err; falling with
        confidence.
    """
    factor, power = worth
    odds = factor * ((1 - confidence).clamp(min=0) / confidence.clamp(min=_LEAST)) ** power
    return odds / (1 + odds)
