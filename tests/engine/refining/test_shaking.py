"""A refinement finds out that a whole photo moved as one, and makes its picture along that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.refining import shaking
from blurstudio.engine.refining.shake_picture import BELIEVED, Judgement
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.shaking.shake import ENCODED, IN_LIGHT, Shake
from blurstudio.media.photo import Photo
from tests.exposure.exposure_pictures import blocks
from tests.shaken_photos import hook, shaken, straight

SIZE = (240, 352)


def reading(*in_light, encoded=()):
    """Readings of a photo by the ways in which they are found."""
    return lambda *given: list(in_light if given[-1] == IN_LIGHT else encoded)


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
    said = refined.refinement
    assert said.moved_as_one
    sure, known = (each.trajectory.confidence for each in (refined, moved))
    assert torch.equal(sure, known), "the order of time stays open"
    kernel = said.sure_of_kernel(refined.trajectory).confidence
    assert torch.allclose(kernel, torch.tensor(said.shake.likeness)), "but not what it draws"
    assert said.shake.judgement.belief >= BELIEVED
    assert said.sentence.startswith("The whole photo moved as one, along a path of")
    assert said.as_dict()["belief"] == said.shake.judgement.belief
    assert decibels(refined) > decibels(moved) + 3
    assert "The sharp picture follows the whole photo's shake." in refined.notes
    assert refined.report.psnr > moved.report.psnr


def test_paths_alone_leave_the_sharp_picture_to_the_network(moved):
    refined = moved.changed(replace(moved.options, refine="path"))
    assert refined.refinement.moved_as_one
    assert np.allclose(refined.sharp, moved.sharp, atol=1e-6)
    assert any("follows no such shake" in note for note in refined.notes)
    both = refined.changed(replace(moved.options, refine="both"))
    assert both.trajectory.maps is refined.trajectory.maps, "not read again"
    assert not np.allclose(both.sharp, moved.sharp, atol=0.01)


@pytest.fixture
def known_already(monkeypatch, options):
    """Analysis of a photo that moved as one, of which the network's paths say so."""
    known = straight(SIZE)
    monkeypatch.setattr("blurstudio.engine.making.estimate_motion", lambda *_: known)
    # What is read is right but for where in it the middle of the exposure lies.
    late = torch.cat([torch.linspace(-7, 1, 17), torch.linspace(1, 7, 17)[1:]])
    read = shaken(SIZE, torch.stack([torch.zeros(33), late], dim=1))
    read = Shake(replace(read, confidence=torch.full((6, 7), 0.9)), 0.9, 1.0)
    monkeypatch.setattr(shaking, "trace_shakes", reading(read))
    pixels = reblur_along(picture(), known).permute(1, 2, 0).contiguous().numpy()
    return Analysis(Photo(None, pixels), options)


def test_paths_that_say_it_already_stay_and_the_picture_follows_the_shake(known_already):
    refined = known_already.changed(replace(known_already.options, refine="both"))
    said = refined.refinement
    assert not said.moved_as_one
    assert said.shake.judgement.believed
    assert refined.trajectory.constraint is Constraint.QUADRATIC
    assert "For the whole photo one path of" in said.sentence
    assert decibels(refined) > decibels(known_already) + 1
    assert "The sharp picture follows the whole photo's shake." in refined.notes
    true = picture().permute(1, 2, 0).numpy()
    before, after = (np.square(each.sharp - true).mean() for each in (known_already, refined))
    assert after < before, "it lies where the network's picture does"
    asked = refined.changed(replace(known_already.options, refine="shake"))
    assert asked.refinement.moved_as_one, "its path is followed as well if that is asked for"


def test_paths_refined_alone_leave_such_a_picture_to_the_network(known_already):
    refined = known_already.changed(replace(known_already.options, refine="path"))
    assert np.allclose(refined.sharp, known_already.sharp, atol=1e-6)
    assert any("follows no such shake" in note for note in refined.notes)


def test_of_several_readings_the_one_that_is_believed_most_is_taken(moved, monkeypatch):
    wrong, right = (
        Shake(replace(path, confidence=torch.full((6, 7), like)), like, 1.0)
        for path, like in ((shaken(SIZE, hook().flip(1)), 0.99), (shaken(SIZE), 0.9))
    )
    monkeypatch.setattr(shaking, "trace_shakes", reading(wrong, right))
    refined = moved.changed(replace(moved.options, refine="both"))
    assert refined.refinement.shake.likeness == 0.9
    assert refined.refinement.moved_as_one


def test_a_family_of_paths_that_a_person_chose_stays(moved):
    refined = moved.changed(replace(moved.options, refine="both", constraint="quadratic"))
    assert refined.trajectory.constraint is Constraint.QUADRATIC
    assert refined.refinement.shake is None


