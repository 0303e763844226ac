"""Batches of surveys: what a refining network learns from, drawn and turned by step number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from blurstudio.exposure.survey.hypotheses import MIRRORED, REVERSED
from blurstudio.training.batches import Tensors, in_order
from blurstudio.training.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from torch import Tensor

    from blurstudio.training.batches import Exposures
    from blurstudio.training.surveys import Surveys


@dataclass(frozen=True)
class SurveyBatch(Tensors):
    """Surveys, the paths that were surveyed, and the true ones.

    Attributes
    ----------
    evidence, straight, about
        `(N, K, S, M, F, h, w)`, `(N, K, 2, h, w)` px, `(N, K, 5, h, w)` px, see
        `exposure.survey.path_survey`.
    maps, true
        `(N, 2, 2, H/4, W/4)` px: a and b of the paths surveyed, and of the true ones.
    valid
        `(N, H/4, W/4)`, 1 where the true path stays inside what was rendered.
    blurred
        `(N, 3, H, W)`, grey levels; to look at.
    """

    evidence: Tensor
    straight: Tensor
    about: Tensor
    maps: Tensor
    true: Tensor
    valid: Tensor
    blurred: Tensor


def survey_batch(
    exposures: Exposures, surveys: Surveys, count: int, step: int, *, seed: int, batch: int
) -> SurveyBatch:
    """Draw the batch of a step from the first `count` exposures; seed and step decide it."""
    rng = np.random.default_rng([seed, step])
    drawn = rng.integers(0, count, batch)
    return _stacked([_turned(_stored(exposures, surveys, int(k)), rng) for k in drawn])


def held_out_surveys(
    exposures: Exposures, surveys: Surveys, first: int, *, batch: int
) -> Iterator[SurveyBatch]:
    """Yield the surveys from `first` on as they are, in order, as batches."""
    for some in in_order(first, len(exposures), batch):
        yield _stacked([_stored(exposures, surveys, k) for k in some])


def _stored(exposures: Exposures, surveys: Surveys, index: int) -> dict[str, NDArray[Any]]:
    exposure = exposures[index]
    return {
        "evidence": surveys.evidence[index],
        "straight": surveys.straight[index],
        "about": surveys.about[index],
        "maps": surveys.maps[index],
        "true": exposure.maps,
        "valid": exposure.validity,
        "blurred": exposure.blurred,
    }


def _turned(part: dict[str, NDArray[Any]], rng: np.random.Generator) -> dict[str, NDArray[Any]]:
    """One of the eight symmetries of the square, and what is surveyed around backwards or not."""
    turn = Turn.drawn(rng)
    backwards = rng.integers(0, 2, len(part["straight"])).astype(bool)
    turned = {key: turn.cells(value) for key, value in part.items()}
    turned |= {key: turn.vectors(part[key]) for key in ("straight", "maps", "true")}
    # A copy: what is drawn is turned, what is kept must not be.
    evidence = np.array(turned["evidence"])
    if turn.handed_otherwise:
        evidence = evidence[:, :, MIRRORED]
    for frame in np.flatnonzero(backwards):
        evidence[frame] = evidence[frame][:, REVERSED]
        turned["straight"][frame] *= -1
    return turned | {"evidence": evidence}


def _stacked(parts: list[dict[str, NDArray[Any]]]) -> SurveyBatch:
    stacks = {key: torch.from_numpy(np.stack([p[key] for p in parts])) for key in parts[0]}
    return SurveyBatch(**{k: v if k == "blurred" else v.float() for k, v in stacks.items()})
