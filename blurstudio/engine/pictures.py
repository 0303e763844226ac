"""Between a photo's pixels and what networks see: colour, highlights, size, the order of axes.

All of it works in bands of rows, since a 24-megapixel picture in floats is 288 MB. No network
runs here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import cv2
import numpy as np
import torch

from blurstudio.media.colour import from_srgb, to_srgb
from blurstudio.sizes import reduced_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.media.photo import Photo

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

Number = TypeVar("Number", bound=np.generic)

_BAND_PIXELS = 1 << 20
_HIGHLIGHT_SHARE = 0.01
"""Share of pixels that may be brighter than white; more means that the file's numbers have
another range, as in float pictures that count to 255 or 65535."""


def bands(size: tuple[int, int]) -> Iterator[slice]:
    """Rows of a picture of (H, W) px, about a megapixel at a time."""
    rows = max(1, _BAND_PIXELS // size[1])
    for top in range(0, size[0], rows):
        yield slice(top, min(top + rows, size[0]))


def white_level(photo: Photo) -> float:
    """Value of `photo.pixels` that networks see as white; what is above it is kept aside.

    Only floating-point photos reach beyond white: their numbers were divided by the brightest,
    and highlights must not make everything else look dark.
    """
    if photo.scale <= 1:
        return 1.0
    step = max(1, int(photo.pixels.size / 3 / _BAND_PIXELS))
    brightest = photo.pixels.reshape(-1, 3)[::step].max(axis=1)
    usual = float(np.quantile(brightest, 1 - _HIGHLIGHT_SHARE))
    return min(max(1 / photo.scale, usual), 1.0)


def to_network(photo: Photo, pixels: Floats, white: float = 1.0) -> Tensor:
    """Show pixels in a photo's encoding the way networks see them.

    Parameters
    ----------
    photo
        Whose encoding it is.
    pixels
        ``(H, W, 3)`` float32, `photo.pixels` or a result made from them.
    white
        From `white_level`; brighter values are clipped.

    Returns
    -------
    Tensor
        `(3, H, W)` float32, sRGB-encoded, `[0, 1]`; a copy.
    """
    height, width = pixels.shape[:2]
    seen = torch.empty(3, height, width)
    for rows in bands((height, width)):
        part = pixels[rows]
        if white < 1:
            part = np.minimum(part / np.float32(white), np.float32(1))
        encoded = np.ascontiguousarray(to_srgb(part, photo.icc_profile))
        seen[:, rows] = torch.from_numpy(encoded).permute(2, 0, 1)
    return seen.clamp_(0, 1)


def from_network(photo: Photo, srgb: Tensor, white: float = 1.0) -> Floats:
    """Bring a network's answer into the photo's encoding and put the photo's highlights back.

    Parameters
    ----------
    photo
        The photo that the answer is about, of the same size.
    srgb
        `(3, H, W)` float32 on the CPU, sRGB-encoded, `[0, 1]`.
    white
        From `white_level`.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` float32 in the photo's encoding, ``[0, 1]``; grey if the photo is.
    """
    if photo.grey:
        # Networks answer in colour, a trace of it even where they saw none.
        srgb = srgb.mean(0, keepdim=True).expand(3, -1, -1)
    pixels = np.empty((*photo.size, 3), np.float32)
    for rows in bands(photo.size):
        own = photo.pixels[rows]
        answer = np.ascontiguousarray(srgb[:, rows].permute(1, 2, 0).numpy())
        if white < 1:
            below = from_srgb(answer, photo.icc_profile)
            pixels[rows] = below * np.float32(white) + np.maximum(own - np.float32(white), 0)
        else:
            pixels[rows] = from_srgb(answer, photo.icc_profile, own)
    return pixels


def reduced_photo(photo: Photo, max_side: int) -> Photo:
    """Reduce a photo so that its longer side has at most `max_side` px; a smaller one stays."""
    size = reduced_size(photo.size, max_side)
    if size == photo.size:
        return photo
    alpha = photo.alpha
    return replace(
        photo,
        pixels=resize_picture(photo.pixels, size),
        alpha=None if alpha is None else resize_picture(alpha, size),
    )


def resize_picture(picture: npt.NDArray[Number], size: tuple[int, int]) -> npt.NDArray[Number]:
    """Resize ``(H, W)`` or ``(H, W, C)`` to (H, W): areas averaged when smaller, else linear."""
    height, width = size
    if picture.shape[:2] == size:
        return picture
    smaller = height <= picture.shape[0] and width <= picture.shape[1]
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return cv2.resize(picture, (width, height), interpolation=method)


def resized_levels(picture: Bytes, size: tuple[int, int]) -> Bytes:
    """Resize a picture of whole grey levels, likewise."""
    if picture.shape[:2] == size:
        return picture
    resized = resize_picture(picture.astype(np.float32), size)
    return np.rint(resized).clip(0, 255).astype(np.uint8)
