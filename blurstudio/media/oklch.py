"""Colours of even steps to the eye: from lightness, chroma and hue to the screen's bytes.

Which ramps are made of them is decided where they are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.levels import quantise

if TYPE_CHECKING:
    import numpy.typing as npt

_OKLAB_TO_CONES = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
_CONES_TO_LINEAR = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def oklch_to_srgb(
    lightness: npt.NDArray[Any], chroma: npt.NDArray[Any], hue: npt.NDArray[Any]
) -> npt.NDArray[np.uint8]:
    """Colours in OKLCh as the screen wants them; what it can't show is clipped.

    Parameters
    ----------
    lightness, chroma, hue
        ``(N,)``: [0, 1]; up to about 0.3; degrees.

    Returns
    -------
    ndarray
        ``(N, 3)`` uint8 sRGB.

    Notes
    -----
    Source: Ottosson 2020, "A perceptual color space for image processing" (OKLab).
    """
    angle = np.deg2rad(hue)
    lab = np.stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)], axis=-1)
    cones = (lab @ _OKLAB_TO_CONES.T) ** 3
    linear = np.clip(cones @ _CONES_TO_LINEAR.T, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return quantise(encoded, np.uint8)
