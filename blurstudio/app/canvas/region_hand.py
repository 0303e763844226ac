"""The hand on regions: drawing shapes, taking hold of regions and their handles, choosing one.

It turns presses, moves and keys into shapes; what becomes of them is told by the canvas's signals.
It keeps only what is in the hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas.drawn import Draft
from blurstudio.app.canvas.handles import BOX_GAP, edge_at, handle_at, pulled
from blurstudio.session.regions import find, governing
from blurstudio.session.shapes import Shape, ShapeKind, simplified

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.app.canvas.handles import Handle
    from blurstudio.session.regions import Region, Regions
    from blurstudio.session.shapes import Place

_GRASP = 8.0
_CLICK = 4.0
_LASSO_TOLERANCE = 1.0
"""All three in px of the screen."""


class Tool(StrEnum):
    """What is in the hand."""

    VIEW = "view"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    POLYGON = "polygon"
    LASSO = "lasso"


@dataclass
class _Grip:
    """A region in the hand: what it was, what holds it, and from where."""

    region: Region
    handle: Handle | None
    start: Place
    gesture: int
    on_edge: bool
    moved: bool = False


class RegionHand:
    """What a hand does to the regions of one picture.

    Parameters
    ----------
    drawn
        Called with a shape that was finished.
    reshaped
        Called with region, new shape, words for it, and the number of the gesture.
    picked
        Called with the number of the region that was chosen, or None.

    Attributes
    ----------
    tool
        What is in the hand.
    regions, selected
        What there is; the owner keeps them up to date.
    """

    def __init__(
        self,
        drawn: Callable[[Shape], None],
        reshaped: Callable[[int, Shape, str, int], None],
        picked: Callable[[int | None], None],
    ) -> None:
        self._tell_drawn = drawn
        self._tell_reshaped = reshaped
        self._tell_picked = picked
        self.tool = Tool.VIEW
        self.regions: Regions = ()
        self.selected: int | None = None
        self._points: list[Place] = []
        self._at: Place | None = None
        self._even = False
        self._grip: _Grip | None = None
        self._gestures = 0

    @property
    def is_drawing(self) -> bool:
        """Whether a shape has been begun."""
        return bool(self._points)

    @property
    def is_holding(self) -> bool:
        """Whether a region is in the hand."""
        return self._grip is not None

    @property
    def draft(self) -> Draft | None:
        """The shape so far."""
        if not self._points:
            return None
        if self.tool is Tool.LASSO or self._at is None:
            return Draft(tuple(self._points), closed=self.tool is Tool.LASSO)
        if self.tool is Tool.POLYGON:
            return Draft((*self._points, self._at), closed=False)
        shape = self._boxed()
        return Draft(shape.outline(), closed=True)

    def take(self, tool: Tool) -> None:
        """Take another tool; what was begun is given up."""
        self.cancel()
        self.tool = tool

    def press(self, at: Place, pixel: float, *, even: bool = False) -> bool:
        """Begin something; returns whether the press meant something to regions.

        Parameters
        ----------
        at
            Place in the picture.
        pixel
            Px of the picture per px of the screen.
        even
            Whether a rectangle is to be a square, and an ellipse a circle.
        """
        if self.tool is Tool.POLYGON:
            self._add_corner(at, pixel)
            return True
        if self.tool is not Tool.VIEW:
            self._points, self._at, self._even = [at], at, even
            return True
        region = find(self.regions, self.selected)
        if region is None or not region.visible:
            return False
        handle = handle_at(region.shape, at, _GRASP * pixel, BOX_GAP * pixel)
        # Half of all double clicks on an edge fall just beside it.
        on_edge = edge_at(region.shape, at, _GRASP * pixel) is not None
        if handle is None and not on_edge and not region.shape.contains(at):
            return False
        self._gestures += 1
        self._grip = _Grip(region, handle, at, self._gestures, on_edge)
        return True

    def move(self, at: Place, pixel: float, *, even: bool = False) -> bool:
        """Follow the hand; returns whether what is seen has changed."""
        if self._grip is not None:
            self._pull(self._grip, at, pixel)
            return True
        if not self._points:
            return False
        self._at, self._even = at, even
        if self.tool is Tool.LASSO and math.dist(at, self._points[-1]) >= pixel:
            self._points.append(at)
        return True

    def release(self, at: Place, pixel: float) -> bool:
        """Let go; returns whether something was in the hand."""
        if self._grip is not None:
            grip, self._grip = self._grip, None
            if not (grip.moved or grip.handle or grip.on_edge):
                self.pick(at)
            return True
        if self.tool in (Tool.VIEW, Tool.POLYGON) or not self._points:
            return False
        if self.tool is Tool.LASSO:
            points = simplified(self._points, _LASSO_TOLERANCE * pixel)
            self._finish(points)
        else:
            shape = self._boxed()
            self._points.clear()
            if not shape.is_empty:
                self._tell_drawn(shape)
        return True

    def double_click(self, at: Place, pixel: float) -> bool:
        """Close a polygon, or put a vertex on an edge, or take one away."""
        if self.tool is Tool.POLYGON and self._points:
            self.close()
            return True
        region = find(self.regions, self.selected)
        if self.tool is not Tool.VIEW or region is None or region.shape.kind.is_box:
            return False
        handle = handle_at(region.shape, at, _GRASP * pixel, BOX_GAP * pixel)
        self._gestures += 1
        if handle is not None and handle.vertex is not None:
            shape = region.shape.without_point(handle.vertex)
            self._tell_reshaped(
                region.number,
                shape,
                QCoreApplication.translate("canvas", "Remove a point"),
                self._gestures,
            )
            return True
        index = edge_at(region.shape, at, _GRASP * pixel)
        if index is None:
            return False
        shape = region.shape.with_new_point(index, at)
        self._tell_reshaped(
            region.number,
            shape,
            QCoreApplication.translate("canvas", "Add a point"),
            self._gestures,
        )
        return True

    def pick(self, at: Place) -> None:
        """Choose the region that governs a place; none where none does."""
        region = governing(self.regions, at)
        self._tell_picked(None if region is None else region.number)

    def close(self) -> bool:
        """Finish a polygon; with fewer than three corners it goes on."""
        if self.tool is not Tool.POLYGON or len(self._points) < 3:
            return False
        self._finish(tuple(self._points))
        return True

    def step_back(self) -> bool:
        """Take back the last corner of a polygon; returns whether there was one."""
        if self.tool is not Tool.POLYGON or not self._points:
            return False
        self._points.pop()
        return True

    def cancel(self) -> bool:
        """Give up what is in the hand; returns whether anything was."""
        grip, self._grip = self._grip, None
        if grip is not None and grip.moved:
            self._tell_reshaped(grip.region.number, grip.region.shape, "", grip.gesture)
        began = bool(self._points) or grip is not None
        self._points.clear()
        self._at = None
        return began

    def _add_corner(self, at: Place, pixel: float) -> None:
        if len(self._points) >= 3 and math.dist(at, self._points[0]) <= _GRASP * pixel:
            self.close()
            return
        self._points.append(at)
        self._at = at

    def _finish(self, points: tuple[Place, ...]) -> None:
        kind = ShapeKind(self.tool.value)
        self._points.clear()
        # The second press of a double click puts a corner where one is already.
        distinct = tuple(dict.fromkeys(points))
        if len(distinct) >= 3:
            shape = Shape(kind, distinct)
            if not shape.is_empty:
                self._tell_drawn(shape)

    def _boxed(self) -> Shape:
        """Return the rectangle or ellipse between where the hand began and where it is."""
        (x0, y0), (x1, y1) = self._points[0], self._at or self._points[0]
        if self._even:
            side = max(abs(x1 - x0), abs(y1 - y0))
            x1, y1 = x0 + math.copysign(side, x1 - x0), y0 + math.copysign(side, y1 - y0)
        return Shape(ShapeKind(self.tool.value), ((x0, y0), (x1, y1)))

    def _pull(self, grip: _Grip, at: Place, pixel: float) -> None:
        dx, dy = at[0] - grip.start[0], at[1] - grip.start[1]
        if not grip.moved and math.hypot(dx, dy) <= _CLICK * pixel:
            return
        grip.moved = True
        if grip.handle is None:
            shape = grip.region.shape.moved(dx, dy)
            words = QCoreApplication.translate("canvas", "Move {name}")
        else:
            shape = pulled(grip.region.shape, grip.handle, dx, dy)
            words = (
                QCoreApplication.translate("canvas", "Resize {name}")
                if grip.handle.vertex is None
                else QCoreApplication.translate("canvas", "Move a point of {name}")
            )
        words = words.format(name=grip.region.name)
        self._tell_reshaped(grip.region.number, shape, words, grip.gesture)
