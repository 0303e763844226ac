"""Soft-edged random shapes and the textured layers cut out by them.

A layer is a picture with an opacity at mid-exposure; how it moves is the business of paths.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from torch import Tensor

Point = tuple[float, float]


@dataclass(frozen=True)
class Blob:
    """A round shape with a wavy outline: radius times 1 + sum of a_k cos(k angle + p_k)."""

    centre: Point
    radius: float
    waves: tuple[tuple[int, float, float], ...]

    def inside(self, x: Tensor, y: Tensor) -> Tensor:
        """Distance in px to the outline, positive inside."""
        x, y = x - self.centre[0], y - self.centre[1]
        outline = torch.full_like(x + y, 1.0)
        if self.waves:
            angle = torch.atan2(y, x)
            for order, amplitude, phase in self.waves:
                outline += amplitude * torch.cos(order * angle + phase)
        return self.radius * outline - torch.hypot(x, y)

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in px."""
        reach = self.radius * (1 + sum(abs(amplitude) for _, amplitude, _ in self.waves))
        x, y = self.centre
        return x - reach, y - reach, x + reach, y + reach


@dataclass(frozen=True)
class Bar:
    """A line with round ends; as wide as twice the radius."""

    start: Point
    end: Point
    radius: float

    def inside(self, x: Tensor, y: Tensor) -> Tensor:
        """Distance in px to the outline, positive inside."""
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        x, y = x - self.start[0], y - self.start[1]
        along = ((x * dx + y * dy) / max(dx * dx + dy * dy, 1e-9)).clamp(0, 1)
        return self.radius - torch.hypot(x - along * dx, y - along * dy)

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in px."""
        xs, ys = (self.start[0], self.end[0]), (self.start[1], self.end[1])
        reach = self.radius
        return min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach


@dataclass(frozen=True)
class Polygon:
    """A convex polygon, given as sides (direction of the normal, distance from the centre)."""

    centre: Point
    sides: tuple[tuple[float, float], ...]
    reach: float

    def inside(self, x: Tensor, y: Tensor) -> Tensor:
        """Distance in px to the nearest side's line, positive inside."""
        x, y = x - self.centre[0], y - self.centre[1]
        nearest = self.reach - torch.hypot(x, y)
        for angle, distance in self.sides:
            nearest = torch.minimum(
                nearest, distance - float(np.cos(angle)) * x - float(np.sin(angle)) * y
            )
        return nearest

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in px."""
        x, y = self.centre
        return x - self.reach, y - self.reach, x + self.reach, y + self.reach


@dataclass(frozen=True)
class Shape:
    """A union of parts with one softness of the edge.

    Parameters
    ----------
    parts
        Blobs, bars and polygons.
    softness
        Width in px over which the edge goes from opaque to transparent.
    """

    parts: tuple[Blob | Bar | Polygon, ...]
    softness: float

    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in whole px; the right and bottom ends are exclusive."""
        boxes = np.array([part.box() for part in self.parts])
        low = np.floor(boxes[:, :2].min(axis=0) - self.softness).astype(int)
        high = np.ceil(boxes[:, 2:].max(axis=0) + self.softness).astype(int) + 1
        return int(low[0]), int(low[1]), int(high[0]), int(high[1])

    def opacity(self, box: tuple[int, int, int, int], device: torch.device) -> Tensor:
        """Opacity ``(h, w)`` in [0, 1] over a box (left, top, right, bottom) in px."""
        left, top, right, bottom = box
        x = torch.arange(left, right, device=device, dtype=torch.float32)[None]
        y = torch.arange(top, bottom, device=device, dtype=torch.float32)[:, None]
        inside = self.parts[0].inside(x, y)
        for part in self.parts[1:]:
            inside = torch.maximum(inside, part.inside(x, y))
        ramp = (inside / self.softness + 0.5).clamp(0, 1)
        return ramp * ramp * (3 - 2 * ramp)

    def centre(self) -> Point:
        """Middle of the box, px."""
        left, top, right, bottom = self.box()
        return (left + right - 1) / 2, (top + bottom - 1) / 2

    def radius(self) -> float:
        """Half the longer side of the box, px."""
        left, top, right, bottom = self.box()
        return max(right - left, bottom - top) / 2


