"""Shapes under a hand: inside and outside, moved, stretched, simplified."""

from __future__ import annotations

import math

import pytest

from blurstudio.session.shapes import Shape, ShapeKind, simplified

RECTANGLE = Shape(ShapeKind.RECTANGLE, ((30.0, 20.0), (10.0, 40.0)))
ELLIPSE = Shape(ShapeKind.ELLIPSE, ((10.0, 20.0), (30.0, 40.0)))
ARROW = Shape(ShapeKind.POLYGON, ((0.0, 0.0), (40.0, 20.0), (0.0, 40.0), (20.0, 20.0)))


def test_a_rectangle_may_be_drawn_from_any_corner():
    assert RECTANGLE.points == ((10.0, 20.0), (30.0, 40.0))


@pytest.mark.parametrize(
    ("shape", "place", "inside"),
    [
        (RECTANGLE, (11, 21), True),
        (ELLIPSE, (11, 21), False),
        (ELLIPSE, (20, 21), True),
        (ARROW, (30, 20), True),
        (ARROW, (5, 20), False),
        (RECTANGLE, (31, 21), False),
    ],
)
def test_a_place_is_inside_or_not(shape, place, inside):
    assert shape.contains(place) is inside


def test_moving_and_stretching_keep_the_form():
    moved = ARROW.moved(3, -2)
    assert moved.box == (3, -2, 43, 38)
    stretched = ARROW.fitted((0, 0, 80, 20))
    assert stretched.points == ((0, 0), (80, 10), (0, 20), (40, 10))


def test_a_shape_is_never_stretched_to_nothing():
    left, top, right, bottom = ELLIPSE.fitted((5, 5, 5, 30)).box
    assert (right - left, bottom - top) == (1, 25)


def test_an_ellipses_outline_lies_on_the_ellipse():
    for x, y in ELLIPSE.outline():
        assert math.hypot(x - 20, y - 30) == pytest.approx(10)


def test_vertices_are_moved_added_and_taken_away():
    assert ARROW.with_point(1, (50, 20)).points[1] == (50, 20)
    assert len(ARROW.with_new_point(1, (20, 10)).points) == 5
    triangle = ARROW.without_point(3)
    assert len(triangle.points) == 3
    assert triangle.without_point(0) == triangle


@pytest.mark.parametrize(
    ("kind", "points", "words"),
    [
        (ShapeKind.RECTANGLE, ((0, 0),), "two corners"),
        (ShapeKind.LASSO, ((0, 0), (1, 1)), "at least three"),
        (ShapeKind.POLYGON, ((0, 0), (1, 1), (math.nan, 0)), "nowhere"),
    ],
)
def test_what_is_no_shape_is_refused(kind, points, words):
    with pytest.raises(ValueError, match=words):
        Shape(kind, points)


def test_a_line_is_simplified_within_its_tolerance():
    wavy = [(x, 0.3 * (x % 2)) for x in range(50)] + [(49, y) for y in range(1, 50)]
    kept = simplified(wavy, 0.5)
    assert kept[0] == wavy[0]
    assert kept[-1] == wavy[-1]
    assert len(kept) <= 4
    assert simplified(wavy, 0.0) != kept
