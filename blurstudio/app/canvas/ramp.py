"""The colours of time: from the opening of the shutter to its closing.

Used by the paths on the canvas, their legend and the scrub bar; nothing is painted here.
"""

from __future__ import annotations

import itertools

from PySide6.QtGui import QColor, QLinearGradient

# Cool to warm through light: told apart by colour-blind eyes, and in the middle neither.
STOPS: tuple[tuple[float, tuple[int, int, int]], ...] = (
    (0.0, (46, 134, 255)),
    (0.5, (244, 240, 232)),
    (1.0, (255, 128, 24)),
)


def time_colour(time: float) -> QColor:
    """Colour of a moment; ``time`` in [-1/2, 1/2] of the exposure, clamped."""
    place = min(max(time + 0.5, 0.0), 1.0)
    for (start, first), (stop, last) in itertools.pairwise(STOPS):
        if place <= stop:
            mix = (place - start) / (stop - start)
            return QColor(*(round(a + (b - a) * mix) for a, b in zip(first, last, strict=True)))
    return QColor(*STOPS[-1][1])


def time_gradient(left: float, right: float) -> QLinearGradient:
    """Horizontal gradient of the exposure between two x positions."""
    gradient = QLinearGradient(left, 0.0, right, 0.0)
    for place, colour in STOPS:
        gradient.setColorAt(place, QColor(*colour))
    return gradient