def test_its_progress_never_runs_backwards(moved):
    told = []
    refined = moved.changed(replace(moved.options, refine="both"))
    refined.compute(progress=lambda fraction, text: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_a_reading_that_would_not_be_followed_is_judged_only_for_a_person(moved, monkeypatch):
    doubtful = Shake(replace(shaken(SIZE), confidence=torch.full((6, 7), 0.7)), 0.7, 0.5)
    monkeypatch.setattr(shaking, "trace_shakes", reading(doubtful))
    shown = []
    judge = shaking.judge_shake
    monkeypatch.setattr(
        "blurstudio.engine.refining.shaking.judge_shake",
        lambda *given: shown.append(given) or judge(*given),
    )
    refined = moved.changed(replace(moved.options, refine="both"))
    assert refined.refinement.shake is None
    assert not shown
    asked = moved.changed(replace(moved.options, refine="shake"))
    assert asked.refinement is not None
    assert len(shown) == 1


def test_a_doubted_reading_is_followed_where_another_of_the_photo_bears_it_out(moved, monkeypatch):
    """Even one that would not be followed itself."""
    likely, other = (
        Shake(replace(path, confidence=torch.full((6, 7), like)), like, reach)
        for path, like, reach in ((shaken(SIZE), 0.99, 1.0), (shaken(SIZE), 0.7, 0.5))
    )
    beliefs = {0.99: 0.6, 0.7: 0.5}

    def judge(seen, known, path, *how):
        return Judgement(beliefs[round(float(path.confidence.mean()), 2)], (0.0, 0.0))

    monkeypatch.setattr("blurstudio.engine.refining.shaking.judge_shake", judge)
    monkeypatch.setattr(shaking, "trace_shakes", reading(likely, other))
    options = replace(moved.options, refine="path")
    assert moved.changed(options).refinement.shake.borne_out == 0.5
    beliefs[0.7] = 0.1
    doubted = moved.changed(options).refinement
    assert doubted.shake is None
    assert doubted.doubted.judgement.belief == 0.6
    assert "may have moved as one instead" in doubted.sentence, "but a person is told"
    assert doubted.as_dict()["doubted"] == 0.6
    monkeypatch.setattr(shaking, "trace_shakes", reading(likely))
    assert moved.changed(options).refinement.shake is None, "alone, nothing bears it out"


@pytest.mark.parametrize("belief", [0.9, 0.6], ids=["sure", "doubted"])
def test_a_photo_is_read_as_it_is_encoded_only_where_no_reading_in_light_is_sure(
    moved, monkeypatch, belief
):
    in_light, encoded = (
        Shake(replace(shaken(SIZE), confidence=torch.full((6, 7), like)), like, 1.0)
        for like in (0.99, 0.98)
    )
    asked = []
    read = reading(in_light, encoded=[encoded])

    def trace(*given):
        asked.append(given[-1])
        return read(*given)

    monkeypatch.setattr(shaking, "trace_shakes", trace)
    monkeypatch.setattr(shaking, "judge_shake", lambda *_: Judgement(belief, (0.0, 0.0)))
    refined = moved.changed(replace(moved.options, refine="path")).refinement
    assert refined.moved_as_one
    assert asked == ([IN_LIGHT] if belief == 0.9 else [IN_LIGHT, ENCODED])
    assert refined.shake.borne_out == (0.0 if belief == 0.9 else 0.6)


@pytest.mark.parametrize(
    ("belief", "likeness", "followed"), [(0.8, 0.95, True), (0.8, 0.9, False), (0.95, 0.9, True)]
)
def test_only_what_is_believed_almost_wholly_may_be_less_likely(
    moved, monkeypatch, belief, likeness, followed
):
    read = Shake(replace(shaken(SIZE), confidence=torch.full((6, 7), likeness)), likeness, 1.0)
    monkeypatch.setattr(shaking, "trace_shakes", reading(read))
    monkeypatch.setattr(shaking, "judge_shake", lambda *_: Judgement(belief, (0.0, 0.0)))
    said = moved.changed(replace(moved.options, refine="path")).refinement
    assert said.moved_as_one is followed
    assert (said.doubted is None) is followed, "a person is told of it"


@pytest.mark.parametrize(("belief", "followed"), [(0.7, True), (0.3, False)])
def test_an_asked_shake_that_looks_right_is_followed_whatever_the_old_picture_explains(
    moved, monkeypatch, belief, followed
):
    monkeypatch.setattr("blurstudio.engine.refining.refined_paths.is_unlikely", lambda *_: True)
    monkeypatch.setattr(
        "blurstudio.engine.refining.shaking.judge_shake",
        lambda *_: Judgement(belief, (0.0, 0.0)),
    )
    asked = moved.changed(replace(moved.options, refine="shake"))
    assert asked.refinement.moved_as_one is followed
