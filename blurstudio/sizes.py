"""Sizes of pictures, (H, W) px, brought down to a bound with their shape kept.

Only numbers are worked out here, and no torch is imported, so that every room may ask.
"""

from __future__ import annotations

import math

MOTION_PIXELS = 1_500_000
"""Pixels of the reduced photo that motion is read from: paths vary slowly, and what a network can
tell about blur lies within the path lengths it was trained on. What follows from paths is drawn and
judged at that size too: a larger one would show nothing more."""


def scaled_size(size: tuple[int, ...], scale: float) -> tuple[int, int]:
    """Multiply the sides of (H, W) by a factor, to whole px; a pixel at least is left."""
    height, width = size
    return max(1, round(height * scale)), max(1, round(width * scale))


def bounded_size(size: tuple[int, ...], pixels: int) -> tuple[int, int]:
    """Reduce (H, W) so that it has about as many pixels at most; a smaller one stays."""
    height, width = size
    return scaled_size(size, min(1.0, math.sqrt(pixels / (height * width))))


def reduced_size(size: tuple[int, ...], max_side: int | None) -> tuple[int, int]:
    """Reduce (H, W) so that its longer side has `max_side` px at most; a smaller one stays."""
    return scaled_size(size, 1.0 if max_side is None else min(1.0, max_side / max(size)))
