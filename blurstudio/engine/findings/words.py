"""Directions and places in plain words, for verdicts and reports."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHANGING = sentence("in changing directions")
"""What is said of motion without a common direction."""

_TOGETHER = 0.6
"""How alike directions must be to have one name: 1 all the same, 0 all ways alike."""


_DIRECTIONS = {
    0: sentence("horizontal"),
    45: sentence("from top left to bottom right"),
    90: sentence("vertical"),
    -45: sentence("from bottom left to top right"),
    -90: sentence("vertical"),
}
"""By the angle of the content's motion in degrees, y down."""

_PLACES = (
    (sentence("top left"), sentence("top"), sentence("top right")),
    (sentence("left"), sentence("centre"), sentence("right")),
    (sentence("bottom left"), sentence("bottom"), sentence("bottom right")),
)


def direction_of(moved: NDArray[Any]) -> str:
    """Name the common direction of displacements, whichever way time ran.

    Parameters
    ----------
    moved
        (2, ...) px, x to the right and y down.

    Returns
    -------
    str
        "horizontal", "vertical", a diagonal, or "in changing directions"; with "mostly" where not
        all agree; empty where nothing moved.
    """
    x, y = (np.asarray(axis, np.float64).ravel() for axis in moved)
    length = np.hypot(x, y)
    if not length.sum() > 0:
        return ""
    safe = np.maximum(length, 1e-12)
    # The double angle is the same for a motion and its reversal.
    double = complex(((x * x - y * y) / safe).sum(), (2 * x * y / safe).sum()) / length.sum()
    if abs(double) < _TOGETHER:
        return CHANGING
    degrees = math.degrees(math.atan2(double.imag, double.real)) / 2
    name = _DIRECTIONS[min(_DIRECTIONS, key=lambda angle: abs(angle - degrees))]
    return name if abs(double) > 0.9 else sentence("mostly {direction}", direction=name)


def place_of(x: float, y: float) -> str:
    """Name a place in a picture, both coordinates from 0 to 1, e.g. "top left" or "centre"."""
    return _PLACES[min(int(y * 3), 2)][min(int(x * 3), 2)]
