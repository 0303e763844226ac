"""Photos with nothing in them: no motion is made up for them, and it is said why."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.analysis import Analysis, AnalysisOptions
from blurstudio.engine.sharp.detail import shows_detail
from tests.engine.conftest import photo_of, waves

SIZE = (120, 160)


def slope():
    """A clear sky: lighter towards the horizon."""
    return np.broadcast_to(np.linspace(0.3, 0.8, SIZE[0])[:, None, None], (*SIZE, 3))


def noise(amount):
    return np.random.default_rng(0).normal(0.5, amount, (*SIZE, 3)).clip(0, 1)


EMPTY = {
    "grey": np.full((*SIZE, 3), 0.5),
    "white": np.ones((*SIZE, 3)),
    "black": np.zeros((*SIZE, 3)),
    "a clear sky": slope(),
    "a lens cap's noise": noise(0.01),
    "much noise": noise(0.08),
}


def tensor(pixels):
    return torch.from_numpy(np.ascontiguousarray(pixels, np.float32)).permute(2, 0, 1)


@pytest.mark.parametrize("pixels", EMPTY.values(), ids=EMPTY)
def test_evenness_slopes_and_noise_are_no_detail(pixels):
    assert not shows_detail(tensor(pixels))


def test_a_small_thing_before_a_clear_sky_is_detail():
    sky = slope().copy()
    sky[60:72, 80:96] -= 0.2
    assert shows_detail(tensor(sky))
    assert shows_detail(tensor(sky + noise(0.02) - 0.5))


def test_ordinary_photos_and_ones_too_small_to_tell_are_read(photo):
    assert shows_detail(tensor(photo.pixels))
    assert shows_detail(torch.full((3, 12, 300), 0.5))


def test_an_empty_photo_gets_no_motion_and_a_sentence(options):
    analysis = Analysis(photo_of(slope().astype(np.float32)), options).compute()
    assert not analysis.trajectory.maps.any()
    assert not analysis.trajectory.confidence.any()
    assert any("next to no detail" in note for note in analysis.notes)
    assert analysis.verdict.sentence == "No detail to read any motion from."
    assert not analysis.verdict.sharp
    assert (analysis.sharp == analysis.photo.pixels).all(), "nothing is made up for it"


@pytest.mark.parametrize("refine", ["path", "both", "shake"])
def test_an_empty_photo_can_be_refined_without_harm(refine):
    options = AnalysisOptions(device="cpu", refine=refine)
    analysis = Analysis(photo_of(np.full((*SIZE, 3), 0.5, np.float32)), options).compute()
    assert float(np.abs(analysis.sharp - 0.5).max()) < 0.05
    assert np.isfinite(analysis.sharp).all()
    assert analysis.refinement is not None
    assert float(analysis.trajectory.grid_length().max()) == pytest.approx(0, abs=0.5)


def test_photos_with_detail_say_nothing_of_it(options):
    analysis = Analysis(photo_of(waves(*SIZE)), options)
    _ = analysis.estimated
    assert not any("next to no detail" in note for note in analysis.notes)
