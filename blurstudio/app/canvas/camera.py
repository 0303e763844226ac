"""Where the canvas looks: picture coordinates to device pixels and back, as plain numbers.

Picture coordinates are corner coordinates (pixel centre + 0.5). No widget and no painting here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_ZOOM = 64.0
MIN_ZOOM = 0.02
FIT_MARGIN = 12.0
_KEEP_IN_SIGHT = 48.0


@dataclass(frozen=True)
class Pane:
    """A rectangle of the widget in device px that shows one picture."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the pane in device px."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point in device px lies in this pane."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True)
class View:
    """One pane's mapping: the picture's corner lies at (x, y) device px, whole numbers.

    Whole device pixels keep a picture at 100 % untouched by resampling.
    """

    x: int
    y: int
    scale: float

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Picture corner coordinates to device px."""
        return self.x + x * self.scale, self.y + y * self.scale

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Device px to picture corner coordinates."""
        return (x - self.x) / self.scale, (y - self.y) / self.scale

    def moved(self, dx: int, dy: int) -> View:
        """Return the same view seen from an origin shifted by whole device px."""
        return View(self.x + dx, self.y + dy, self.scale)


@dataclass(frozen=True)
class Camera:
    """The picture point in the middle of every pane, and device px per picture px."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0

    def view(self, pane: Pane) -> View:
        """Return the mapping of one pane."""
        middle_x, middle_y = pane.centre
        return View(
            math.floor(middle_x - self.x * self.scale + 0.5),
            math.floor(middle_y - self.y * self.scale + 0.5),
            self.scale,
        )

    def panned(self, dx: float, dy: float) -> Camera:
        """Follow a drag by (dx, dy) device px."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def zoomed(self, scale: float, at: tuple[float, float], pane: Pane) -> Camera:
        """Change the scale while the picture point under ``at`` (device px) stays there."""
        # From the view as it is drawn: else rounding to whole pixels would add up.
        under_x, under_y = self.view(pane).to_picture(*at)
        x = under_x - (at[0] - pane.centre[0]) / scale
        y = under_y - (at[1] - pane.centre[1]) / scale
        return Camera(x, y, scale)

    def kept_in_sight(self, size: tuple[int, int], pane: Pane) -> Camera:
        """Pull the picture of ``size`` (H, W) back where a drag would lose it."""
        return replace(
            self,
            x=_clamped(self.x, size[1], pane.width / self.scale, self.scale),
            y=_clamped(self.y, size[0], pane.height / self.scale, self.scale),
        )


def fitted(size: tuple[int, int], pane: Pane, margin: float = FIT_MARGIN) -> Camera:
    """Camera that shows the whole picture of ``size`` (H, W) with a margin in device px."""
    height, width = size
    room_x = max(1.0, pane.width - 2 * margin)
    room_y = max(1.0, pane.height - 2 * margin)
    scale = min(room_x / width, room_y / height, MAX_ZOOM)
    return Camera(width / 2, height / 2, scale)


def bounded_zoom(scale: float, fit_scale: float) -> float:
    """Keep a scale between half of fitting (or 2 %) and 64 device px per picture px."""
    return min(max(scale, min(MIN_ZOOM, fit_scale / 2)), MAX_ZOOM)


def next_preset(scale: float, presets: Sequence[float]) -> float:
    """Return the preset that follows the one at or below ``scale``, in a circle."""
    reached = [index for index, preset in enumerate(presets) if 0.0 < preset <= scale * 1.001]
    return presets[(reached[-1] + 1) % len(presets)] if reached else presets[0]


def _clamped(centre: float, length: float, visible: float, scale: float) -> float:
    """Keep a strip of the picture within one axis of the pane (all in picture px)."""
    strip = min(_KEEP_IN_SIGHT / scale, length, visible)
    low = strip - visible / 2
    high = length - strip + visible / 2
    return min(max(centre, low), high)
