"""Paths that a survey tries: bends, lengths and directions near the given path.

Also gives the permutation of hypotheses under mirroring and under time reversal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Hypothesis:
    """A path near a straight one of length l.

    Parameters
    ----------
    along, across
        Bend b of u = a t + b t^2 along a and a quarter turn from it, as shares of l. Where it
        is more than twice a, the path turns back.
    stretch
        Natural logarithm of how much longer than l it is.
    turn
        Angle from the given path, radians, from x towards y.
    """

    along: float = 0.0
    across: float = 0.0
    stretch: float = 0.0
    turn: float = 0.0


# Bends as shares of the given path. The largest turn back (decision 34).
_ALONG = (0.45, 0.9, 1.8, 3.6)
_ACROSS = (0.45, 0.9, 1.8)
_ASLANT = (0.7, 1.6)
_WAYS = (-1, 1)


def _hypotheses() -> Iterator[Hypothesis]:
    yield Hypothesis()
    yield from (Hypothesis(along=way * bend) for bend in _ALONG for way in _WAYS)
    yield from (Hypothesis(across=way * bend) for bend in _ACROSS for way in _WAYS)
    for bend, one, other in product(_ASLANT, _WAYS, _WAYS):
        yield Hypothesis(one * bend, other * bend)
    yield from (Hypothesis(stretch=math.log(factor)) for factor in (0.75, 1.3))
    yield from (Hypothesis(turn=angle) for angle in (-0.25, 0.25))


HYPOTHESES = tuple(_hypotheses())
"""What is tried: the given path, bends, lengths and directions near it."""

MIRRORED = tuple(
    HYPOTHESES.index(Hypothesis(h.along, -h.across, h.stretch, -h.turn)) for h in HYPOTHESES
)
"""Index of each hypothesis' mirror image."""

REVERSED = tuple(
    HYPOTHESES.index(Hypothesis(-h.along, -h.across, h.stretch, h.turn)) for h in HYPOTHESES
)
"""Index of the hypothesis that each becomes when the given paths are read backwards: it bends as
far to the other side."""
