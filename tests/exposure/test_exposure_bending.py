"""Bent paths: direction and length stay, and each family bends in its own way."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from exposure_pictures import parabola

from blurstudio.exposure.bending import bend_field, bent_paths, even_pattern
from blurstudio.exposure.trajectory import Constraint, Trajectory, times

SIZE = (64, 96)


def shares(along=0.0, across=0.0):
    """The same bend on 2 x 3 cells."""
    return torch.tensor([along, across]).view(2, 1, 1).expand(2, 2, 3)


def straight(x, y):
    return torch.tensor([x, y]).view(2, 1, 1).expand(2, 2, 3)


def ends(paths):
    """Mean offsets at the first and the last moment, ((x, y), (x, y)) px."""
    return paths.offsets((-0.5, 0.5)).mean((-2, -1)).tolist()


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_bends_are_shares_of_the_straight_path_and_replace_those_there(way):
    given = parabola(SIZE, (8.0 * way, 0.0), (3.0, 3.0))
    bent = bent_paths(given, straight(8.0, 0.0), shares(along=0.5, across=1.0))
    # b = (4, 8) px adds b / 4 at both ends, whichever way the path is read.
    first, last = ends(bent)
    assert first == pytest.approx([1 - 4 * way, 2], abs=1e-3)
    assert last == pytest.approx([1 + 4 * way, 2], abs=1e-3)
    assert torch.equal(bent.maps[0], given.maps[0])


def test_across_is_a_quarter_turn_from_x_towards_y():
    (bend,) = bend_field(straight(0.0, 8.0)[None], shares(across=0.5)[None], (4, 4))
    assert bend[:, 0, 0].tolist() == [-4.0, 0.0]


@pytest.mark.parametrize("constraint", list(Constraint))
def test_every_family_bends_as_far_as_it_can(constraint):
    given = parabola(SIZE, (8.0, 0.0))
    moments = times(15)
    fitted = Trajectory.fit(given.offsets(moments, (8, 10)), moments, constraint)
    paths = Trajectory(fitted.maps, constraint, (8, 10)).resized(SIZE)
    bent = bent_paths(paths, straight(8.0, 0.0), shares(across=1.0))
    bend = 0.0 if constraint is Constraint.LINEAR else 2.0
    # The nearest bent line to a parabola ends a little inside it.
    slack = 0.5 if constraint is Constraint.BILINEAR else 1e-3
    first, last = ends(bent)
    assert bent.constraint is constraint
    assert first == pytest.approx([-4, bend], abs=slack)
    assert last == pytest.approx([4, bend], abs=slack)


def test_bends_far_beyond_what_is_ever_tried_are_bounded():
    wild = bent_paths(parabola(SIZE, (8.0, 0.0)), straight(8.0, 0.0), shares(99.0, -99.0))
    assert float(wild.offsets((-0.5, 0.5)).abs().max()) <= 4 + 16


def test_bent_paths_are_as_sure_as_they_are_said_to_be():
    given = replace(parabola(SIZE, (8.0, 0.0)), confidence=torch.full((8, 10), 0.8))
    asked = (given, straight(8.0, 0.0), shares(across=1.0))
    doubt = torch.zeros(1, 2, 3)
    assert torch.allclose(bent_paths(*asked, doubt).confidence, given.confidence)
    # Twice the error to expect, as a share of the length: of 4 to 1 that is 4 to 2.
    doubled = bent_paths(*asked, doubt + math.log(2)).confidence
    assert torch.allclose(doubled, torch.full((8, 10), 4 / 6))
    assert bent_paths(*asked).confidence is given.confidence
    unknown = replace(given, confidence=None)
    assert bent_paths(unknown, *asked[1:], doubt).confidence is None


def test_a_straight_family_has_no_even_pattern():
    lines = Trajectory(torch.ones(1, 2, 4, 4), Constraint.LINEAR, SIZE)
    assert even_pattern(lines).tolist() == [0.0]
