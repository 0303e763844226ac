"""Changed paths: as they are told to be, and each family bends in its own way."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from exposure_pictures import parabola

from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.refining.path_change import (
    changed_paths,
    even_pattern,
    in_px,
    straight_field,
)
from blurstudio.exposure.trajectory import Trajectory

SIZE = (64, 96)


LENGTH = 8.0
"""Px of the straight paths here."""


def cells(x, y):
    """The same vector on 2 x 3 cells, px."""
    return torch.tensor([x, y]).view(2, 1, 1).expand(2, 2, 3)


STRAIGHT = cells(LENGTH, 0.0)


def bent(paths, bends, doubt=None):
    return changed_paths(paths, STRAIGHT, STRAIGHT, bends, doubt)


def ends(paths):
    """Mean offsets at the first and the last moment, ((x, y), (x, y)) px."""
    return paths.offsets((-0.5, 0.5)).mean((-2, -1)).tolist()


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_bends_replace_those_there_and_straight_parts_stay(way):
    given = parabola(SIZE, (8.0 * way, 0.0), (3.0, 3.0))
    # b = (4, 8) px adds b / 4 at both ends, whichever way the path is read.
    changed = bent(given, cells(4.0, 8.0))
    first, last = ends(changed)
    assert first == pytest.approx([1 - 4 * way, 2], abs=1e-3)
    assert last == pytest.approx([1 + 4 * way, 2], abs=1e-3)
    assert torch.equal(changed.maps[0], given.maps[0])


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_straight_parts_turn_and_stretch_whichever_way_they_are_read(way):
    given = parabola(SIZE, (8.0 * way, 0.0))
    changed = changed_paths(given, STRAIGHT, cells(10.0, 6.0), cells(0.0, 0.0))
    first, last = ends(changed)
    assert first == pytest.approx([-5 * way, -3 * way], abs=1e-3)
    assert last == pytest.approx([5 * way, 3 * way], abs=1e-3)


def test_each_place_changes_in_its_own_direction_of_time():
    given = torch.tensor([8.0, 0.0]).view(1, 2, 1, 1).repeat(1, 1, 2, 4)
    given[..., 2:] *= -1
    turned = straight_field(given, STRAIGHT[None], cells(8.0, 2.0)[None])
    assert turned[0, 1, 0].tolist() == [2.0, 2.0, -2.0, -2.0]


def test_across_is_a_quarter_turn_from_x_towards_y():
    bend = in_px(torch.tensor([0.0, 8.0]).view(2, 1, 1), torch.zeros(1, 1), torch.full((1, 1), 0.5))
    assert bend.flatten().tolist() == [-4.0, 0.0]


@pytest.mark.parametrize("constraint", list(Constraint))
def test_every_family_gets_as_long_as_it_is_to_be_and_bends_as_far_as_it_can(constraint):
    given = parabola(SIZE, (LENGTH, 0.0))
    moments = times(15)
    fitted = Trajectory.fit(given.offsets(moments, (8, 10)), moments, constraint)
    paths = Trajectory(fitted.maps, constraint, (8, 10)).resized(SIZE)
    changed = changed_paths(paths, STRAIGHT, cells(12.0, 0.0), cells(0.0, 8.0))
    bend = 0.0 if constraint is Constraint.LINEAR else 2.0
    # The nearest bent line to a parabola ends a little inside it.
    slack = 0.5 if constraint is Constraint.BILINEAR else 1e-3
    first, last = ends(changed)
    assert changed.constraint is constraint
    assert first == pytest.approx([-6, bend], abs=slack)
    assert last == pytest.approx([6, bend], abs=slack)


def test_changed_paths_are_as_sure_as_they_are_said_to_be():
    given = replace(parabola(SIZE, (LENGTH, 0.0)), confidence=torch.full((8, 10), 0.8))
    bends, doubt = cells(0.0, 8.0), torch.zeros(1, 2, 3)
    assert torch.allclose(bent(given, bends, doubt).confidence, given.confidence)
    # Twice the error to expect, as a share of the length: of 4 to 1 that is 4 to 2.
    doubled = bent(given, bends, doubt + math.log(2)).confidence
    assert torch.allclose(doubled, torch.full((8, 10), 4 / 6))
    assert bent(given, bends).confidence is given.confidence
    assert bent(replace(given, confidence=None), bends, doubt).confidence is None


def test_a_straight_family_has_no_even_pattern():
    lines = Trajectory(torch.ones(1, 2, 4, 4), Constraint.LINEAR, SIZE)
    assert even_pattern(lines).tolist() == [0.0]
