"""Paths of given shapes: they keep how far they spread, and each family bends in its own way."""

from __future__ import annotations

import pytest
import torch
from exposure_pictures import parabola

from blurstudio.exposure.bending import bent_maps, bent_paths, even_pattern
from blurstudio.exposure.hypotheses import HYPOTHESES, Hypothesis
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.spread import spread_of
from blurstudio.exposure.trajectory import Constraint, Trajectory, times

SIZE = (64, 96)


def shares(ahead=1.0, beside=0.0, back=0.0, across=0.0):
    """The same shape on 2 x 3 cells."""
    return torch.tensor([ahead, beside, back, across]).view(4, 1, 1).expand(4, 2, 3)


def along(x, y):
    """Main axes of the spread on 2 x 3 cells."""
    return torch.tensor([x, y]).view(2, 1, 1).expand(2, 2, 3)


def bent(given, shape, axis=(8.0, 0.0)):
    """Paths that spread by 8 px, shaped."""
    spread = spread_of(parabola(SIZE, axis).maps)
    return bent_paths(given, spread, along(*axis), shape)


def ends(paths):
    """Mean offsets at the first and the last moment, ((x, y), (x, y)) px."""
    return paths.offsets((-0.5, 0.5)).mean((-2, -1)).tolist()


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_shapes_are_shares_of_the_spread_and_replace_what_was_there(way):
    given = parabola(SIZE, (5.0 * way, 1.0), (3.0, 3.0))
    first, last = ends(bent(given, shares(across=1.0)))
    # b = (0, 8) px adds b / 4 at both ends, whichever way the path was read.
    assert first == pytest.approx([-4 * way, 2], abs=1e-3)
    assert last == pytest.approx([4 * way, 2], abs=1e-3)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_spread_s_sign_does_not_matter_but_the_axis_s_does(sign):
    given, spread = parabola(SIZE, (8.0, 0.0)), spread_of(parabola(SIZE, (8.0, 0.0)).maps)
    paths = bent_paths(given, spread, along(8.0 * sign, 0.0), shares(back=2.0))
    first, last = ends(paths)
    assert first == pytest.approx([-4 + 4 * sign, 0], abs=1e-3)
    assert last == pytest.approx([4 + 4 * sign, 0], abs=1e-3)


@pytest.mark.parametrize("hypothesis", HYPOTHESES[:9])
def test_paths_that_turn_back_spread_as_far_as_before(hypothesis):
    given = parabola(SIZE, (8.0, 0.0))
    paths = bent(given, shares(*hypothesis.shape))
    reaches = [each.offsets(times(401))[:, 0, 32, 48].std(correction=0) for each in (given, paths)]
    assert float(reaches[1]) == pytest.approx(float(reaches[0]), rel=0.01)


def test_a_path_that_only_returns_ends_where_it_began():
    (shape,) = (h.shape for h in HYPOTHESES if h == Hypothesis(phase=HYPOTHESES[9].phase))
    first, last = ends(bent(parabola(SIZE, (8.0, 0.0)), shares(*shape)))
    assert first == pytest.approx(last, abs=1e-3)
    assert first[0] > 7


def test_across_is_a_quarter_turn_from_x_towards_y():
    main = torch.tensor([0.0, 8.0]).view(1, 2, 1, 1).expand(1, 2, 16, 24)
    (maps,) = bent_maps(main, along(0.0, 8.0)[None], shares(beside=0.25, across=0.5)[None])
    assert maps[0, :, 0, 0].tolist() == [-2.0, 8.0]
    assert maps[1, :, 0, 0].tolist() == [-4.0, 0.0]


@pytest.mark.parametrize("constraint", list(Constraint))
def test_every_family_bends_as_far_as_it_can(constraint):
    given = parabola(SIZE, (8.0, 0.0))
    moments = times(15)
    fitted = Trajectory.fit(given.offsets(moments, (8, 10)), moments, constraint)
    paths = Trajectory(fitted.maps, constraint, (8, 10)).resized(SIZE)
    shaped = bent(paths, shares(across=1.0))
    bend = 0.0 if constraint is Constraint.LINEAR else 2.0
    # The nearest bent line to a parabola ends a little inside it.
    slack = 0.5 if constraint is Constraint.BILINEAR else 1e-3
    first, last = ends(shaped)
    assert shaped.constraint is constraint
    assert first == pytest.approx([-4, bend], abs=slack)
    assert last == pytest.approx([4, bend], abs=slack)


def test_directions_of_time_stay_as_they_were_where_a_path_lost_its_own():
    given = parabola(SIZE, (-8.0, 0.0))
    given.maps[:, :, 2, 2] *= -1
    kept = as_quadratic(bent(given, shares()))
    assert bool((kept[0, 0] < 0).all())


def test_shapes_far_beyond_what_is_ever_tried_are_bounded():
    wild = bent(parabola(SIZE, (8.0, 0.0)), shares(99.0, 99.0, 9999.0, -99.0))
    assert float(wild.offsets((-0.5, 0.5)).abs().max()) <= 8 * 8 * (0.5 + 0.25)


def test_a_straight_family_has_no_even_pattern():
    lines = Trajectory(torch.ones(1, 2, 4, 4), Constraint.LINEAR, SIZE)
    assert even_pattern(lines).tolist() == [0.0]
    assert bent(lines, shares(across=1.0)) is lines
