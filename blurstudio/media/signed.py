"""Pictures of signed values around middle grey: what a reblur leaves over, what deblurring changed.

Where the values come from is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

RESIDUAL_GAIN = 4.0
DIFFERENCE_GAIN = 2.0
_MIDDLE = 128.0


def draw_residual(residual: Floats, gain: float = RESIDUAL_GAIN) -> Bytes:
    """Picture of what the explanation leaves over: blurred minus reblurred.

    Parameters
    ----------
    residual, gain
        See `draw_signed`.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8: middle grey where the photo is explained, lighter where it is
        brighter than its explanation, darker where it is darker.
    """
    return draw_signed(residual, gain)


def draw_difference(difference: Floats, gain: float = DIFFERENCE_GAIN) -> Bytes:
    """Picture of what deblurring changed: sharp minus blurred; see `draw_signed`."""
    return draw_signed(difference, gain)


def draw_signed(signed: Floats, gain: float) -> Bytes:
    """Picture of signed values around middle grey.

    Parameters
    ----------
    signed
        ``(H, W, 3)`` float32, of encoded pixels; values that are not finite count as 0.
    gain
        Amplification.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8, 128 for 0.
    """
    scaled = np.nan_to_num(signed, nan=0.0, posinf=0.0, neginf=0.0) * np.float32(gain * 127)
    return np.clip(np.rint(scaled + np.float32(_MIDDLE)), 0, 255).astype(np.uint8)
