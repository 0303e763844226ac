"""Parts of an exposure: from words and shares to moments, with a sentence for what is no part.

Moments run from -1/2 to 1/2 everywhere else; people count from 0, when the shutter opens, to 1.
It imports no torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from blurstudio.sentences import Sentence

from blurstudio.errors import ExportError

Interval = tuple[float, float]

WHOLE: Interval = (-0.5, 0.5)
"""The whole exposure, as moments."""


def interval_from(part: str) -> Interval:
    """Read a part of the exposure such as ``"0.25:0.75"``.

    Parameters
    ----------
    part
        Start and end as shares of the exposure, 0 when the shutter opens and 1 when it closes. A
        missing one is the exposure's own: ``"0.5:"`` is the second half.

    Returns
    -------
    tuple of float
        First and last moment, [-1/2, 1/2].

    Raises
    ------
    ExportError
        If it is no part of the exposure.
    """
    start, colon, end = part.partition(":")
    try:
        shares = (float(start or 0), float(end or 1))
    except ValueError as error:
        raise ExportError(_no_part(part)) from error
    if not colon:
        raise ExportError(_no_part(part))
    interval = (shares[0] - 0.5, shares[1] - 0.5)
    check_interval(interval)
    return interval


def check_interval(interval: Interval) -> None:
    """Refuse what is no part of the exposure.

    Parameters
    ----------
    interval
        First and last moment, [-1/2, 1/2].

    Raises
    ------
    ExportError
        If it lies outside, is empty or runs backwards.
    """
    first, last = interval
    told = sentence("{first:g} to {last:g}", first=first + 0.5, last=last + 0.5)
    # Not a number compares false with everything, so it ends up here too.
    if not (-0.5 <= first <= 0.5 and -0.5 <= last <= 0.5):
        raise ExportError(
            "The part of the exposure from {part} lies outside it; choose a start and an end "
            "between 0, when the shutter opens, and 1, when it closes.",
            part=told,
        )
    if first == last:
        raise ExportError(
            "The part of the exposure from {part} has no length; choose an end after the start.",
            part=told,
        )
    if first > last:
        raise ExportError(
            "The part of the exposure from {part} runs backwards; name the earlier moment first.",
            part=told,
        )


def frame_times(count: int, interval: tuple[float, float] = WHOLE) -> list[float]:
    """Evenly spaced moments of an interval, both ends included; a single one is the middle.

    Raises
    ------
    ValueError
        For a count below 1.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    first, last = interval
    if count == 1:
        return [(first + last) / 2]
    return [first + (last - first) * index / (count - 1) for index in range(count)]


def _no_part(part: str) -> Sentence:
    return sentence(
        '"{part}" names no part of the exposure; write its start and end as shares of it, such as '
        "0.25:0.75 for the middle half.",
        part=part,
    )
