"""Regions as masks: which pixels each of them governs, with a hard or a feathered edge.

Masks are arrays over the whole photo, of any resolution. What is done under them is `editing`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from blurstudio.session.regions import Edit
from blurstudio.sizes import bounded_size, scaled_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from blurstudio.session.regions import Region, Regions
    from blurstudio.session.shapes import Shape

    Size = tuple[int, int]
    Floats = npt.NDArray[np.float32]
    Bools = npt.NDArray[np.bool_]

PIXELS = 8_000_000
"""Masks of a whole photo have at most so many pixels; paths' own grids are coarser by far."""

_FINE = 4
"""Subpixels each way that a shape's edge is counted in."""
_FINE_PIXELS = 64_000_000
_SIGMA_PER_FEATHER = 0.39
"""A Gaussian of this sigma rises from 10 % to 90 % over one px of feather."""
_WIDEST_SIGMA = 8.0
"""Above it the mask is blurred on a coarser grid, where it is as smooth."""


def mask_size(photo_size: Size) -> Size:
    """Size (h, w) of masks for a photo of (H, W): its own, or reduced to a bound."""
    return bounded_size(photo_size, PIXELS)


def coverage(shape: Shape, photo_size: Size, size: Size) -> Floats:
    """Share of every pixel that lies within a shape.

    Parameters
    ----------
    shape
        In corner coordinates of the photo.
    photo_size
        (H, W) of the photo.
    size
        (h, w) of the mask.

    Returns
    -------
    ndarray
        ``(h, w)`` float32, [0, 1].
    """
    mask = np.zeros(size, np.float32)
    scale = np.array([size[1] / photo_size[1], size[0] / photo_size[0]])
    corners = np.array(shape.outline()) * scale
    # Only the part of the picture around the shape is drawn finely.
    left, top = np.clip(np.floor(corners.min(axis=0)), 0, size[::-1]).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(axis=0)), 0, size[::-1]).astype(int)
    if left >= right or top >= bottom:
        return mask
    fine = _FINE if (right - left) * (bottom - top) * _FINE**2 <= _FINE_PIXELS else 1
    drawn = np.zeros(((bottom - top) * fine, (right - left) * fine), np.uint8)
    # cv2 puts integers on pixel centres, and draws the line around as well: half a subpixel.
    places = (corners - (left, top)) * fine - 0.5
    bound = 2.0**20
    fixed = np.round(np.clip(places, -bound, bound) * 256).astype(np.int32)
    cv2.fillPoly(drawn, [fixed], 255, lineType=cv2.LINE_8, shift=8)
    inside = cv2.resize(drawn, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    mask[top:bottom, left:right] = inside.reshape(bottom - top, right - left) / np.float32(255)
    return mask


def hard_mask(shape: Shape, photo_size: Size, size: Size) -> Bools:
    """Pixels that lie within a shape by more than half, ``(h, w)`` bool."""
    return coverage(shape, photo_size, size) > 0.5


def soft_mask(region: Region, photo_size: Size, size: Size) -> Floats:
    """How far a region's edit counts in every pixel, ``(h, w)`` float32 in [0, 1]."""
    mask = coverage(region.shape, photo_size, size)
    sigma = region.feather * _SIGMA_PER_FEATHER * size[1] / photo_size[1]
    return mask if sigma <= 0 else _blurred(mask, sigma)


def governed(regions: Regions, photo_size: Size, size: Size) -> Iterator[tuple[Region, Floats]]:
    """Give each visible region the share of every pixel that it governs, the topmost first.

    Parameters and what is yielded are those of `acting`.
    """
    left_over = np.ones(size, np.float32)
    for region in reversed(regions):
        if not region.visible:
            continue
        own = _own(region, photo_size, size)
        share = own * left_over
        if region.edit is Edit.REVERSE:
            share = (share > 0.5).astype(np.float32)
        left_over *= 1 - own
        yield region, share


def acting(regions: Regions, photo_size: Size, size: Size) -> Iterator[tuple[Region, Floats]]:
    """Give each region that has an edit the share of every pixel that it governs.

    Parameters
    ----------
    regions
        From the bottom to the top.
    photo_size
        (H, W) of the photo whose corner coordinates the shapes are in.
    size
        (h, w) of the masks.

    Yields
    ------
    tuple
        Region, and ``(h, w)`` float32: 0 and 1 only for a reversal, whose edge is hard. Regions
        that govern nothing are left out.
    """
    for region, share in governed(regions, photo_size, size):
        if region.edit is not Edit.NONE and share.any():
            yield region, share


def _own(region: Region, photo_size: Size, size: Size) -> Floats:
    if region.edit is Edit.REVERSE:
        return hard_mask(region.shape, photo_size, size).astype(np.float32)
    return soft_mask(region, photo_size, size)


def _blurred(mask: Floats, sigma: float) -> Floats:
    height, width = mask.shape
    factor = min(1.0, _WIDEST_SIGMA / sigma)
    small = mask
    if factor < 1:
        size = scaled_size(mask.shape, factor)
        small = cv2.resize(mask, size[::-1], interpolation=cv2.INTER_AREA).reshape(size)
    soft = cv2.GaussianBlur(small, (0, 0), sigma * factor, borderType=cv2.BORDER_REPLICATE)
    if factor < 1:
        soft = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.clip(soft.reshape(height, width), 0, 1, dtype=np.float32)
