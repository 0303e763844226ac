"""Paths that a survey tries: all shapes that spread as given, and straight ones near them.

Left has no other laws than right, and a path read backwards leaves the same blur; so it is also
told which hypothesis becomes which.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from blurstudio.exposure.spread import FULL_TURN

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Hypothesis:
    """A path that spreads as far as a straight one of length l, near that one.

    All paths u = a t + b t^2 with the same second moments lie on a circle: at 0 they go straight
    along the main axis and bend across it, at a quarter turn they go out and back.

    Parameters
    ----------
    phase : float
        Place on that circle, radians.
    roundness : float
        Minor axis of the spread over the main one.
    side : int
        1 or -1: which way it bends.
    stretch : float
        Natural logarithm of how much longer than l it is.
    turn : float
        Angle from the given main axis, radians, from x towards y.
    """

    phase: float = 0.0
    roundness: float = 0.0
    side: int = 1
    stretch: float = 0.0
    turn: float = 0.0

    @property
    def shape(self) -> tuple[float, float, float, float]:
        """Along the main axis and a quarter turn from it a, and likewise b, over l."""
        ahead, back = math.cos(self.phase), FULL_TURN * math.sin(self.phase)
        beside, across = math.sin(self.phase), FULL_TURN * math.cos(self.phase)
        share = self.roundness
        return ahead, share * beside, -self.side * back, self.side * share * across


def _hypotheses() -> Iterator[Hypothesis]:
    yield Hypothesis()
    for angle in _FLAT:
        yield from (Hypothesis(way * math.radians(angle)) for way in (-1, 1))
    for roundness, angles in _ROUND.items():
        for angle in angles:
            # Out and back, or straight: the same path from either side.
            ways = (1,) if angle in (0, 90) else (-1, 1)
            for way, side in product(ways, (-1, 1)):
                yield Hypothesis(way * math.radians(angle), roundness, side)
    yield from (Hypothesis(stretch=math.log(factor)) for factor in (0.7, 1.4))
    yield from (Hypothesis(turn=angle) for angle in (-0.3, 0.3))


_FLAT = (12, 28, 48, 70, 90)
_ROUND = {0.12: (0,), 0.3: (0, 30, 60, 90), 0.65: (0, 45, 90)}
HYPOTHESES = tuple(_hypotheses())
"""What is tried: shapes of paths that spread as given, and straight ones near them."""


def _counterparts(signs: tuple[int, int, int, int], turned: int) -> tuple[int, ...]:
    """Which hypothesis each becomes where parts of shapes and turns change their signs."""

    def place(wanted: Hypothesis) -> int:
        a, b = ([s * x for s, x in zip(signs, wanted.shape, strict=True)][k:][:2] for k in (0, 2))

        def differs(other: Hypothesis) -> float:
            way = min(math.dist(a, other.shape[:2]), math.dist(a, [-x for x in other.shape[:2]]))
            near = abs(other.stretch - wanted.stretch) + abs(other.turn - turned * wanted.turn)
            return way + math.dist(b, other.shape[2:]) + near

        return min(range(len(HYPOTHESES)), key=lambda k: differs(HYPOTHESES[k]))

    return tuple(place(h) for h in HYPOTHESES)


MIRRORED = _counterparts((1, -1, 1, -1), -1)
"""Which hypothesis takes the place of which in a mirrored picture."""

REVERSED = _counterparts((1, 1, -1, -1), 1)
"""The same where main axes are read backwards."""
