"""Profiles that are three curves and a matrix, applied through tables: three times lcms's speed.

The tables are measured with lcms and checked against it; profiles that are more than that stay
with lcms. What a profile means for a photo is `colour`'s business.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

RELATIVE = 1
# Four times as fine as 16 bit: with that, tables err no more than lcms does in single floats.
_STEPS = 1 << 18
_BAND_PIXELS = 1 << 17
# A quarter of the round trip that is promised.
_TOLERANCE = 2.5e-4


@dataclass(frozen=True, eq=False)
class Shaper:
    """A profile as tables.

    Attributes
    ----------
    decode
        ``(3, 2^18)`` linear light of each channel by encoded value.
    encode
        ``(3, 2^18)`` encoded value of each channel by the square root of linear light: shadows
        need the finer steps.
    matrix
        ``(3, 3)`` from the profile's linear light to linear sRGB.
    """

    decode: Floats
    encode: Floats
    matrix: npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """ICC profile of sRGB."""
    return undated(imagecodecs.cms_profile("srgb"))


@lru_cache(maxsize=1)
def linear_profile() -> bytes:
    """ICC profile of sRGB's primaries in linear light, for EXR and radiance pictures."""
    return undated(
        imagecodecs.cms_profile(
            "rgb",
            whitepoint=[0.3127, 0.3290, 1.0],
            primaries=[0.64, 0.33, 1.0, 0.30, 0.60, 1.0, 0.15, 0.06, 1.0],
            gamma=1.0,
        )
    )


def undated(icc: bytes) -> bytes:
    """Profile without the moment of its making, so that equal work gives equal files."""
    return icc[:24] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + icc[36:]


def through_lcms(
    pixels: npt.NDArray[Any], source: bytes, destination: bytes, target: str = "rgb"
) -> npt.NDArray[Any]:
    """Convert ``(H, W, 3)`` pixels as lcms does, unclipped; raises `imagecodecs.CmsError`."""
    return imagecodecs.cms_transform(
        np.ascontiguousarray(pixels),
        source,
        destination,
        colorspace="rgb",
        outcolorspace=target,
        intent=RELATIVE,
    )


@lru_cache(maxsize=8)
def shaper_of(icc: bytes) -> Shaper | None:
    """Tables of a profile, or None for one that is more than curves and a matrix."""
    ramp = np.linspace(0, 1, _STEPS, dtype=np.float32)
    decode = np.empty((3, _STEPS), np.float32)
    encode = np.empty((3, _STEPS), np.float32)
    matrix = np.empty((3, 3))
    for channel in range(3):
        alone = np.zeros((1, _STEPS, 3), np.float32)
        alone[..., channel] = ramp
        light = through_lcms(alone, icc, linear_profile())[0].astype(np.float64)
        column = light[-1] - light[0]
        if not np.any(column):
            return None
        curve = (light - light[0]) @ column / (column @ column)
        if np.any(np.diff(curve) < 0):
            return None
        matrix[:, channel] = column
        decode[channel] = curve
        encode[channel] = np.interp(ramp, np.sqrt(np.maximum(curve, 0)), ramp)
    return Shaper(decode, encode, matrix)


def convert(pixels: Floats, source: bytes, destination: bytes) -> Floats:
    """Convert between two RGB profiles, relative to their white points.

    Parameters
    ----------
    pixels
        ``(H, W, 3)`` float32, ``[0, 1]``.
    source, destination
        ICC profiles.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` float32, clipped to ``[0, 1]``.
    """
    if not _tables_agree(source, destination):
        out = through_lcms(pixels, source, destination)
        return np.clip(out, 0, 1, out=out)
    return _through_tables(pixels, source, destination)


@lru_cache(maxsize=16)
def _tables_agree(source: bytes, destination: bytes) -> bool:
    if shaper_of(source) is None or shaper_of(destination) is None:
        return False
    steps = np.array(
        [0, 0.001, 0.002, 0.004, 0.01, 0.03, 0.1, 0.25, 0.4, 0.6, 0.8, 1.0], dtype=np.float32
    )
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 12, 3)
    exact = np.clip(through_lcms(cube, source, destination), 0, 1)
    return float(np.abs(_through_tables(cube, source, destination) - exact).max()) < _TOLERANCE


def _through_tables(pixels: Floats, source: bytes, destination: bytes) -> Floats:
    first, second = shaper_of(source), shaper_of(destination)
    assert first is not None
    assert second is not None
    matrix = (np.linalg.inv(second.matrix) @ first.matrix).astype(np.float32)
    flat = np.ascontiguousarray(pixels).reshape(-1, 3)
    out = np.empty_like(flat)
    # In bands, so that what lies between stays in the processor's cache.
    for start in range(0, len(flat), _BAND_PIXELS):
        band = flat[start : start + _BAND_PIXELS]
        light = np.empty((3, len(band)), np.float32)
        for channel in range(3):
            light[channel] = first.decode[channel][_index(band[:, channel])]
        mixed = np.sqrt(np.clip(matrix @ light, 0, 1))
        for channel in range(3):
            out[start : start + len(band), channel] = second.encode[channel][_index(mixed[channel])]
    return out.reshape(pixels.shape)


def _index(values: Floats) -> npt.NDArray[np.int32]:
    scaled = np.clip(values, 0, 1) * np.float32(_STEPS - 1) + np.float32(0.5)
    return scaled.astype(np.int32)
