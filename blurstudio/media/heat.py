"""Maps of one number per pixel drawn as heat: from nearly black over violet and red to pale yellow.

What the numbers are, and how a legend words them, is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blurstudio.media.oklch import oklch_to_srgb

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

# Lightness rises evenly, so that more reads as more without seeing hue; the chroma is what the
# screen can show at each lightness along this way round the hues.
_STOPS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LIGHTNESS = (0.14, 0.3425, 0.545, 0.7475, 0.95)
_CHROMA = (0.03, 0.15, 0.19, 0.155, 0.08)
_HUE = (-75.0, -60.0, 15.0, 62.0, 105.0)
_SHADES = 256


def heat_colours(count: int) -> Bytes:
    """Colours of heat ``(count, 3)`` uint8 sRGB, from none to most, lighter the more."""
    share = np.linspace(0, 1, count)
    lightness, chroma, hue = (
        np.interp(share, _STOPS, values) for values in (_LIGHTNESS, _CHROMA, _HUE)
    )
    return oklch_to_srgb(lightness, chroma, hue)


def draw_heat(values: Floats, top: float) -> Bytes:
    """Draw a map as heat.

    Parameters
    ----------
    values
        ``(H, W)``; 0 and less are coldest, `top` and more hottest. What is not finite is cold.
    top
        Above 0.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8 sRGB.

    Raises
    ------
    ValueError
        If `top` is not above 0.
    """
    if not top > 0:
        raise ValueError(f"top must be above 0, got {top}")
    known = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    shares = np.clip(known / np.float32(top), 0, 1)
    return heat_colours(_SHADES)[np.rint(shares * (_SHADES - 1)).astype(np.uint8)]
