"""What every decoder hands over: pixels as stored, and what the file says about them.

Turning it into a `Photo` (floats, upright, three channels) is `photo`'s work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.errors import SpokenError
from blurstudio.media import colour
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import numpy.typing as npt


MAX_PIXELS = 200_000_000

_LINEAR_NOTE = sentence("The file holds linear light; it was given a profile that says so.")


class Unreadable(SpokenError):
    """A decoder's reason: a clause that continues the file's name, and what to do."""


@dataclass(frozen=True, eq=False)
class Decoded:
    """One picture as its file stores it.

    Attributes
    ----------
    pixels
        ``(H, W, 1)`` grey or ``(H, W, 3)`` colour; unsigned integers or floats.
    peak
        The stored value that means 1.0.
    bit_depth
        8, 16 or 32.
    alpha
        ``(H, W)`` in the same units as `pixels`, or None.
    """

    pixels: npt.NDArray[Any]
    peak: float
    bit_depth: int
    alpha: npt.NDArray[Any] | None = None
    icc_profile: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what a damaged header can make of a picture."""
        if self.pixels.ndim != 3 or self.pixels.shape[2] not in (1, 3) or not self.pixels.size:
            raise Unreadable(
                "holds an array of shape {shape}; save it as RGB", shape=self.pixels.shape
            )
        if self.alpha is not None and self.alpha.shape != self.pixels.shape[:2]:
            raise Unreadable("holds an alpha channel of another size; save it without one")


def in_linear_light(
    pixels: npt.NDArray[Any],
    alpha: npt.NDArray[Any] | None = None,
    xmp: bytes | None = None,
) -> Decoded:
    """Hand over floats that are light, with a profile that says so."""
    profile = colour.linear_profile() if pixels.shape[2] == 3 else colour.linear_grey_profile()
    return Decoded(pixels, 1.0, 32, alpha, icc_profile=profile, xmp=xmp, notes=(_LINEAR_NOTE,))


def split_alpha(
    stored: npt.NDArray[Any],
) -> tuple[npt.NDArray[Any], npt.NDArray[Any] | None]:
    """Separate ``(H, W)`` or ``(H, W, 1..4)`` into colour and, for 2 or 4 channels, alpha."""
    if stored.ndim == 2:
        return stored[..., None], None
    channels = stored.shape[2]
    if channels in (2, 4):
        return stored[..., : channels - 1], stored[..., channels - 1]
    return stored, None


def depth_of(dtype: np.dtype[Any]) -> tuple[float, int]:
    """Peak and bit depth of a stored type.

    Raises
    ------
    Unreadable
        For types that hold no pictures.
    """
    if dtype == np.uint8:
        return 255.0, 8
    if dtype == np.uint16:
        return 65535.0, 16
    if dtype == np.uint32:
        return 4294967295.0, 32
    if np.issubdtype(dtype, np.floating):
        return 1.0, 32
    raise Unreadable(
        "holds values of type {type}; save it with 8 or 16 bit unsigned or floating values",
        type=dtype,
    )


def check_size(size: tuple[int, int]) -> None:
    """Refuse a picture by its size alone.

    Raises
    ------
    Unreadable
        If a side is 0 or there are more than `MAX_PIXELS`.
    """
    height, width = size
    if height < 1 or width < 1:
        raise Unreadable(
            "says it is {width} x {height} pixels large; copy it again", width=width, height=height
        )
    if height * width > MAX_PIXELS:
        raise Unreadable(
            "says it is {width} x {height} pixels large, above the limit of {limit} megapixels; "
            "reduce or crop it first",
            width=width,
            height=height,
            limit=MAX_PIXELS // 1_000_000,
        )
