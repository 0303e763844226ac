"""Surveys of hypothetical paths: the true one leaves few edges, and mirrors see mirrored paths."""

from __future__ import annotations

import math

import pytest
import torch
from exposure_pictures import blocks, parabola

from blurstudio.exposure.hypotheses import HYPOTHESES, MIRRORED, REVERSED, Hypothesis
from blurstudio.exposure.path_survey import CELL, LENGTHS, STATISTICS, survey_paths
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.spread import spread_of
from blurstudio.exposure.trajectory import Trajectory

SIZE = (160, 192)
STRAIGHT = (-9.0, -9.0)
"""Content that goes right and down: of two directions of time the one that surveys choose."""

FINEST, MEAN_ALONG, MEAN_ACROSS = 0, 1, 4
"""Places in a survey: the longest paths, and the means of gradients along and across the path."""


def photo(bend=(0.0, 0.0), straight=STRAIGHT):
    """A grey picture that was exposed along a path."""
    return reblur_along(blocks(SIZE), parabola(SIZE, straight, bend)).mean(0)


def edges(survey, hypothesis):
    """How many edges a hypothesis leaves, mean over the inner cells."""
    kept = survey.evidence[FINEST, HYPOTHESES.index(hypothesis), :, 1:-1, 1:-1]
    return float((kept[MEAN_ALONG].exp() + kept[MEAN_ACROSS].exp()).mean())


def shaped(hypothesis, axis=STRAIGHT):
    """A picture exposed along a path of a shape, and the path."""
    x, y = axis
    ahead, beside, back, across = hypothesis.shape
    a = (ahead * x - beside * y, ahead * y + beside * x)
    b = (back * x - across * y, back * y + across * x)
    return photo(b, a), parabola(SIZE, a, b)


@pytest.mark.parametrize("place", [3, 8, 14, 19, 24, 27])
def test_the_true_shape_leaves_fewer_edges_than_its_mirror_images(place):
    own = HYPOTHESES[place]
    grey, path = shaped(own)
    spread = spread_of(path.maps)
    survey = survey_paths(grey, path, torch.cat([spread, torch.ones_like(spread[:1])]))
    axis = survey.axis[:, 2, 3]
    reversed_ = float(axis @ torch.tensor(STRAIGHT)) < 0
    own = HYPOTHESES[REVERSED[place]] if reversed_ else own
    others = {places[HYPOTHESES.index(own)] for places in (MIRRORED, REVERSED)}
    others -= {HYPOTHESES.index(own)}
    left = {k: edges(survey, HYPOTHESES[k]) for k in others}
    assert others
    assert all(edges(survey, own) < 0.98 * each for each in left.values())


def test_paths_are_looked_for_as_far_as_the_given_spread_says():
    grey, path = shaped(Hypothesis())
    spread = spread_of(parabola(SIZE, (0.0, 12.0), (2.0, 0.0)).maps)
    survey = survey_paths(grey, path, torch.cat([spread, torch.full_like(spread[:1], 2.5)]))
    assert survey.axis.abs()[:, 1, 1].tolist() == pytest.approx([0.0, 12.0], abs=0.01)
    minor, off, along, across, _ = survey.about[:, 1, 1].tolist()
    assert (minor, off) == pytest.approx((2 / math.sqrt(15), 2.5), abs=0.01)
    # (-9, -9) beside an axis along y.
    assert (along, across) == pytest.approx((9, 9), abs=0.01)


def test_the_right_direction_leaves_fewer_edges_than_a_wrong_one():
    angle = 0.3
    cosine, sine = 9 * math.cos(angle), 9 * math.sin(angle)
    turned = parabola(SIZE, (sine - cosine, -sine - cosine))
    survey = survey_paths(reblur_along(blocks(SIZE), turned).mean(0), parabola(SIZE, STRAIGHT))
    assert edges(survey, Hypothesis(turn=angle)) < edges(survey, Hypothesis(turn=-angle))


def test_longer_paths_gain_where_content_went_further():
    given, longer = parabola(SIZE, STRAIGHT), Hypothesis(stretch=math.log(1.4))
    gains = []
    for straight in (STRAIGHT, (-12.6, -12.6)):
        survey = survey_paths(photo(straight=straight), given)
        gains.append(edges(survey, Hypothesis()) / edges(survey, longer))
    assert gains[1] > gains[0]


def test_a_mirrored_picture_gets_a_mirrored_survey():
    grey = photo((8.0, -8.0))
    here = survey_paths(grey, parabola(SIZE, STRAIGHT))
    there = survey_paths(grey.flip(-1), parabola(SIZE, (-STRAIGHT[0], STRAIGHT[1])))
    # Main axes are read as content goes: right in both, so the mirrored one backwards besides.
    back = there.evidence.flip(-1)[:, REVERSED]
    assert torch.allclose(here.evidence, back[:, MIRRORED], atol=0.05)
    assert not torch.allclose(here.evidence, back, atol=0.5)


def test_surveys_say_what_they_are_about():
    told = []
    survey = survey_paths(photo(), parabola(SIZE, STRAIGHT), on_step=told.append)
    grid = (SIZE[0] // CELL, SIZE[1] // CELL)
    assert survey.evidence.shape == (len(LENGTHS), len(HYPOTHESES), STATISTICS, *grid)
    assert torch.allclose(survey.axis, torch.full((2, *grid), -9.0), atol=1e-3)
    minor, off, along, across, error = survey.about
    assert float(minor.max()) < 0.01
    assert torch.allclose(along, torch.full(grid, 12.73), atol=0.01)
    assert float(across.max()) < 0.01
    # Confidence 0.8 of a path of 12.7 px: see networks.motion.confidence.
    assert torch.allclose(error, torch.full(grid, 13.23 * 0.25), atol=0.01)
    assert torch.equal(off, error)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_flat_pictures_and_paths_without_confidence_break_nothing():
    given = parabola(SIZE, (0.0, 0.0))
    unsure = Trajectory(given.maps, given.constraint, given.size)
    survey = survey_paths(torch.full(SIZE, 0.5), unsure)
    assert bool(survey.evidence.isfinite().all())


@pytest.mark.parametrize("size", [(160, 200), (0, 64), (1, 64, 64)])
def test_sides_that_cells_do_not_fill_are_refused(size):
    with pytest.raises(ValueError, match="multiples of 32"):
        survey_paths(torch.zeros(size), parabola(SIZE, STRAIGHT))
