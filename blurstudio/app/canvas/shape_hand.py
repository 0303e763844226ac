"""The hand that draws: presses, moves and keys become a shape.

It keeps only the shape in the making; taking hold of one that is there is `region_hand`'s business.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

from blurstudio.app.canvas.drawn import Draft
from blurstudio.app.canvas.handles import GRASP
from blurstudio.session.shapes import Shape, ShapeKind, simplified

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.session.shapes import Place

_LASSO_TOLERANCE = 1.0
"""Px of the screen."""


class Tool(StrEnum):
    """What is in the hand."""

    VIEW = "view"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    POLYGON = "polygon"
    LASSO = "lasso"


class ShapeHand:
    """What a hand draws with a tool; with the view in it, nothing.

    Parameters
    ----------
    drawn
        Called with a shape that was finished.

    Attributes
    ----------
    tool
        What is in the hand.
    """

    def __init__(self, drawn: Callable[[Shape], None]) -> None:
        self._tell_drawn = drawn
        self.tool = Tool.VIEW
        self._points: list[Place] = []
        self._at: Place | None = None
        self._even = False

    @property
    def is_drawing(self) -> bool:
        """Whether a shape has been begun."""
        return bool(self._points)

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

    def press(self, at: Place, pixel: float, *, even: bool = False) -> None:
        """Begin a shape, or put another corner to a polygon.

        Parameters
        ----------
        at
            Place in the picture.
        pixel
            Px of the picture per px of the screen.
        even
            Whether a rectangle is to be a square, and an ellipse a circle.
        """
        if self.tool is not Tool.POLYGON:
            self._points, self._at, self._even = [at], at, even
        elif len(self._points) >= 3 and math.dist(at, self._points[0]) <= GRASP * pixel:
            self.close()
        else:
            self._points.append(at)
            self._at = at

    def move(self, at: Place, pixel: float, *, even: bool = False) -> None:
        """Follow the hand, once a shape has been begun."""
        if not self._points:
            return
        self._at, self._even = at, even
        if self.tool is Tool.LASSO and math.dist(at, self._points[-1]) >= pixel:
            self._points.append(at)

    def release(self, pixel: float) -> bool:
        """Finish what was dragged; returns whether anything was."""
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

    def double_click(self) -> bool:
        """Close a polygon; returns whether one had been begun."""
        begun = self.tool is Tool.POLYGON and self.is_drawing
        if begun:
            self.close()
        return begun

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
        """Give up the shape in the making; returns whether there was one."""
        began = bool(self._points)
        self._points.clear()
        self._at = None
        return began

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
