"""Which moments of the exposure are frames, and where a part of it begins and ends.

Numbers only: frames lie evenly over the whole exposure, and in a part from its first moment on.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from blurstudio.engine.interval import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blurstudio.engine.interval import Interval

SHORTEST_PART = 0.01
"""Length of the shortest part, as a share of the exposure."""
# Moments closer than this, in frames, are one.
_SAME = 1e-4


def played(count: int, part: Interval = WHOLE) -> list[float]:
    """Return the moments that are played, from the first of the part to its last.

    Parameters
    ----------
    count
        Frames of the whole exposure, at least 2. A part has as many of them as it is long, so
        that marking one changes neither the speed nor the distance of frames.
    part
        First and last moment, [-1/2, 1/2].

    Returns
    -------
    list of float
        At least 2 moments, [-1/2, 1/2], ascending; the last may be closer than the others.
    """
    first, last = part
    steps = max(1, math.ceil((last - first) * (count - 1) - _SAME))
    return [*(first + step / (count - 1) for step in range(steps)), last]


def stops(count: int, part: Interval = WHOLE) -> list[float]:
    """Return where the arrow keys stop: the frames of the part, and those before and after it.

    Parameters
    ----------
    count, part
        As for `played`.
    """
    step = 1 / (count - 1)
    inner = played(count, part)
    before = _even(part[0] - step, -step, lambda time: time > -0.5 + _SAME * step)
    after = _even(part[1] + step, step, lambda time: time < 0.5 - _SAME * step)
    ends = ([-0.5] if part[0] > -0.5 else [], [0.5] if part[1] < 0.5 else [])
    return [*ends[0], *reversed(before), *inner, *after, *ends[1]]


def next_stop(time: float, frames: int, among: Sequence[float]) -> float:
    """Return the moment so many frames on (or back, below zero); from between two, one less.

    Parameters
    ----------
    time
        Where to go from, [-1/2, 1/2].
    frames
        How many, not 0.
    among
        As `stops` returns them.
    """
    near = _SAME * min(1.0, (among[-1] - among[0]) / (len(among) - 1))
    if frames > 0:
        place = bisect_right(among, time + near) - 1 + frames
    else:
        place = bisect_left(among, time - near) + frames
    return among[min(max(place, 0), len(among) - 1)]


def place_of(time: float, among: Sequence[float]) -> float:
    """Return the place of a moment among others, in frames; clamped to [0, len - 1]."""
    if time <= among[0]:
        return 0.0
    if time >= among[-1]:
        return float(len(among) - 1)
    after = bisect_right(among, time)
    start, stop = among[after - 1], among[after]
    return after - 1 + (time - start) / (stop - start)


def with_first(part: Interval, first: float) -> Interval:
    """Let a part begin elsewhere; one that would begin after its end lasts to the exposure's."""
    first = min(max(first, -0.5), 0.5 - SHORTEST_PART)
    last = part[1] if part[1] - first >= SHORTEST_PART - 1e-9 else 0.5
    return first, last


def with_last(part: Interval, last: float) -> Interval:
    """Let a part end elsewhere; one that would end before its start begins with the exposure."""
    last = max(min(last, 0.5), -0.5 + SHORTEST_PART)
    first = part[0] if last - part[0] >= SHORTEST_PART - 1e-9 else -0.5
    return first, last


def as_part(first: float, last: float) -> Interval:
    """Return two moments as a part that can be played; the whole exposure if they are none."""
    first, last = max(first, -0.5), min(last, 0.5)
    # Not a number compares false with everything.
    return (first, last) if last - first >= SHORTEST_PART - 1e-9 else WHOLE


def _even(start: float, step: float, inside: Callable[[float], bool]) -> list[float]:
    found: list[float] = []
    while inside(time := start + len(found) * step):
        found.append(time)
    return found
