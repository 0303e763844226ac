"""A refinement finds out that a whole photo moved as one, and makes its picture along that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.shake_picture import BELIEVED
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Constraint
from blurstudio.media.photo import Photo
from tests.exposure.exposure_pictures import blocks
from tests.shaken_photos import shaken, straight

SIZE = (240, 352)


def picture():
    return blocks(SIZE, 1, 180)


@pytest.fixture
def moved(monkeypatch, options):
    """Analysis of a photo that moved as one, of which the network says roughly how long."""
    monkeypatch.setattr("blurstudio.engine.making.estimate_motion", lambda *_: straight(SIZE))
    pixels = reblur_along(picture(), shaken(SIZE)).permute(1, 2, 0).contiguous().numpy()
    return Analysis(Photo(None, pixels), options)


def decibels(analysis):
    # A path has no place: its picture may be shifted by a px or two.
    true = picture().permute(1, 2, 0).numpy()
    inner = (slice(20, -20), slice(20, -20))
    errors = [
        np.square(np.roll(analysis.sharp, (down, right), (0, 1))[inner] - true[inner]).mean()
        for down in range(-3, 4)
        for right in range(-3, 4)
    ]
    return -10 * np.log10(min(errors))


def test_paths_and_picture_follow_a_shake_that_is_believed(moved):
    refined = moved.changed(replace(moved.options, refine="both"))
    assert refined.trajectory.constraint is Constraint.FREE
    assert refined.refinement.judgement.belief >= BELIEVED
    assert refined.refinement.sentence.startswith("The whole photo moved as one, along a path of")
    assert refined.refinement.as_dict()["belief"] == refined.refinement.judgement.belief
    assert decibels(refined) > decibels(moved) + 3
    assert "The sharp picture follows the whole photo's shake." in refined.notes
    assert refined.report.psnr > moved.report.psnr


def test_paths_alone_leave_the_sharp_picture_to_the_network(moved):
    refined = moved.changed(replace(moved.options, refine="path"))
    assert refined.refinement.judgement is not None
    assert np.allclose(refined.sharp, moved.sharp, atol=1e-6)
    assert any("follows no such shake" in note for note in refined.notes)
    both = refined.changed(replace(moved.options, refine="both"))
    assert both.trajectory.maps is refined.trajectory.maps, "not read again"
    assert not np.allclose(both.sharp, moved.sharp, atol=0.01)


def test_what_the_network_says_already_is_left_to_it(monkeypatch, options):
    known = straight(SIZE)
    monkeypatch.setattr("blurstudio.engine.making.estimate_motion", lambda *_: known)
    pixels = reblur_along(picture(), known).permute(1, 2, 0).contiguous().numpy()
    refined = Analysis(Photo(None, pixels), replace(options, refine="path"))
    assert refined.refinement.judgement is None
    asked = refined.changed(replace(options, refine="shake"))
    assert asked.refinement.judgement is not None, "it can be read, and followed if asked for"


def test_a_family_of_paths_that_a_person_chose_stays(moved):
    refined = moved.changed(replace(moved.options, refine="both", constraint="quadratic"))
    assert refined.trajectory.constraint is Constraint.QUADRATIC
    assert refined.refinement.judgement is None


def test_its_progress_never_runs_backwards(moved):
    told = []
    refined = moved.changed(replace(moved.options, refine="both"))
    refined.compute(progress=lambda fraction, text: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
