"""Fair times: the contestants take turns in one run, and the median of each is what counts.

What is timed is the benchmarks' business.
"""

from __future__ import annotations

import statistics
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def interleaved(
    contestants: Mapping[str, Callable[[], object]],
    repeats: int,
    *,
    warm_ups: int = 1,
    clock: Callable[[], float] = perf_counter,
    progress: Callable[[float, str], None] | None = None,
) -> dict[str, float]:
    """Time some functions in turns.

    Parameters
    ----------
    contestants : mapping
        Functions by name.
    repeats : int
        Rounds that count.
    warm_ups : int
        Rounds before them that do not.
    clock : callable
        Seconds.
    progress : callable, optional
        Called with fraction and text before each call.

    Returns
    -------
    dict
        Median time of each by name, s.
    """
    times: dict[str, list[float]] = {name: [] for name in contestants}
    total = (warm_ups + repeats) * len(contestants)
    done = 0
    for turn in range(warm_ups + repeats):
        for name, function in contestants.items():
            if progress is not None:
                progress(done / total, name)
            begun = clock()
            function()
            taken = clock() - begun
            done += 1
            if turn >= warm_ups:
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}
