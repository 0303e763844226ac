"""From pixels as stored to pixels as worked on: floats, upright, three channels, sound numbers.

What is done on the way is told in notes; files are read elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.media import exif, ifd, xmp
from blurstudio.media.colour import ProfileKind, profile_kind
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.media.decoded import Decoded

    Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Developed:
    """Everything of a `photo.Photo` but its path; see there."""

    pixels: Floats
    bit_depth: int
    icc_profile: bytes | None
    exif: bytes | None
    xmp: bytes | None
    exposure_time: float | None
    focal_length: float | None
    focal_length_35mm: float | None
    alpha: Floats | None
    grey: bool
    scale: float
    notes: tuple[str, ...]


def develop(decoded: Decoded) -> Developed:
    """Bring decoded pixels and metadata to the form the rest of the program works on."""
    notes = list(decoded.notes)
    pixels, scale = _floats(decoded, notes)
    alpha = None
    if decoded.alpha is not None:
        alpha = _tidy(_as_float32(decoded.alpha) / np.float32(decoded.peak), [])
        alpha = np.clip(alpha, 0, 1, out=alpha)
    facts, block = _exif(decoded.exif, notes)
    pixels = np.ascontiguousarray(_turned(pixels, facts.orientation))
    if alpha is not None:
        alpha = np.ascontiguousarray(_turned(alpha, facts.orientation))
    grey = pixels.shape[2] == 1
    if grey:
        pixels = np.repeat(pixels, 3, axis=2)
    return Developed(
        pixels=pixels,
        bit_depth=decoded.bit_depth,
        icc_profile=_profile(decoded.icc_profile, grey, notes),
        exif=block,
        xmp=xmp.upright(decoded.xmp),
        exposure_time=facts.exposure_time,
        focal_length=facts.focal_length,
        focal_length_35mm=facts.focal_length_35mm,
        alpha=alpha,
        grey=grey,
        scale=scale,
        notes=tuple(notes),
    )


def _floats(decoded: Decoded, notes: list[str]) -> tuple[Floats, float]:
    pixels = _as_float32(decoded.pixels)
    if np.issubdtype(decoded.pixels.dtype, np.integer):
        pixels /= np.float32(decoded.peak)
        return pixels, 1.0
    pixels = _tidy(pixels, notes)
    if pixels.min() < 0:
        notes.append(sentence("Values below black were raised to black."))
        np.maximum(pixels, 0, out=pixels)
    top = float(pixels.max())
    if top <= 1:
        return pixels, 1.0
    notes.append(
        sentence("The brightest value is {top:.4g}; the picture was divided by it.", top=top)
    )
    return pixels / np.float32(top), top


def _as_float32(stored: npt.NDArray[Any]) -> Floats:
    # A float64 beyond float32 becomes infinite here and is tidied afterwards with the others.
    with np.errstate(over="ignore", invalid="ignore"):
        return stored.astype(np.float32)


def _tidy(pixels: Floats, notes: list[str]) -> Floats:
    """Replace what is no number: NaN by black, infinities by the extremes of the rest."""
    sound = np.isfinite(pixels)
    if sound.all():
        return pixels
    count = int(pixels.size - np.count_nonzero(sound))
    notes.append(
        sentence("{count} values that are no numbers (NaN or infinite) were replaced.", count=count)
    )
    rest = pixels[sound]
    low, high = (float(rest.min()), float(rest.max())) if rest.size else (0.0, 0.0)
    return np.nan_to_num(pixels, nan=0.0, posinf=high, neginf=low)


def _exif(block: bytes | None, notes: list[str]) -> tuple[exif.ExposureFacts, bytes | None]:
    if block is None:
        return exif.ExposureFacts(), None
    try:
        return exif.read_facts(block), exif.upright(block)
    except ifd.DirectoryError:
        notes.append(sentence("The photo's EXIF can't be understood and was left out."))
        return exif.ExposureFacts(), None


def _turned(pixels: Floats, orientation: int) -> Floats:
    """Bake an EXIF orientation, 1 to 8, into ``(H, W, ...)`` pixels."""
    mirrored = orientation in (2, 4, 5, 7)
    quarter_turns = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)
    if mirrored:
        pixels = pixels[:, ::-1]
    return np.rot90(pixels, quarter_turns)


def _profile(icc: bytes | None, grey: bool, notes: list[str]) -> bytes | None:
    kind = profile_kind(icc)
    usable = kind is not ProfileKind.UNUSABLE
    # A grey profile speaks for one channel, so it can't speak for a colour picture.
    if usable and not (kind is ProfileKind.GREY and not grey):
        return icc
    notes.append(
        sentence("The photo's colour profile can't be used; its colours are taken as sRGB.")
    )
    return None
