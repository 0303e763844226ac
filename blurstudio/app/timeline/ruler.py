"""The scale under the scrub bar: which moments get a number, and what it says.

In milliseconds where the photo knows how long its exposure was, else in percent of it; text and
numbers only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Mark:
    """A mark of the scale.

    Attributes
    ----------
    time
        Moment, [-1/2, 1/2].
    text
        What stands under it; empty for a mark without a number.
    """

    time: float
    text: str


def marks(exposure_time: float | None, most: float) -> list[Mark]:
    """Choose round numbers for a scale, counted from the middle of the exposure.

    Parameters
    ----------
    exposure_time
        Seconds the shutter was open, or None when unknown.
    most
        How many numbers there is room for, at least 1.

    Returns
    -------
    list of Mark
        From the first moment to the last; between two with a number there are some without.
    """
    length, unit = (100.0, "%") if exposure_time is None else (exposure_time * 1000, "ms")
    if unit == "ms" and length >= 10_000:
        length, unit = length / 1000, "s"
    step, parts = _round_step(length / max(most, 1.0))
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    fine = step / parts
    reach = math.floor(length / 2 / fine + 1e-9)
    found = []
    for index in range(-reach, reach + 1):
        number = index * fine
        text = "" if index % parts else _text(number, decimals, unit)
        found.append(Mark(min(max(number / length, -0.5), 0.5), text))
    return found


def _round_step(least: float) -> tuple[float, int]:
    """Return the smallest of 1, 2, 5 times a power of ten that is enough, and its parts."""
    power = 10.0 ** math.floor(math.log10(least))
    for factor, parts in ((1, 5), (2, 4), (5, 5)):
        if factor * power >= least * (1 - 1e-9):
            return factor * power, parts
    return 10 * power, 5


def _text(number: float, decimals: int, unit: str) -> str:
    if not number:
        return f"0 {unit}"
    return ("+" if number > 0 else _MINUS) + f"{abs(number):.{decimals}f}"
