"""Edits of regions on an analysis: what they change, what they leave, and what they are worth."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.findings.region_figures import RegionMeter
from blurstudio.engine.sharp.photo_left import shown_with_photo_left
from blurstudio.exposure.edits import MaskedEdit
from blurstudio.media.paths import read_paths
from tests.engine.usual_files import write_usual


@pytest.fixture
def analysis(photo, options):
    """Return an analysis by tiny networks, computed."""
    return Analysis(photo, options).compute()


def left_half(photo):
    mask = torch.zeros(photo.size, dtype=torch.bool)
    mask[:, : photo.size[1] // 2] = True
    return mask


def test_an_edit_changes_paths_and_redoes_nothing(analysis, photo):
    frozen = analysis.edited((MaskedEdit(left_half(photo), 0.0, words="Left: freeze"),))
    assert frozen.sharp is analysis.sharp
    assert frozen.report is analysis.report
    assert frozen.verdict == analysis.verdict
    inner = photo.size[1] // 2 - 8
    first, last = frozen.trajectory.endpoints()
    assert float((first - last)[..., :inner].abs().max()) == pytest.approx(0, abs=1e-5)
    assert float((first - last)[..., inner + 16 :].abs().max()) > 0
    assert frozen.provenance["edits"] == ["Left: freeze"]
    assert "edits" not in analysis.provenance


def test_other_edits_take_the_place_of_the_first(analysis, photo):
    mask = left_half(photo)
    twice = analysis.edited((MaskedEdit(mask),)).edited((MaskedEdit(~mask),))
    assert torch.equal(twice.trajectory.flipped, ~mask)
    assert analysis.trajectory.flipped is None


def test_edits_stay_with_other_options(analysis, photo, options):
    from dataclasses import replace

    edited = analysis.edited((MaskedEdit(left_half(photo)),))
    turned = edited.changed(replace(options, reverse=True))
    assert torch.equal(turned.trajectory.flipped, left_half(photo))
    assert turned.sharp is analysis.sharp


def test_a_frame_of_what_is_frozen_is_the_sharp_picture(analysis, photo):
    everywhere = torch.ones(photo.size)
    frozen = analysis.edited((MaskedEdit(everywhere, 0.0),))
    assert frozen.frame(-0.5) == pytest.approx(frozen.sharp, abs=1e-5)


def test_where_the_photo_is_left_it_shows(analysis, photo):
    mask = left_half(photo)
    left = analysis.edited((MaskedEdit(mask.float(), 0.0, leaves_photo=True),))
    inside, outside = mask.numpy(), ~mask.numpy()
    assert left.sharp[inside] == pytest.approx(photo.pixels[inside], abs=1e-6)
    assert (left.sharp[outside] == analysis.sharp[outside]).all()
    assert left.sharpened is analysis.sharp
    assert left.report is analysis.report, "the photo in its own place would explain itself"


def test_on_the_screen_the_same_is_left(analysis, photo):
    shown = np.zeros((*photo.size, 3), np.uint8)
    edits = (MaskedEdit(left_half(photo).float(), 0.0, leaves_photo=True),)
    mixed = shown_with_photo_left(shown, photo, edits)
    half = photo.size[1] // 2
    assert np.abs(mixed[:, :half] / 255 - photo.pixels[:, :half]).max() < 0.01
    assert not mixed[:, half:].any()
    assert not shown.any()


def test_results_are_written_with_the_edits(analysis, photo, tmp_path):
    edited = analysis.edited((MaskedEdit(left_half(photo), words="Left: reverse"),))
    write_usual(edited, tmp_path, frames=2, video="gif")
    folder = tmp_path / photo.path.name
    assert (read_paths(folder / "path.npz").flipped == left_half(photo).numpy()).all()
    assert "Left: reverse" in (folder / "analysis.json").read_text(encoding="utf-8")


def test_a_part_is_measured_with_its_residual(analysis, photo):
    mask = left_half(photo).numpy()
    found = RegionMeter(analysis).measure(mask)
    assert found.share == pytest.approx(0.5)
    expected = np.sqrt(np.square(analysis.residual[:, : photo.size[1] // 2]).mean())
    assert found.reblur_error == pytest.approx(float(expected), rel=1e-3)


def test_edits_count_in_the_paths_and_not_in_the_residual(analysis, photo):
    mask = left_half(photo)
    meter = RegionMeter(analysis)
    plain = meter.measure(mask.numpy())
    doubled = meter.measure(mask.numpy(), analysis.edited((MaskedEdit(mask, 2.0),)))
    assert doubled.paths.length == pytest.approx(2 * plain.paths.length, rel=0.1)
    assert doubled.reblur_error == plain.reblur_error


def test_an_empty_part_is_not_measured(analysis, photo):
    assert RegionMeter(analysis).measure(np.zeros(photo.size, np.bool_)) is None
