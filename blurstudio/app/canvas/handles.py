"""Handles of a shape: where a hand can take hold of it, and what becomes of it when it pulls.

Plain geometry in corner coordinates; how handles look and when they are pulled is not known here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.session.shapes import distance_to_segment

if TYPE_CHECKING:
    from blurstudio.session.shapes import Place, Shape

GRASP = 8.0
"""A hand takes hold of what is within so many px of the screen."""
BOX_GAP = 9.0
"""Corners around a polygon stand off by so many px of the screen, clear of its vertices."""


@dataclass(frozen=True)
class Handle:
    """A place of a shape that can be pulled.

    Attributes
    ----------
    place
        Where it is.
    vertex
        Number of the vertex that it moves; None for a handle of the box.
    sides
        Which sides of the box it moves: -1 the left (or upper) one, 1 the other, 0 neither.
    """

    place: Place
    vertex: int | None = None
    sides: tuple[int, int] = (0, 0)


def handle_places(shape: Shape, gap: float) -> list[Handle]:
    """List a shape's handles, those that win where two overlap last.

    Parameters
    ----------
    shape
        The shape.
    gap
        How far off the corners around a polygon stand, px of the picture.
    """
    left, top, right, bottom = shape.box
    middles: tuple[int, ...] = (-1, 1)
    if shape.kind.is_box:
        middles, gap = (-1, 0, 1), 0.0
    xs = {-1: left - gap, 0: (left + right) / 2, 1: right + gap}
    ys = {-1: top - gap, 0: (top + bottom) / 2, 1: bottom + gap}
    handles = [
        Handle((xs[across], ys[down]), sides=(across, down))
        for down in middles
        for across in middles
        if (across, down) != (0, 0)
    ]
    if not shape.kind.is_box:
        handles += [Handle(point, vertex=index) for index, point in enumerate(shape.points)]
    return handles


def handle_at(shape: Shape, place: Place, reach: float, gap: float) -> Handle | None:
    """Return the handle within `reach` px of a place, the nearest of them; None if none is."""
    near = [
        (math.dist(handle.place, place), -index, handle)
        for index, handle in enumerate(handle_places(shape, gap))
        if math.dist(handle.place, place) <= reach
    ]
    return min(near)[2] if near else None


def pulled(shape: Shape, handle: Handle, dx: float, dy: float) -> Shape:
    """Return a shape whose handle was pulled so far from where it was."""
    if handle.vertex is not None:
        x, y = shape.points[handle.vertex]
        return shape.with_point(handle.vertex, (x + dx, y + dy))
    left, top, right, bottom = shape.box
    across, down = handle.sides
    left, right = (left + dx, right) if across < 0 else (left, right + dx * across)
    top, bottom = (top + dy, bottom) if down < 0 else (top, bottom + dy * down)
    return shape.fitted((left, top, right, bottom))


def edge_at(shape: Shape, place: Place, reach: float) -> int | None:
    """Return where in a polygon's points a new one on its edge belongs; None beside the edge."""
    if shape.kind.is_box:
        return None
    points = shape.points
    distances = [
        (distance_to_segment(place, point, points[(index + 1) % len(points)]), index + 1)
        for index, point in enumerate(points)
    ]
    distance, index = min(distances)
    return index if distance <= reach else None
