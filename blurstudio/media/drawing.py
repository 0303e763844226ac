"""Drawings over and about photos: paths coloured by time, blur kernels, what a reblur leaves over.

The colour wheel of flow belongs to `exposure.flow`; overlays that follow the mouse to the app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from blurstudio.media.oklch import oklch_to_srgb

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

RESIDUAL_GAIN = 4.0
DIFFERENCE_GAIN = 2.0
_MIDDLE = 128.0
# Start and end of the exposure in OKLCh: from a deep blue over violet and red to a warm yellow.
# Lightness rises steadily, so that the order of time shows without seeing hue.
_LIGHTNESS = (0.52, 0.88)
_CHROMA = (0.19, 0.17)
_HUE = (-95.0, 92.0)
_OUTLINE = (255, 255, 255)
_INK = (40, 40, 40)
_LEAST_OPACITY = 0.25
_RULE = 48
_CAPTION_HEIGHT = 32
# cv2 draws to 1/16 px.
_SHIFT = 4


def time_colours(count: int) -> Bytes:
    """Colours of moments from the start to the end of the exposure.

    Parameters
    ----------
    count
        How many, evenly spaced over time.

    Returns
    -------
    ndarray
        ``(count, 3)`` uint8 sRGB; evenly spaced to the eye, lighter the later.
    """
    share = np.linspace(0, 1, count)
    lightness, chroma, hue = (
        low + (high - low) * share for low, high in (_LIGHTNESS, _CHROMA, _HUE)
    )
    return oklch_to_srgb(lightness, chroma, hue)


def draw_trajectories(
    picture: Bytes, points: Floats, paths: Floats, confidence: Floats | None = None
) -> Bytes:
    """Draw the ways that points of the picture went while the shutter was open.

    Parameters
    ----------
    picture
        ``(H, W, 3)`` uint8 sRGB; left as it is.
    points
        ``(M, 2)`` pixel centres (x, y) the paths belong to, each marked with a dot.
    paths
        ``(M, T, 2)`` positions over time, px; integers are pixel centres. Paths with values
        that are not finite are left out.
    confidence
        ``(M,)`` ``[0, 1]``: surer paths are drawn more opaque. None draws all fully.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8: from deep blue (shutter opens) to yellow (shutter closes), outlined
        in dark grey, with a white dot at mid-exposure.

    Raises
    ------
    ValueError
        If shapes don't fit each other.
    """
    if paths.ndim != 3 or paths.shape[2] != 2 or points.shape != (paths.shape[0], 2):
        raise ValueError(f"points {points.shape} and paths {paths.shape} must be (M,2), (M,T,2)")
    if confidence is not None and confidence.shape != (paths.shape[0],):
        raise ValueError(f"confidence must be {(paths.shape[0],)}, got {confidence.shape}")
    drawing = picture.copy()
    shares = np.ones(len(paths)) if confidence is None else np.clip(confidence, 0, 1)
    # A few groups of like opacity: blending path by path would touch the whole picture each time.
    levels = np.ceil(shares * 4).astype(int)
    width = _line_width(picture.shape)
    for level in np.unique(levels):
        chosen = levels == level
        layer = drawing.copy()
        _draw_paths(layer, points[chosen], paths[chosen], width)
        opacity = _LEAST_OPACITY + (1 - _LEAST_OPACITY) * level / 4
        drawing = cv2.addWeighted(layer, opacity, drawing, 1 - opacity, 0)
    return drawing


def draw_markers(picture: Bytes, paths: Floats, share: float) -> Bytes:
    """Draw where things are on their ways at a moment.

    Parameters
    ----------
    picture
        ``(H, W, 3)`` uint8 sRGB; left as it is.
    paths
        ``(M, T, 2)`` positions over time, px; integers are pixel centres.
    share
        How much of the time has passed, ``[0, 1]``.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8: a dot of the moment's colour, rimmed in white, on every path.
    """
    drawing = picture.copy()
    moments = paths.shape[1] - 1
    before = min(int(share * moments), moments - 1)
    part = np.float32(share * moments - before)
    places = paths[:, before] * (1 - part) + paths[:, before + 1] * part
    places = places[np.isfinite(places).all(axis=1)]
    width = _line_width(picture.shape)
    colour = tuple(int(part) for part in time_colours(101)[round(100 * share)])
    for radius, ink in ((1.9, _INK), (1.6, _OUTLINE), (1.1, colour)):
        size = round(radius * width * (1 << _SHIFT))
        for x, y in _fixed(places):
            cv2.circle(drawing, (int(x), int(y)), size, ink, cv2.FILLED, cv2.LINE_AA, _SHIFT)
    return drawing


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
    return draw_signed(residual, gain, "residual")


def draw_difference(difference: Floats, gain: float = DIFFERENCE_GAIN) -> Bytes:
    """Picture of what deblurring changed: sharp minus blurred; see `draw_signed`."""
    return draw_signed(difference, gain)


def draw_signed(signed: Floats, gain: float, name: str = "") -> Bytes:
    """Picture of signed values around middle grey.

    Parameters
    ----------
    signed
        ``(H, W, 3)`` float32, of encoded pixels; values that are not finite count as 0.
    gain
        Amplification, told in the picture's lower left corner where it has room.
    name
        What they are, told there too; without a name nothing is written.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8, 128 for 0.
    """
    scaled = np.nan_to_num(signed, nan=0.0, posinf=0.0, neginf=0.0) * np.float32(gain * 127)
    picture = np.clip(np.rint(scaled + np.float32(_MIDDLE)), 0, 255).astype(np.uint8)
    if name:
        _write_gain(picture, gain, name)
    return picture


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
    grey = np.rint(255 * flat).astype(np.uint8)
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
    cv2.putText(strip, caption, place, how[0], how[1], _OUTLINE, how[2], cv2.LINE_AA)
    return np.concatenate([picture, strip])


def _line_width(shape: tuple[int, ...]) -> int:
    return max(2, round(min(shape[:2]) / 400))


def _draw_paths(layer: Bytes, points: Floats, paths: Floats, width: int) -> None:
    sound = np.isfinite(paths).all(axis=(1, 2)) & np.isfinite(points).all(axis=1)
    points, paths = points[sound], paths[sound]
    if not len(paths):
        return
    fixed = _fixed(paths)
    lines = list(fixed.reshape(len(fixed), -1, 1, 2))
    cv2.polylines(layer, lines, False, _INK, width + 2, cv2.LINE_AA, _SHIFT)
    colours = [tuple(int(part) for part in colour) for colour in time_colours(fixed.shape[1] - 1)]
    for index, colour in enumerate(colours):
        pieces = list(fixed[:, index : index + 2].reshape(len(fixed), 2, 1, 2))
        cv2.polylines(layer, pieces, False, colour, width, cv2.LINE_AA, _SHIFT)
    for x, y in _fixed(points):
        size = round(0.6 * width * (1 << _SHIFT))
        cv2.circle(layer, (int(x), int(y)), size, _OUTLINE, cv2.FILLED, cv2.LINE_AA, _SHIFT)


def _fixed(positions: Floats) -> npt.NDArray[np.int32]:
    # Far outside is as good as outside, and fits cv2's whole numbers.
    return np.rint(np.clip(positions, -1e6, 1e6) * (1 << _SHIFT)).astype(np.int32)


def _write_gain(picture: Bytes, gain: float, name: str) -> None:
    height, width = picture.shape[:2]
    if height < 120 or width < 240:
        return
    scale = max(0.5, height / 1200)
    left, bottom = round(16 * scale), height - round(16 * scale)
    text = f"{name}, {gain:g} times amplified"
    # A white rim by moving the text about: cv2's fonts change their width with the thickness.
    rim = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    for (dx, dy), colour in [*((step, _OUTLINE) for step in rim), ((0, 0), _INK)]:
        place = (left + dx, bottom + dy)
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, colour, 1, cv2.LINE_AA)
