"""Batches of courses: what a keeping network learns from, cut and turned by step number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.training.batches import Tensors, in_order
from blurstudio.training.turns import LABEL_STRIDE, draw_cuts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from torch import Tensor

    from blurstudio.training.batches import Exposures
    from blurstudio.training.courses import Courses
    from blurstudio.training.turns import Cut

_MULTIPLE = 32


@dataclass(frozen=True)
class CourseBatch(Tensors):
    """What steps did, and the truth.

    Attributes
    ----------
    blurred, start, early, end, sharp
        `(N, 3, c, c)`, sRGB-encoded `[0, 1]`: the photo; its sharp picture before, after three
        steps and after all; the true one.
    residuals, guide
        `(N, 4, c/4, c/4)` and `(N, 5, c/4, c/4)`, as `networks.KeepingNet` takes them.
    """

    blurred: Tensor
    start: Tensor
    early: Tensor
    end: Tensor
    sharp: Tensor
    residuals: Tensor
    guide: Tensor


def course_batch(
    exposures: Exposures,
    courses: Courses,
    count: int,
    step: int,
    *,
    seed: int,
    batch: int,
    crop: int,
) -> CourseBatch:
    """Draw the batch of a step from the first `count` exposures; seed and step decide it."""
    side = courses.pictures.shape[-1]
    cuts = draw_cuts(count, side, step, seed=seed, batch=batch, crop=crop)
    return _stacked([_turned(_cut(exposures, courses, cut.index, cut, crop), cut) for cut in cuts])


def held_out_courses(
    exposures: Exposures, courses: Courses, first: int, *, batch: int
) -> Iterator[CourseBatch]:
    """Yield the courses from `first` on as they are, in order, as batches."""
    for some in in_order(first, len(exposures), batch):
        yield _stacked([_cut(exposures, courses, index) for index in some])


def _cut(
    exposures: Exposures, courses: Courses, index: int, cut: Cut | None = None, crop: int = 0
) -> dict[str, NDArray[Any]]:
    """Read an exposure and its course, whole or where a cut says: pictures, residuals, paths."""
    exposure = exposures[index]
    top, left = (0, 0) if cut is None else (cut.top, cut.left)
    side = crop or courses.pictures.shape[-1] // _MULTIPLE * _MULTIPLE
    pixels = (..., slice(top, top + side), slice(left, left + side))
    cells = (
        ...,
        slice(top // LABEL_STRIDE, (top + side) // LABEL_STRIDE),
        slice(left // LABEL_STRIDE, (left + side) // LABEL_STRIDE),
    )
    told = courses.guide[index][cells].astype(np.float32)
    blurred = exposure.blurred if courses.blurred is None else courses.blurred[index]
    sharp = exposure.sharp if courses.sharp is None else courses.sharp[index]
    return {
        "pictures": np.stack([blurred[pixels], sharp[pixels], *courses.pictures[index][pixels]]),
        "residuals": courses.residuals[index][cells],
        "paths": told[:-1].reshape(2, 2, *told.shape[-2:]),
        "sure": told[-1:],
    }


def _turned(part: dict[str, NDArray[Any]], cut: Cut) -> dict[str, NDArray[Any]]:
    """One of the eight symmetries of the square, colours permuted, as drawn."""
    turned = {key: cut.turn.cells(values) for key, values in part.items()}
    turned["pictures"] = turned["pictures"][:, list(cut.colours)]
    return turned | {"paths": cut.turn.vectors(part["paths"])}


def _stacked(parts: list[dict[str, NDArray[Any]]]) -> CourseBatch:
    stacks = {key: torch.from_numpy(np.stack([p[key] for p in parts])).float() for key in parts[0]}
    blurred, sharp, start, early, end = stacks["pictures"].div_(255).unbind(1)
    guide = torch.cat([encode_sign_free(stacks["paths"]), stacks["sure"]], 1)
    return CourseBatch(blurred, start, early, end, sharp, stacks["residuals"], guide)
