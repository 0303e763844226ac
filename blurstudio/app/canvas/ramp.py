"""The colours of time: from the opening of the shutter to its closing.

Used by the paths on the canvas, their legend and the scrub bar; nothing is painted here.
"""

from __future__ import annotations

import itertools

from PySide6.QtGui import QColor, QLinearGradient

# The ramp of `media.drawing.time_colours`, which exported overlays are drawn with, at some
# moments: that module would load OpenCV before the window is up. A test holds them together.
STOPS: tuple[tuple[float, tuple[int, int, int]], ...] = (
    (0.0, (24, 61, 178)),
    (0.0625, (65, 61, 185)),
    (0.125, (93, 62, 189)),
    (0.1875, (119, 64, 188)),
    (0.25, (142, 66, 183)),
    (0.3125, (165, 68, 176)),
    (0.375, (185, 71, 166)),
    (0.4375, (204, 76, 153)),
    (0.5, (221, 83, 139)),
    (0.5625, (236, 92, 123)),
    (0.625, (247, 103, 105)),
    (0.6875, (255, 117, 87)),
    (0.75, (255, 132, 67)),
    (0.8125, (255, 149, 44)),
    (0.875, (255, 167, 20)),
    (0.9375, (255, 186, 8)),
    (1.0, (249, 204, 33)),
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
