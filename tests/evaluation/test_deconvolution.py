"""Deconvolution measured on made-up exposures, and what the page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import torch

from blurstudio.engine.sharp.deconvolve import deconvolve_photo
from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.circumstances import Circumstances
from blurstudio.evaluation.deconvolution import SLIDER, deconvolution_section, measure_deconvolution
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.simulate.evaluation_set import EvaluationExposure

CIRCUMSTANCES = Circumstances("command", "data", "none", (), "machine", "2026-01-01")
SIZE = (36, 48)


@dataclass
class MadeUp:
    """An exposure of the set, as a take is, that is already rendered."""

    exposure: Any

    @property
    def name(self):
        return self.exposure.name

    @property
    def strength(self):
        return self.exposure.strength

    def render(self):
        return self.exposure


def blocks(length, seed):
    """Blocks of 6 px that ran to the right."""
    drawn = torch.rand(3, 6, 8, generator=torch.Generator().manual_seed(seed))
    sharp = 0.1 + 0.8 * drawn.repeat_interleave(6, 1).repeat_interleave(6, 2)
    path = Trajectory(torch.tensor([length, 0.0]).view(1, 2, 1, 1), Constraint.LINEAR, SIZE)
    return MadeUp(
        EvaluationExposure(
            name=f"photo-{seed}",
            strength=length,
            blurred=reblur_along(sharp, path),
            sharp=sharp,
            offsets=path.offsets(times(17)),
            layers=torch.zeros(SIZE, dtype=torch.uint8),
            validity=torch.ones(1, *SIZE),
        )
    )


@pytest.fixture(scope="module")
def takes():
    return [blocks(8.0, 0), blocks(4.0, 1)]


@pytest.fixture(scope="module")
def result(takes):
    """Our paths are none at all; the network answers with the photo."""
    return measure_deconvolution(takes, lambda _: Trajectory.zero(SIZE), lambda photo, paths: photo)


def test_true_paths_win_and_none_change_nothing(result):
    for score in result.scores:
        assert score.network == 0
        assert score.estimated == (0, 0, 0, 0)
        assert list(score.true) == sorted(score.true)
        assert score.true[-1] > 2


def test_what_is_measured_is_what_the_engine_does(takes, result):
    exposure = takes[0].exposure
    true = Trajectory(exposure.offsets, Constraint.FREE, SIZE)
    made = deconvolve_photo(exposure.blurred, true, SLIDER[1])
    gained = metrics.psnr(made, exposure.sharp) - result.scores[0].blurred
    assert result.scores[0].true[1] == pytest.approx(gained, abs=0.01)


def test_lengths_are_told_apart(result):
    assert result.lengths == (4, 8)
    assert [score.name for score in result.of_length(8).scores] == ["photo-0"]
    assert result.true[0] == pytest.approx(sum(s.true[0] for s in result.scores) / 2)


def test_the_page_shows_every_length_and_strength(result):
    section = deconvolution_section(result, CIRCUMSTANCES)
    assert section.name == "deconvolution"
    for words in ("| 4 px | 1 |", "| 8 px | 1 |", "| all | 2 |", "true paths, 1 |"):
        assert words in section.markdown()
    usual, bound = section.figures
    assert usual.value == 0
    assert bound.value == pytest.approx(result.true[-1])


def test_an_empty_set_is_a_plain_sentence(takes):
    with pytest.raises(DataError, match="at least one"):
        measure_deconvolution(takes, None, None, limit=0)
