"""Refinement before and after, on made-up exposures and photos, and what the page says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import torch

from blurstudio.errors import DataError
from blurstudio.evaluation.circumstances import Circumstances
from blurstudio.evaluation.refinement import Explanation, OnePath, measure_refinement
from blurstudio.evaluation.refinement_section import refinement_section
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.report import ReblurReport
from blurstudio.exposure.trajectory import Trajectory

CIRCUMSTANCES = Circumstances("command", "data", "none", (), "machine", "2026-01-01")


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


def explained(sharp, paths, psnr, energy, length) -> Explanation:
    return Explanation(paths, sharp, ReblurReport(psnr, energy, length, True))


@pytest.fixture
def photo(tmp_path, write_picture):
    return write_picture(tmp_path / "photo.png", np.full((32, 40, 3), 120, np.uint8))


@pytest.fixture
def result(make_exposure, photo):
    """Refined wholly on one exposure, spoilt on the other; real photos explained better."""
    good, bad = (MadeUp(make_exposure(strength, seed)) for seed, strength in ((0, 8), (1, 20)))

    def refine(picture):
        zero = Trajectory.zero((32, 40))
        before = explained(picture, zero, 30.0, 1.2, 10.0)
        if torch.equal(picture, good.exposure.blurred):
            true = Trajectory.fit(good.exposure.offsets, times(17), Constraint.QUADRATIC)
            return before, explained(good.exposure.sharp, true, 37.0, 1.2, 10.0)
        return before, explained((picture + 0.1).clamp(0, 1), zero, 37.0, 1.14, 8.0)

    return measure_refinement([good, bad], [photo], refine)


def test_improved_and_spoilt_exposures_are_told_apart(result):
    assert result.improved == 50
    assert result.paths_improved == 50
    assert result.worst < 0
    before, after = result.of_strength(8).paths
    assert before.everywhere.percent == pytest.approx(100)
    assert after.everywhere.percent == pytest.approx(0, abs=1e-3)
    unrefined, refined = result.of_strength(20).deblurred
    assert unrefined == pytest.approx(0), "the blurred picture itself"
    assert refined == pytest.approx(result.worst)


def test_real_photos_keep_a_share_of_sharpness_and_motion(result):
    (score,) = result.real
    assert score.energy_kept == pytest.approx(0.95)
    assert score.length_kept == pytest.approx(0.8)


def test_the_page_judges_both_sets(result):
    section = refinement_section(result, CIRCUMSTANCES)
    figures = {figure.name: figure for figure in section.figures}
    assert figures["Pictures that refinement improved"].verdict == "not reached"
    assert figures["Real photos, reblur after refinement"].reached == "37.00 dB"
    assert figures["Real photos, gradient energy kept"].verdict == "reached"
    assert figures["Real photos, path length kept"].reached == "80 %"
    assert "| photo.png | 30.00 | 37.00 | 1.20 | 1.14 | 10.0 | 8.0 |" in section.body


def test_the_page_says_what_follows_one_path(result):
    first, second = result.simulated
    (real,) = result.real
    shaken = replace(
        result,
        simulated=(
            replace(first, shaken=OnePath.ALL),
            replace(second, shaken=OnePath.PICTURE),
        ),
        real=(replace(real, shaken=OnePath.PICTURE),),
    )
    body = refinement_section(shaken, CIRCUMSTANCES).body
    assert "| 10.0 | 8.0 | picture |" in body
    assert "exposures, 2 of 2, 1 by the picture alone; photos, 1 of 1, 1 by" in body


def test_nothing_to_refine_is_a_plain_sentence(photo):
    with pytest.raises(DataError, match="at least one"):
        measure_refinement([], [photo], lambda picture: None)
