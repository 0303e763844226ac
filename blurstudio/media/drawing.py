"""Drawings over photos: paths coloured by time, and where things are on them at a moment.

Signed pictures are `media.signed`, blur kernels `media.kernel_drawing`; the colour wheel of flow
belongs to `exposure.flow`, overlays that follow the mouse to the app.
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

# Start and end of the exposure in OKLCh: from a deep blue over violet and red to a warm yellow.
# Lightness rises steadily, so that the order of time shows without seeing hue.
_LIGHTNESS = (0.52, 0.88)
_CHROMA = (0.19, 0.17)
_HUE = (-95.0, 92.0)
_OUTLINE = (255, 255, 255)
_INK = (40, 40, 40)
_LEAST_OPACITY = 0.25
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
