"""How much of a deblurred result is used, and where: an amount, and a mask painted by a brush.

Strokes are kept as lines, not as pixels, so they are small and fit any size of the picture. How
they become a mask is `brush_masks`'; what the mask does to pictures is `engine.sharp.blending`'s.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blurstudio.session.shapes import Place

LEAST_RADIUS, MOST_RADIUS = 0.001, 0.5
"""Of a brush, in shares of the picture's longer side."""

_FARTHEST = 2.0
"""A stroke may leave the picture, but a line far from it is a damaged one."""


@dataclass(frozen=True)
class Brush:
    """What a stroke is painted with.

    Attributes
    ----------
    radius
        Share of the picture's longer side, [`LEAST_RADIUS`, `MOST_RADIUS`].
    hardness
        Share of the radius, [0, 1], inside which the brush counts fully; from there it fades out.
    opacity
        How far one stroke goes, [0, 1].
    reveal
        Whether it brings the deblurred result back; otherwise it hides it, and the photo shows.

    Raises
    ------
    ValueError
        For values out of range; the message says which.
    """

    radius: float = 0.03
    hardness: float = 0.5
    opacity: float = 1.0
    reveal: bool = False

    def __post_init__(self) -> None:
        for name, value, least, most in (
            ("radius", self.radius, LEAST_RADIUS, MOST_RADIUS),
            ("hardness", self.hardness, 0.0, 1.0),
            ("opacity", self.opacity, 0.0, 1.0),
        ):
            if not (math.isfinite(value) and least <= value <= most):
                raise ValueError(f"a brush's {name} must lie in [{least:g}, {most:g}], got {value}")

    def resized(self, factor: float) -> Brush:
        """Return one larger or smaller by a factor, within bounds."""
        return replace(self, radius=min(max(self.radius * factor, LEAST_RADIUS), MOST_RADIUS))

    def hardened(self, by: float) -> Brush:
        """Return one harder (or softer, below 0) by so much, within bounds."""
        return replace(self, hardness=round(min(max(self.hardness + by, 0.0), 1.0), 2))


@dataclass(frozen=True)
class Stroke:
    """One stroke of a brush; where it crosses itself it counts once.

    Attributes
    ----------
    points
        (x, y) in shares of the picture's width and height; a single one is a dab.
    brush
        What it was painted with.

    Raises
    ------
    ValueError
        If there is no point, or one is nowhere near the picture.
    """

    points: tuple[Place, ...]
    brush: Brush = field(default_factory=Brush)

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("a stroke has at least one point")
        low, high = 0.5 - _FARTHEST, 0.5 + _FARTHEST
        if not all(low <= side <= high for point in self.points for side in point):
            raise ValueError("a stroke has a point that is nowhere near the picture")


@dataclass(frozen=True)
class BrushMask:
    """Where the deblurred result is used.

    Attributes
    ----------
    revealed
        Whether it is where nothing was painted.
    strokes
        In the order in which they were painted.
    """

    revealed: bool = True
    strokes: tuple[Stroke, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the result is used everywhere."""
        return self.revealed and all(stroke.brush.reveal for stroke in self.strokes)

    def painted(self, stroke: Stroke) -> BrushMask:
        """Return it with a stroke more."""
        return replace(self, strokes=(*self.strokes, stroke))

    def inverted(self) -> BrushMask:
        """Return it with hidden and revealed exchanged, exactly."""
        turned = (
            replace(stroke, brush=replace(stroke.brush, reveal=not stroke.brush.reveal))
            for stroke in self.strokes
        )
        return BrushMask(not self.revealed, tuple(turned))


@dataclass(frozen=True)
class Blend:
    """How a result and its photo are put together.

    Attributes
    ----------
    amount
        Share of the result, [0, 1]: 1 is as deblurred, 0 is the photo.
    mask
        Where it counts.

    Raises
    ------
    ValueError
        If the amount lies elsewhere.
    """

    amount: float = 1.0
    mask: BrushMask = field(default_factory=BrushMask)

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= 1:
            raise ValueError(f"amount must lie in [0, 1], got {self.amount}")

    @property
    def is_whole(self) -> bool:
        """Whether the result is used as it is."""
        return self.amount == 1 and self.mask.is_whole

    @property
    def acting(self) -> Blend:
        """The same, or an untouched one if it changes nothing: equal values give equal results."""
        return Blend() if self.is_whole else self
