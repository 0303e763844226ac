"""Sheets of blur kernels, white on black, with a caption where there is room.

Where the kernels come from is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from blurstudio.levels import quantise

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

_LEAST_OPACITY = 0.25
_RULE = 48
_CAPTION_HEIGHT = 32
_CAPTION = (255, 255, 255)


def draw_kernels(kernels: Floats, confidence: Floats | None = None, caption: str = "") -> Bytes:
    """Draw blur kernels side by side, white on black, each as bright as it can be.

    Parameters
    ----------
    kernels
        ``(rows, columns, k, k)``, at least 0.
    confidence
        ``(rows, columns)`` ``[0, 1]``: surer kernels are brighter. None draws all fully.
    caption
        Told in a strip below, where the picture is wide enough for it.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8, in cells of k px with dark grey rules between them.

    Raises
    ------
    ValueError
        If shapes don't fit each other.
    """
    if kernels.ndim != 4 or kernels.shape[2] != kernels.shape[3]:
        raise ValueError(f"kernels must be (rows, columns, k, k), got {kernels.shape}")
    rows, columns, side = kernels.shape[:3]
    if confidence is not None and confidence.shape != (rows, columns):
        raise ValueError(f"confidence must be {(rows, columns)}, got {confidence.shape}")
    shares = np.ones((rows, columns)) if confidence is None else np.clip(confidence, 0, 1)
    opacity = _LEAST_OPACITY + (1 - _LEAST_OPACITY) * shares
    peaks = np.maximum(kernels.max(axis=(2, 3), keepdims=True), np.finfo(np.float32).tiny)
    # A kernel is an amount of light: shown through the screen's curve its faint ends are seen.
    bright = (kernels / peaks) ** (1 / 2.2) * opacity[..., None, None]
    flat = bright.transpose(0, 2, 1, 3).reshape(rows * side, columns * side)
    grey = quantise(flat, np.uint8)
    np.maximum(grey[side::side], _RULE, out=grey[side::side])
    np.maximum(grey[:, side::side], _RULE, out=grey[:, side::side])
    picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    return _captioned(picture, caption)


def _captioned(picture: Bytes, caption: str) -> Bytes:
    how = (cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)
    (width, _), _ = cv2.getTextSize(caption, *how)
    if not caption or width + 24 > picture.shape[1]:
        return picture
    strip = np.zeros((_CAPTION_HEIGHT, picture.shape[1], 3), np.uint8)
    place = (12, _CAPTION_HEIGHT - 12)
    cv2.putText(strip, caption, place, how[0], how[1], _CAPTION, how[2], cv2.LINE_AA)
    return np.concatenate([picture, strip])
