"""The hand with a brush: presses, moves and releases become a stroke.

It keeps only what is in the hand; what becomes of a stroke is told by the canvas's signals.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from blurstudio.session.blend import Brush, Stroke
from blurstudio.session.shapes import simplified

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.session.shapes import Place

_TOLERANCE = 0.3
"""Px of the screen that a stroke may lie beside the hand's way."""
_STEP = 0.1
"""Shares of the radius between points: closer ones could not be told apart."""
_DIGITS = 5
_BEYOND = 1.0
"""Shares of the picture that a stroke may leave it by."""


class BrushHand:
    """What a hand paints on one picture.

    Parameters
    ----------
    moved
        Called with the stroke so far, or None when it is given up.
    painted
        Called with a stroke that was finished.

    Attributes
    ----------
    brush
        What is in the hand.
    """

    def __init__(
        self, moved: Callable[[Stroke | None], None], painted: Callable[[Stroke], None]
    ) -> None:
        self._tell_moved = moved
        self._tell_painted = painted
        self.brush = Brush()
        self._painting = Brush()
        self._points: list[Place] = []
        self._size = (1, 1)

    @property
    def is_painting(self) -> bool:
        """Whether a stroke was begun."""
        return bool(self._points)

    def press(self, at: Place, size: tuple[int, int], *, opposite: bool = False) -> None:
        """Begin a stroke.

        Parameters
        ----------
        at
            Place in the picture, px.
        size
            (H, W) of the picture.
        opposite
            Whether it does the opposite of what the brush does: an eraser.
        """
        self._size = size
        self._painting = replace(self.brush, reveal=self.brush.reveal != opposite)
        self._points = [at]
        self._tell_moved(self._stroke([at]))

    def move(self, at: Place, pixel: float) -> None:
        """Follow the hand; `pixel` is px of the picture per px of the screen."""
        if not self._points:
            return
        least = max(pixel, _STEP * self._painting.radius * max(self._size))
        if math.dist(at, self._points[-1]) >= least:
            self._points.append(at)
        self._tell_moved(self._stroke([*self._points, at]))

    def release(self, at: Place, pixel: float) -> None:
        """Finish the stroke."""
        if not self._points:
            return
        points = [*self._points, at] if at != self._points[-1] else self._points
        self._points = []
        self._tell_painted(self._stroke(simplified(points, _TOLERANCE * pixel)))

    def cancel(self) -> bool:
        """Give up the stroke; returns whether there was one."""
        if not self._points:
            return False
        self._points = []
        self._tell_moved(None)
        return True

    def _stroke(self, points: list[Place] | tuple[Place, ...]) -> Stroke:
        height, width = self._size
        return Stroke(
            tuple((_share(x, width), _share(y, height)) for x, y in points), self._painting
        )


def _share(value: float, side: int) -> float:
    return round(min(max(value / side, -_BEYOND), 1 + _BEYOND), _DIGITS)
