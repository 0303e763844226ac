"""The course of a refinement of a sharp picture: what its steps did, and what they left behind.

Along right paths a few steps explain much with little change; along wrong ones, or at borders that
smooth paths blur, change goes on and on. Which steps are taken is `consistency`'s business, what
of them is kept a network's (`networks.keeping`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

_FINE = 4
"""Px of a cell of the residuals that a network is shown."""

_EARLY = 3
"""Steps after which the change counts as early."""

_LEAST = 1e-7
"""Mean square below which there is only rounding; encoded."""


@dataclass(eq=False)
class Course:
    """What steps did to a sharp picture; pictures are (3, H, W), sRGB-encoded, [0, 1].

    Parameters
    ----------
    start : Tensor
        The picture before.

    Attributes
    ----------
    residuals : list of Tensor
        (H, W): mean squared residual over colours before each step that was taken, encoded.
    early, end : Tensor
        The picture after three steps, or as many as were taken, and after all.
    """

    start: Tensor
    residuals: list[Tensor] = field(default_factory=list)
    early: Tensor = field(init=False)
    end: Tensor = field(init=False)

    def __post_init__(self) -> None:
        self.early = self.end = self.start

    def add(self, residual: Tensor, picture: Tensor) -> None:
        """Write down a step: the residual that it saw and the picture that it made."""
        self.residuals.append(residual)
        self.end = picture
        if len(self.residuals) <= _EARLY:
            self.early = picture


def residual_maps(course: Course) -> Tensor:
    """Collect the residuals that a course left behind.

    Parameters
    ----------
    course : Course
        What steps did.

    Returns
    -------
    Tensor
        (4, ceil(H/4), ceil(W/4)): logarithm of the mean squared residual, encoded, before the
        first, second, fourth and last step, on cells of 4 px; that of rounding where no step was
        taken.
    """
    height, width = course.start.shape[-2:]
    cells = (-(-height // _FINE), -(-width // _FINE))
    if not course.residuals:
        return torch.full((4, *cells), math.log(_LEAST))
    last = len(course.residuals) - 1
    asked = torch.stack([course.residuals[min(step, last)] for step in (0, 1, 3, last)])
    means = F.avg_pool2d(asked[None], _FINE, ceil_mode=True, count_include_pad=False)[0]
    return (means + _LEAST).log()
