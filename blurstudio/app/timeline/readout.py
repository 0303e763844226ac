"""A moment of the exposure in words: percent of it, or milliseconds when its length is known.

Text only; no widget.
"""

from __future__ import annotations


def readout(time: float, exposure_time: float | None) -> str:
    """Tell a moment.

    Parameters
    ----------
    time
        In [-1/2, 1/2] of the exposure; 0 is its middle.
    exposure_time
        Seconds the shutter was open, or None when unknown.
    """
    if exposure_time is None:
        return f"{_signed(time * 100, 1)} %"
    milliseconds = exposure_time * 1000
    decimals = 0 if milliseconds >= 1000 else 1 if milliseconds >= 100 else 2
    return f"{_signed(time * milliseconds, decimals)} ms"


def readout_tip(exposure_time: float | None) -> str:
    """Tell what the readout counts."""
    middle = "counted from the middle of the exposure, where the sharp picture lies"
    if exposure_time is None:
        return f"Moment in percent of the exposure, {middle}"
    shutter = f"1/{1 / exposure_time:.0f} s" if exposure_time < 0.3 else f"{exposure_time:.3g} s"
    return f"Moment in an exposure of {shutter}, {middle}"


def _signed(value: float, decimals: int) -> str:
    text = f"{abs(value):.{decimals}f}"
    if not float(text):
        return text
    return ("\N{MINUS SIGN}" if value < 0 else "+") + text
