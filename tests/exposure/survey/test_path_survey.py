"""Surveys of hypothetical paths: the true one leaves few edges, and mirrors see mirrored paths."""

from __future__ import annotations

import math

import pytest
import torch
from exposure_pictures import blocks, parabola

from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.survey.hypotheses import HYPOTHESES, MIRRORED, REVERSED, Hypothesis
from blurstudio.exposure.survey.path_survey import CELL, LENGTHS, STATISTICS, survey_paths
from blurstudio.exposure.survey.spread import FULL_TURN, spread_of
from blurstudio.exposure.survey.survey_frames import FRAMES
from blurstudio.exposure.trajectory import Trajectory

SIZE = (160, 192)
STRAIGHT = (-9.0, -9.0)
"""Content that goes right and down: of two directions of time the one that surveys choose."""

PATH, AXIS = 0, 1
FINEST, SHORT, MEAN_ALONG, MEAN_ACROSS = 0, 1, 1, 4
"""Places in a survey: near the path and near the main axis of its spread; the longest and the
shortest paths; the means of gradients along the path and across it."""


def photo(bend=(0.0, 0.0), straight=STRAIGHT):
    """A grey picture that was exposed along a path."""
    return reblur_along(blocks(SIZE), parabola(SIZE, straight, bend)).mean(0)


def edges(survey, hypothesis, length=FINEST, near=PATH):
    """How many edges a hypothesis leaves, mean over the inner cells."""
    kept = survey.evidence[near, length, HYPOTHESES.index(hypothesis), :, 1:-1, 1:-1]
    return float((kept[MEAN_ALONG].exp() + kept[MEAN_ACROSS].exp()).mean())


def exposed(hypothesis, straight=STRAIGHT):
    """A picture exposed along a path that a hypothesis says."""
    x, y = straight
    along, across = hypothesis.along, hypothesis.across
    return photo((along * x - across * y, along * y + across * x), straight)


@pytest.mark.parametrize("place", [3, 5, 7, 11, 14, 19])
def test_the_true_bend_leaves_fewer_edges_than_its_mirror_images(place):
    own = HYPOTHESES[place]
    survey = survey_paths(exposed(own), parabola(SIZE, STRAIGHT))
    others = {MIRRORED[place], REVERSED[place]} - {place}
    assert all(edges(survey, own) < 0.98 * edges(survey, HYPOTHESES[k]) for k in others)
    assert others


def test_a_path_that_turns_back_leaves_fewer_edges_than_what_turns_back_less():
    own, less = Hypothesis(along=3.6), Hypothesis(along=0.9)
    survey = survey_paths(exposed(own, (-4.0, -4.0)), parabola(SIZE, (-4.0, -4.0)))
    assert edges(survey, own, SHORT) < 0.98 * edges(survey, less, SHORT)


def test_a_path_that_turns_back_is_found_along_the_spread_where_its_straight_part_is_misread():
    turning = parabola(SIZE, (0.0, 3.0), (0.0, 40.0))
    misread = parabola(SIZE, (4.0, 0.0))
    told = torch.cat([spread_of(turning.maps), torch.ones(1, *turning.maps.shape[-2:])])
    survey = survey_paths(reblur_along(blocks(SIZE), turning).mean(0), misread, told)
    upright = survey.straight[AXIS, 1].abs()
    assert torch.allclose(upright, torch.full_like(upright, 40 / FULL_TURN), rtol=0.1)
    own = Hypothesis(along=math.copysign(3.6, float(survey.straight[AXIS, 1, 0, 0])))
    others = [Hypothesis(), Hypothesis(along=-own.along), Hypothesis(along=own.along / 4)]
    assert all(edges(survey, own, near=AXIS) < 0.95 * edges(survey, h, near=AXIS) for h in others)


def test_surveys_say_how_far_paths_spread_beside_how_far_they_go():
    spread = spread_of(parabola(SIZE, (0.0, 12.0), (2.0, 0.0)).maps)
    told = torch.cat([spread, torch.full_like(spread[:1], 2.5)])
    _, along, across, minor, off = (
        survey_paths(photo(), parabola(SIZE, STRAIGHT), told).about[PATH, :, 1, 1].tolist()
    )
    # An axis of 12 px along y beside a path along (-9, -9).
    assert (along, across) == pytest.approx((12 * 0.7071, 12 * 0.7071), abs=0.01)
    assert (minor, off) == pytest.approx((2 / math.sqrt(15), 2.5), abs=0.01)


def test_the_right_direction_leaves_fewer_edges_than_a_wrong_one():
    angle = 0.25
    cosine, sine = 9 * math.cos(angle), 9 * math.sin(angle)
    turned = parabola(SIZE, (sine - cosine, -sine - cosine))
    survey = survey_paths(reblur_along(blocks(SIZE), turned).mean(0), parabola(SIZE, STRAIGHT))
    assert edges(survey, Hypothesis(turn=angle)) < edges(survey, Hypothesis(turn=-angle))


def test_longer_paths_gain_where_content_went_further():
    given, longer = parabola(SIZE, STRAIGHT), Hypothesis(stretch=math.log(1.3))
    gains = []
    for straight in (STRAIGHT, (-11.7, -11.7)):
        survey = survey_paths(photo(straight=straight), given)
        gains.append(edges(survey, Hypothesis()) / edges(survey, longer))
    assert gains[1] > gains[0]


def test_a_mirrored_picture_gets_a_mirrored_survey():
    grey = photo((8.0, -8.0))
    here = survey_paths(grey, parabola(SIZE, STRAIGHT))
    there = survey_paths(grey.flip(-1), parabola(SIZE, (-STRAIGHT[0], STRAIGHT[1])))
    # In both content goes right, so the mirrored one is read backwards besides.
    back = there.evidence.flip(-1)[:, :, REVERSED]
    assert torch.allclose(here.evidence, back[:, :, MIRRORED], atol=0.05)
    assert not torch.allclose(here.evidence, back, atol=0.5)


def test_surveys_say_what_they_are_about():
    told = []
    survey = survey_paths(photo(), parabola(SIZE, STRAIGHT), on_step=told.append)
    grid = (SIZE[0] // CELL, SIZE[1] // CELL)
    tried = (FRAMES, len(LENGTHS), len(HYPOTHESES), STATISTICS)
    assert survey.evidence.shape == (*tried, *grid)
    # A straight path is the main axis of its own spread.
    assert torch.allclose(survey.straight, torch.full((FRAMES, 2, *grid), -9.0), atol=1e-3)
    assert torch.allclose(survey.about[PATH], survey.about[AXIS], atol=0.01)
    error, along, across, minor, off = survey.about[PATH]
    assert float(minor.max()) < 0.01
    assert torch.allclose(along, torch.full(grid, 12.73), atol=0.01)
    assert float(across.max()) < 0.01
    # Confidence 0.8 of a path of 12.7 px: see networks.motion.confidence.
    assert torch.allclose(error, torch.full(grid, 13.23 * 0.25), atol=0.01)
    assert torch.allclose(off, error)
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
