"""`Window`: a rectangle of a picture by its rows and columns, as a value.

It imports no torch, so that code which only names a place needs none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """A rectangle of a picture, px: from `top` and `left` to before `bottom` and `right`."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> tuple[int, int]:
        """(H, W) px."""
        return self.bottom - self.top, self.right - self.left

    @property
    def rows(self) -> slice:
        """Its rows."""
        return slice(self.top, self.bottom)

    @property
    def columns(self) -> slice:
        """Its columns."""
        return slice(self.left, self.right)

    def within(self, other: Window) -> Window:
        """Express it in the coordinates of a window that holds it."""
        return Window(
            self.top - other.top,
            self.left - other.left,
            self.bottom - other.top,
            self.right - other.left,
        )

    def grown(self, by: int, size: tuple[int, int], step: int = 1) -> Window:
        """Return one larger on every side, out to multiples of `step`, within a picture (H, W)."""
        return Window(
            max(self.top - by, 0) // step * step,
            max(self.left - by, 0) // step * step,
            min(-(-(self.bottom + by) // step) * step, size[0]),
            min(-(-(self.right + by) // step) * step, size[1]),
        )

    def resized(self, size: tuple[int, int], wanted: tuple[int, int]) -> Window:
        """Return the smallest one of a picture resized from `size` to `wanted` that holds it."""
        down, across = (new / old for new, old in zip(wanted, size, strict=True))
        return Window(
            int(self.top * down),
            int(self.left * across),
            min(math.ceil(self.bottom * down), wanted[0]),
            min(math.ceil(self.right * across), wanted[1]),
        )

    def scaled(self, scale: float, size: tuple[int, int]) -> Window:
        """Return the nearest one of a picture reduced by `scale` to (H, W); it keeps a pixel."""
        height, width = size
        top = min(round(self.top * scale), height - 1)
        left = min(round(self.left * scale), width - 1)
        bottom = min(max(round(self.bottom * scale), top + 1), height)
        right = min(max(round(self.right * scale), left + 1), width)
        return Window(top, left, bottom, right)
