"""Shapes drawn on a photo: rectangle, ellipse, polygon and lasso, in its corner coordinates.

Corner coordinates are pixel centre + 0.5, so the photo spans [0, width] x [0, height]. How a shape
becomes a mask is `masks`'; what it is drawn for is `regions`'.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_ELLIPSE_POINTS = 96
_LEAST_SIDE = 1.0
"""A shape keeps at least this many px both ways, or it could not be taken hold of any more."""


class ShapeKind(StrEnum):
    """How a shape was drawn."""

    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    POLYGON = "polygon"
    LASSO = "lasso"

    @property
    def is_box(self) -> bool:
        """Whether two opposite corners say all."""
        return self in (ShapeKind.RECTANGLE, ShapeKind.ELLIPSE)


@dataclass(frozen=True)
class Shape:
    """A closed shape.

    Attributes
    ----------
    kind
        What its points mean.
    points
        (x, y) px: the corners top left and bottom right of a rectangle or of the box around an
        ellipse; at least three vertices of a polygon or lasso.

    Raises
    ------
    ValueError
        If there are too few points, or one is no number; the message says which.
    """

    kind: ShapeKind
    points: tuple[Place, ...]

    def __post_init__(self) -> None:
        count = len(self.points)
        if self.kind.is_box and count != 2:
            raise ValueError(f"a {self.kind} has two corners, not {count}")
        if not self.kind.is_box and count < 3:
            raise ValueError(f"a {self.kind} has at least three points, not {count}")
        if not all(math.isfinite(side) for point in self.points for side in point):
            raise ValueError(f"a {self.kind} has a point that is nowhere")
        if self.kind.is_box:
            (x0, y0), (x1, y1) = self.points
            corners = ((min(x0, x1), min(y0, y1)), (max(x0, x1), max(y0, y1)))
            object.__setattr__(self, "points", corners)

    @property
    def box(self) -> Box:
        """Return the smallest upright rectangle around it."""
        xs, ys = zip(*self.points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def is_empty(self) -> bool:
        """Whether it is too thin to hold anything."""
        left, top, right, bottom = self.box
        return right - left < _LEAST_SIDE or bottom - top < _LEAST_SIDE

    def outline(self) -> tuple[Place, ...]:
        """Corners of the line around it; an ellipse as a polygon of many."""
        if not self.kind.is_box:
            return self.points
        left, top, right, bottom = self.box
        if self.kind is ShapeKind.RECTANGLE:
            return ((left, top), (right, top), (right, bottom), (left, bottom))
        angles = (2 * math.pi * step / _ELLIPSE_POINTS for step in range(_ELLIPSE_POINTS))
        x, y = (left + right) / 2, (top + bottom) / 2
        return tuple(
            (x + (right - x) * math.cos(angle), y + (bottom - y) * math.sin(angle))
            for angle in angles
        )

    def contains(self, place: Place) -> bool:
        """Whether a place lies inside; crossing lines count by even and odd."""
        x, y = place
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return False
        if self.kind is ShapeKind.RECTANGLE:
            return True
        if self.kind is ShapeKind.ELLIPSE:
            across, down = max(right - left, 1e-9) / 2, max(bottom - top, 1e-9) / 2
            return ((x - left) / across - 1) ** 2 + ((y - top) / down - 1) ** 2 <= 1
        inside = False
        before = self.points[-1]
        for point in self.points:
            crosses = (point[1] > y) != (before[1] > y)
            if crosses and x < _crossing(before, point, y):
                inside = not inside
            before = point
        return inside

    def moved(self, dx: float, dy: float) -> Shape:
        """Return it shifted, px."""
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))

    def fitted(self, box: Box) -> Shape:
        """Return it stretched into another box; sides below a pixel become one."""
        left, top, right, bottom = self.box
        x0, x1 = _span(box[0], box[2])
        y0, y1 = _span(box[1], box[3])
        across = (x1 - x0) / max(right - left, 1e-9)
        down = (y1 - y0) / max(bottom - top, 1e-9)
        return replace(
            self,
            points=tuple((x0 + (x - left) * across, y0 + (y - top) * down) for x, y in self.points),
        )

    def with_point(self, index: int, place: Place) -> Shape:
        """Return it with one vertex elsewhere."""
        points = list(self.points)
        points[index] = place
        return replace(self, points=tuple(points))

    def with_new_point(self, index: int, place: Place) -> Shape:
        """Return it with a vertex more, before that of a number."""
        return replace(self, points=(*self.points[:index], place, *self.points[index:]))

    def without_point(self, index: int) -> Shape:
        """Return it with a vertex less; a triangle stays as it is."""
        if self.kind.is_box or len(self.points) <= 3:
            return self
        return replace(self, points=(*self.points[:index], *self.points[index + 1 :]))


def simplified(points: Sequence[Place], tolerance: float) -> tuple[Place, ...]:
    """Leave out points of a line that lie within `tolerance` px of it without them.

    Source: Douglas and Peucker 1973.
    """
    kept = [0, len(points) - 1]
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = tolerance, None
        for index in range(first + 1, last):
            distance = distance_to_segment(points[index], points[first], points[last])
            if distance > far:
                far, at = distance, index
        if at is not None:
            kept.append(at)
            spans += [(first, at), (at, last)]
    return tuple(points[index] for index in sorted(set(kept)))


def distance_to_segment(place: Place, start: Place, end: Place) -> float:
    """Distance of a place from a straight piece, px."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0
    if length > 0:
        along = ((place[0] - start[0]) * dx + (place[1] - start[1]) * dy) / length
    along = min(max(along, 0.0), 1.0)
    return math.hypot(place[0] - start[0] - along * dx, place[1] - start[1] - along * dy)


def _crossing(start: Place, end: Place, y: float) -> float:
    """Where the line through two points has a height."""
    return start[0] + (y - start[1]) * (end[0] - start[0]) / (end[1] - start[1])


def _span(one: float, other: float) -> tuple[float, float]:
    low, high = min(one, other), max(one, other)
    return (low, high) if high - low >= _LEAST_SIDE else (low, low + _LEAST_SIDE)
