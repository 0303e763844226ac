"""Moments and parts of the exposure in words: percent, or milliseconds when its length is known.

Text only; no widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.engine.interval import WHOLE

if TYPE_CHECKING:
    from blurstudio.engine.interval import Interval


def readout(time: float, exposure_time: float | None) -> str:
    """Tell a moment.

    Parameters
    ----------
    time
        In [-1/2, 1/2] of the exposure; 0 is its middle.
    exposure_time
        Seconds the shutter was open, or None when unknown.
    """
    length, unit, decimals = _scale(exposure_time)
    return f"{_signed(time * length, decimals)} {unit}"


def readout_tip(exposure_time: float | None) -> str:
    """Tell what the readout counts."""
    middle = QCoreApplication.translate(
        "timeline", "counted from the middle of the exposure, where the sharp picture lies"
    )
    if exposure_time is None:
        return QCoreApplication.translate(
            "timeline", "Moment in percent of the exposure, {middle}"
        ).format(middle=middle)
    shutter = f"1/{1 / exposure_time:.0f} s" if exposure_time < 0.3 else f"{exposure_time:.3g} s"
    return QCoreApplication.translate(
        "timeline", "Moment in an exposure of {shutter}, {middle}"
    ).format(shutter=shutter, middle=middle)


def part_in_words(part: Interval, exposure_time: float | None) -> str:
    """Tell a part of the exposure between brackets; the whole of it in words."""
    length, unit, decimals = _scale(exposure_time)
    if part == WHOLE:
        if exposure_time is None:
            return QCoreApplication.translate("timeline", "whole exposure")
        words = QCoreApplication.translate("timeline", "whole: {length}")
        return words.format(length=f"{length:.{decimals}f} {unit}")
    first, last = (_signed(moment * length, decimals) for moment in part)
    return f"[{first} … {last} {unit}]"


def part_tip(part: Interval, exposure_time: float | None, frames: int) -> str:
    """Tell how long a part is, and how many frames of it are played."""
    length, unit, decimals = _scale(exposure_time)
    if part == WHOLE:
        return QCoreApplication.translate(
            "timeline", "I and O mark where a part begins and ends; it is what is played"
        )
    words = QCoreApplication.translate(
        "timeline", "The marked part: {length} of the exposure, {frames} frames; Alt+X unmarks it"
    )
    return words.format(length=f"{(part[1] - part[0]) * length:.{decimals}f} {unit}", frames=frames)


def _scale(exposure_time: float | None) -> tuple[float, str, int]:
    """Return how long the exposure is in a unit, and with how many decimals that is told."""
    if exposure_time is None:
        return 100.0, "%", 1
    milliseconds = exposure_time * 1000
    return milliseconds, "ms", 0 if milliseconds >= 1000 else 1 if milliseconds >= 100 else 2


def _signed(value: float, decimals: int) -> str:
    text = f"{abs(value):.{decimals}f}"
    if not float(text):
        return text
    return ("\N{MINUS SIGN}" if value < 0 else "+") + text
