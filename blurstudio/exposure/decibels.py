"""How near one picture is to another, in decibels; how their error is measured is the caller's."""

from __future__ import annotations

import math

SMALLEST_ERROR = 1e-10
"""Pictures that agree to 16 bits, and all that agree better, count as 100 dB: no infinities."""


def decibels(mean_squared_error: float, floor: float = 0.0) -> float:
    """Give the peak signal-to-noise ratio of pictures whose values reach from 0 to 1.

    Parameters
    ----------
    mean_squared_error
        Mean squared difference of the values.
    floor
        Errors below it count as so large.

    Returns
    -------
    float
        dB; infinite for no error where there is no floor.
    """
    error = max(mean_squared_error, floor)
    return math.inf if error == 0 else -10 * math.log10(error)