def draw_shape(rng: np.random.Generator, size: tuple[int, int]) -> Shape:
    """Draw a shape for an exposure of ``size`` (height, width) px.

    Kinds: wavy blobs, convex polygons, thin bars, and figures (a torso with head and limbs).
    """
    height, width = size
    side = float(min(size))
    centre = (rng.uniform(0.05, 0.95) * width, rng.uniform(0.05, 0.95) * height)
    kind = rng.choice(["blob", "polygon", "bar", "figure"], p=[0.35, 0.25, 0.15, 0.25])
    softness = float(rng.uniform(0.8, 2.5))
    if kind == "blob":
        return Shape((_draw_blob(rng, centre, side * rng.uniform(0.08, 0.32)),), softness)
    if kind == "polygon":
        return Shape((_draw_polygon(rng, centre, side * rng.uniform(0.1, 0.38)),), softness)
    if kind == "bar":
        length = side * rng.uniform(0.3, 1.2)
        return Shape((_draw_bar(rng, centre, length, side * rng.uniform(0.006, 0.05)),), softness)
    return Shape(_draw_figure(rng, centre, side * rng.uniform(0.2, 0.6)), softness)


def cut_out(texture: Tensor, shape: Shape, box: tuple[int, int, int, int]) -> Tensor:
    """Texture ``(3, h, w)`` under the shape's opacity over `box`, as premultiplied RGBA.

    Returns
    -------
    Tensor
        ``(4, h, w)``: colours times opacity, and the opacity.
    """
    opacity = shape.opacity(box, texture.device)[None]
    return torch.cat([texture * opacity, opacity])


def _draw_blob(rng: np.random.Generator, centre: Point, radius: float) -> Blob:
    waves = tuple(
        (order, float(rng.normal(0, 0.3 / order)), float(rng.uniform(0, 2 * np.pi)))
        for order in range(2, 7)
    )
    return Blob(centre, radius, waves)


def _draw_polygon(rng: np.random.Generator, centre: Point, reach: float) -> Polygon:
    count = int(rng.integers(3, 8))
    angles = (np.arange(count) + rng.uniform(-0.3, 0.3, count)) * 2 * np.pi / count
    angles += rng.uniform(0, 2 * np.pi)
    distances = rng.uniform(0.35, 0.9, count) * reach
    return Polygon(centre, tuple(zip(angles.tolist(), distances.tolist(), strict=True)), reach)


def _draw_bar(rng: np.random.Generator, centre: Point, length: float, radius: float) -> Bar:
    angle = rng.uniform(0, np.pi)
    dx, dy = np.cos(angle) * length / 2, np.sin(angle) * length / 2
    return Bar((centre[0] - dx, centre[1] - dy), (centre[0] + dx, centre[1] + dy), radius)


def _draw_figure(
    rng: np.random.Generator, centre: Point, height: float
) -> tuple[Blob | Bar | Polygon, ...]:
    lean = rng.uniform(0, 2 * np.pi) if rng.random() < 0.3 else rng.normal(0, 0.2)
    along = np.array([np.sin(lean), -np.cos(lean)])
    across = np.array([along[1], -along[0]])
    middle = np.array(centre)

    def place(up: float, side: float) -> Point:
        x, y = middle + along * up * height + across * side * height
        return float(x), float(y)

    torso = Bar(place(-0.05, 0), place(0.22, 0), height * rng.uniform(0.08, 0.16))
    head = Blob(place(0.4, 0), height * rng.uniform(0.07, 0.11), ())
    thick = height * rng.uniform(0.025, 0.06)
    limbs = [
        Bar(place(start, 0.08 * sign), place(start + rise, sign * rng.uniform(0.1, 0.4)), thick)
        for start, rise in ((0.22, rng.uniform(-0.3, 0.25)), (-0.1, rng.uniform(-0.45, -0.25)))
        for sign in (-1, 1)
    ]
    return (torso, head, *limbs)
