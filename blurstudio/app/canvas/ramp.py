"""The colours of time: from the opening of the shutter to its closing.

Used by the paths on the canvas, their legend and the scrub bar; nothing is painted here.
"""

from __future__ import annotations

import itertools

from PySide6.QtGui import QColor, QLinearGradient

# The ramp of `media.drawing.time_colours`, which exported overlays are drawn with, at some
# moments: that module would load OpenCV before the window is up. A test holds them together.
STOPS: tuple[tuple[float, tuple[int, int, int]], ...] = (
    (0.0, (49, 93, 212)),
    (0.0625, (88, 92, 218)),
    (0.125, (117, 91, 219)),
    (0.1875, (143, 91, 216)),
    (0.25, (167, 91, 210)),
    (0.3125, (189, 92, 200)),
    (0.375, (209, 94, 188)),
    (0.4375, (227, 97, 173)),
    (0.5, (243, 102, 157)),
    (0.5625, (255, 110, 139)),
    (0.625, (255, 119, 120)),
    (0.6875, (255, 131, 101)),
    (0.75, (255, 145, 81)),
    (0.8125, (255, 160, 60)),
    (0.875, (255, 177, 41)),
    (0.9375, (255, 194, 34)),
    (1.0, (255, 211, 46)),
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
