"""The course of a refinement of a sharp picture: what its steps did, and what they left behind.

Along right paths a few steps explain much with little change; along wrong ones, or at borders that
smooth paths blur, change goes on and on. Which steps are taken is `consistency`'s business, or
`shake_course`'s, and what of them is kept a network's (`networks.keeping`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.grids import FINEST_CELL

_EARLY = 3
"""Steps after which the change counts as early."""

_LEAST = 1e-7
"""Mean square below which there is only rounding; encoded."""


class Shown(NamedTuple):
    """What a network is shown of a change of a sharp picture.

    Parameters
    ----------
    start, early, end
        (3, H, W), sRGB-encoded, [0, 1]: the picture before, changed a little, and wholly.
    residuals
        (4, ceil(H/4), ceil(W/4)), see `residual_cells`.
    """

    start: Tensor
    early: Tensor
    end: Tensor
    residuals: Tensor


@dataclass(eq=False)
class Course:
    """What steps did to a sharp picture; pictures are (3, H, W), sRGB-encoded, [0, 1].

    Parameters
    ----------
    start
        The picture before.

    Attributes
    ----------
    residuals
        (H, W): mean squared residual over colours before each step that was taken, encoded.
    early, end
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


def shown(course: Course) -> Shown:
    """Collect what a course left behind; its residuals are those of four of its steps.

    The first, second, fourth and last; those of rounding where no step was taken.
    """
    height, width = course.start.shape[-2:]
    last = len(course.residuals) - 1
    if last < 0:
        asked = torch.zeros(4, height, width)
    else:
        asked = torch.stack([course.residuals[min(step, last)] for step in (0, 1, 3, last)])
    return Shown(course.start, course.early, course.end, residual_cells(asked))


def residual_cells(residuals: Tensor) -> Tensor:
    """Bring residuals to cells of 4 px.

    Parameters
    ----------
    residuals
        (N, H, W): mean squared residual over colours, encoded.

    Returns
    -------
    Tensor
        (N, ceil(H/4), ceil(W/4)): logarithm of its mean.
    """
    means = F.avg_pool2d(residuals[None], FINEST_CELL, ceil_mode=True, count_include_pad=False)[0]
    return (means + _LEAST).log()
