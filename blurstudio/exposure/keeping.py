"""How much of a change to a sharp picture is kept: read from how the residual of its reblur fell.

Along right paths a few steps explain much with little change; along wrong ones, or at borders that
smooth paths blur, change goes on and on. Which steps are taken is `consistency`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.resample import resample

_CELL = 32
"""Px of a cell; every cell is judged with the eight around it."""

_EARLY = 3
"""Steps after which the change counts as early."""

_LEAST = 1e-7
"""Mean square below which there is only rounding; encoded."""

_WEIGHTS = (0.719, 0.587, -0.314, -0.814, -0.153, -0.272, -0.199, -0.363)
_BIAS = -5.095
"""Of the evidence, in its order; fitted by `python -m benchmarks.keeping`."""


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


def kept(course: Course, sure: Tensor, length: Tensor) -> Tensor:
    """Go as far from the start of a course towards its end as places speak for it.

    Parameters
    ----------
    course : Course
        What steps did.
    sure, length : Tensor
        (H, W), [0, 1] and px: confidence and length of the paths.

    Returns
    -------
    Tensor
        (3, H, W), sRGB-encoded, [0, 1].
    """
    if not course.residuals:
        return course.start
    return torch.lerp(course.start, course.end, share_to_keep(course, sure, length))


def share_to_keep(course: Course, sure: Tensor, length: Tensor) -> Tensor:
    """Say how much of a change to keep.

    Parameters
    ----------
    course : Course
        Of at least one step.
    sure, length : Tensor
        As for `kept`.

    Returns
    -------
    Tensor
        (H, W), (0, 1).
    """
    found = evidence(course, sure, length)
    judged = torch.einsum("c,chw->hw", found.new_tensor(_WEIGHTS), found) + _BIAS
    return resample(judged.sigmoid()[None], (sure.shape[-2], sure.shape[-1]))[0]


def evidence(course: Course, sure: Tensor, length: Tensor) -> Tensor:
    """Collect what speaks for and against a change; parameters as for `share_to_keep`.

    Returns
    -------
    Tensor
        (8, h, w), on cells of 32 px: confidence; logarithms of the length, of the first residual
        and of the later ones (before the second, fourth and last step) over it, of the change over
        it, and of the early change over the whole.
    """
    last = len(course.residuals) - 1
    first, second, fourth, final = (
        _on_cells(course.residuals[min(step, last)]) for step in (0, 1, 3, last)
    )
    change, early = (
        _on_cells((picture - course.start).square().mean(0))
        for picture in (course.end, course.early)
    )
    return torch.stack(
        [
            _cells(sure),
            (_cells(length) + 0.5).log(),
            first,
            second - first,
            fourth - first,
            final - first,
            change - first,
            early - change,
        ]
    )


def _on_cells(square: Tensor) -> Tensor:
    return (_cells(square) + _LEAST).log()


def _cells(each: Tensor) -> Tensor:
    """Mean of (H, W) over cells and their neighbours, (h, w)."""
    height, width = (max(1, round(side / _CELL)) for side in each.shape)
    means = F.adaptive_avg_pool2d(each[None, None], (height, width))
    return F.avg_pool2d(means, 3, 1, 1, count_include_pad=False)[0, 0]
