"""Colour through a photo's own ICC profile: to sRGB, back again, and to a screen.

Transfer curves in linear light live in `exposure.light`; here a profile is all that is known.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np

from blurstudio.levels import quantise
from blurstudio.media.shaper import (
    RELATIVE,
    convert,
    linear_profile,
    srgb_profile,
    through_lcms,
    undated,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

__all__ = [
    "ProfileKind",
    "cmyk_to_srgb",
    "display_image",
    "from_srgb",
    "linear_grey_profile",
    "linear_profile",
    "profile_kind",
    "srgb_profile",
    "to_srgb",
]

_BLACK_POINT = 0x2000
# Half a step of 8 bits: a profile closer to sRGB than this is sRGB for every purpose here.
_SRGB_TOLERANCE = 0.5 / 255


class ProfileKind(StrEnum):
    """What an ICC profile means for three-channel pixels."""

    NONE = "none"
    SRGB = "srgb"
    RGB = "rgb"
    GREY = "grey"
    UNUSABLE = "unusable"


@lru_cache(maxsize=1)
def linear_grey_profile() -> bytes:
    """ICC profile of one channel of linear light."""
    return undated(imagecodecs.cms_profile("gray", whitepoint=[0.3127, 0.3290, 1.0], gamma=1.0))


@lru_cache(maxsize=32)
def profile_kind(icc: bytes | None) -> ProfileKind:
    """Sort a profile into one that does nothing, one that converts, and one that can't.

    Parameters
    ----------
    icc
        The profile's bytes, or None when a photo has none.

    Returns
    -------
    ProfileKind
        ``UNUSABLE`` for damaged profiles and for those of other kinds of pixels (CMYK, Lab).
    """
    if icc is None:
        return ProfileKind.NONE
    space = icc[16:20]
    if space not in (b"RGB ", b"GRAY"):
        return ProfileKind.UNUSABLE
    steps = np.linspace(0, 1, 9, dtype=np.float32)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(27, 27, 3)
    try:
        if space == b"GRAY":
            _from_grey(cube, icc)
            return ProfileKind.GREY
        there = through_lcms(cube, icc, srgb_profile())
        through_lcms(cube, srgb_profile(), icc)
    except imagecodecs.CmsError:
        return ProfileKind.UNUSABLE
    near = float(np.abs(there - cube).max()) < _SRGB_TOLERANCE
    return ProfileKind.SRGB if near else ProfileKind.RGB


def to_srgb(pixels: Floats, icc: bytes | None) -> Floats:
    """Convert a photo's pixels to sRGB.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` float32 in the photo's own encoding, ``[0, 1]``.
    icc
        The photo's profile. None, an sRGB profile, and one that can't be used leave the pixels
        as they are (the same array).

    Returns
    -------
    ndarray
        ``(H, W, 3)`` float32, sRGB-encoded, ``[0, 1]``; colours outside sRGB are clipped
        (`from_srgb` brings them back when it is shown the photo).
    """
    kind = profile_kind(icc)
    if kind is ProfileKind.RGB:
        assert icc is not None
        return convert(pixels, icc, srgb_profile())
    if kind is ProfileKind.GREY:
        assert icc is not None
        return _clipped(_from_grey(pixels, icc))
    return pixels


def from_srgb(pixels: Floats, icc: bytes | None, photo_pixels: Floats | None = None) -> Floats:
    """Convert sRGB pixels to a photo's own encoding: the way back from `to_srgb`.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` float32, sRGB-encoded, ``[0, 1]``.
    icc
        The photo's profile, as for `to_srgb`.
    photo_pixels
        ``(H, W, 3)`` the photo's own pixels, if what the way to sRGB took from them is to be
        given back: saturated colours that sRGB can't hold, and rounding. Pixels that nothing was
        done to then come back as they were. A picture of another size is ignored.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` float32 in the photo's encoding, ``[0, 1]``. Within sRGB's gamut the round
        trip errs by less than 1/1000.
    """
    kind = profile_kind(icc)
    if kind is ProfileKind.GREY:
        assert icc is not None
        grey = through_lcms(pixels, srgb_profile(), icc, target="gray")
        return _clipped(np.repeat(grey.reshape(*pixels.shape[:2], 1), 3, axis=2))
    if kind is not ProfileKind.RGB:
        return pixels
    assert icc is not None
    back = convert(pixels, srgb_profile(), icc)
    if photo_pixels is not None and photo_pixels.shape == pixels.shape:
        back += photo_pixels - from_srgb(to_srgb(photo_pixels, icc), icc)
        back = _clipped(back)
    return back


def display_image(pixels: Floats, icc: bytes | None) -> Bytes:
    """Picture for an sRGB screen.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` float32 in the photo's own encoding, ``[0, 1]``; other values are clipped.
    icc
        The photo's profile, as for `to_srgb`.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8, sRGB.
    """
    if profile_kind(icc) is not ProfileKind.RGB:
        return quantise(to_srgb(pixels, icc), np.uint8)
    assert icc is not None
    if _is_fine_in_8_bits(icc):
        # lcms is exact from 8 bit to 8 bit, and faster than any other way.
        return through_lcms(quantise(pixels, np.uint8), icc, srgb_profile())
    return quantise(to_srgb(pixels, icc), np.uint8)


def cmyk_to_srgb(pixels: npt.NDArray[np.uint8 | np.uint16], icc: bytes | None) -> Floats:
    """Convert ink to light.

    Parameters
    ----------
    pixels
        ``(H, W, 4)`` uint8 or uint16; 0 is no ink.
    icc
        The inks' profile. Without a usable one, plain multiplication of what the inks let pass.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` float32, sRGB-encoded, ``[0, 1]``.
    """
    if icc is not None and icc[16:20] == b"CMYK":
        try:
            return _clipped(_ink_through_profile(pixels, icc))
        except imagecodecs.CmsError:
            pass
    passed = 1 - pixels.astype(np.float32) / np.iinfo(pixels.dtype).max
    return np.ascontiguousarray(passed[..., :3] * passed[..., 3:])


def _clipped(pixels: Floats) -> Floats:
    return np.clip(pixels, 0, 1, out=pixels)


def _from_grey(pixels: Floats, icc: bytes) -> Floats:
    """Three equal channels under a grey profile; the first one speaks for all."""
    one = np.ascontiguousarray(pixels[..., :1])
    out = imagecodecs.cms_transform(
        one, icc, srgb_profile(), colorspace="gray", outcolorspace="rgb", intent=RELATIVE
    )
    return out.reshape(*pixels.shape[:2], 3)


def _ink_through_profile(pixels: npt.NDArray[np.uint8 | np.uint16], icc: bytes) -> Floats:
    out = imagecodecs.cms_transform(
        np.ascontiguousarray(pixels),
        icc,
        srgb_profile(),
        colorspace="cmyk",
        outcolorspace="rgb",
        outdtype=np.float32,
        intent=RELATIVE,
        flags=_BLACK_POINT,
    )
    return out


@lru_cache(maxsize=32)
def _is_fine_in_8_bits(icc: bytes) -> bool:
    """Whether one step of 8 bits in the shadows is a small step on an sRGB screen."""
    dark = np.full((1, 1, 3), 1 / 255, dtype=np.float32)
    return float(through_lcms(dark, icc, srgb_profile()).max()) < 3 / 255
