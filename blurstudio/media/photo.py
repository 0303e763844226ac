"""A photo as the rest of the program sees it, and the one function that opens one.

Decoders live in rooms of their own; here their pixels are made upright floats of three channels.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from blurstudio.errors import PhotoError
from blurstudio.media import exif, ifd, pillow_reader
from blurstudio.media.colour import ProfileKind, profile_kind
from blurstudio.media.decoded import Decoded, Unreadable
from blurstudio.media.header import Header, Kind, sniff

if TYPE_CHECKING:
    import os

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

MAX_PIXELS = 200_000_000
_HEAD = 1 << 16
_TO_DO = "convert it to JPEG, PNG or TIFF first"


@dataclass(frozen=True, eq=False)
class Photo:
    """A still picture with everything its file said about it.

    Attributes
    ----------
    path
        Where it was read from, or None for pixels that came from elsewhere.
    pixels
        ``(H, W, 3)`` float32 in the file's own encoding, ``[0, 1]``, upright.
    bit_depth
        Of the file: 8, 16 or 32 (32 also for floats).
    icc_profile
        The profile `pixels` are meant under; None is sRGB.
    exif
        EXIF block with orientation 1 and no thumbnail, from its TIFF header on.
    xmp
        XMP packet.
    exposure_time
        Seconds.
    focal_length, focal_length_35mm
        Millimetres, of the lens and of its match on 24 x 36 mm.
    alpha
        ``(H, W)`` float32 ``[0, 1]``; colours are not multiplied by it.
    grey
        The file held one channel, repeated in `pixels`.
    scale
        Stored values are `pixels` times this; above 1 only for floats beyond 1.
    notes
        Sentences about what was done while reading.
    """

    path: Path | None
    pixels: Floats
    bit_depth: int = 8
    icc_profile: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    exposure_time: float | None = None
    focal_length: float | None = None
    focal_length_35mm: float | None = None
    alpha: Floats | None = None
    grey: bool = False
    scale: float = 1.0
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) px."""
        return self.pixels.shape[0], self.pixels.shape[1]


def open_photo(path: str | os.PathLike[str]) -> Photo:
    """Read a photo, whatever its extension says.

    Parameters
    ----------
    path
        A JPEG, PNG, TIFF, WebP, AVIF, GIF, BMP, PNM, JPEG 2000, Radiance HDR, OpenEXR or .npy.

    Returns
    -------
    Photo
        Upright and in its own encoding. Of an animation the first picture.

    Raises
    ------
    PhotoError
        If it isn't there, isn't a photo, is cut off, or has more than 200 megapixels.
    """
    path = Path(path)
    try:
        header = _look_at(path)
        decoded = _decode(path, header)
        return _photo(path, decoded)
    except Unreadable as reason:
        raise PhotoError(f"{path} {reason}.") from reason
    except OSError as error:
        raise PhotoError(_not_opened(path, error)) from error
    except MemoryError as error:
        raise PhotoError(
            f"{path} doesn't fit into memory; close other programs or reduce the photo."
        ) from error


def _look_at(path: Path) -> Header:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise Unreadable("is a folder; name a photo inside it")
    if not stat.S_ISREG(mode):
        raise Unreadable("is a device and no file; name a photo")
    with path.open("rb") as file:
        head = file.read(_HEAD)
        header = sniff(head)
        if header.kind is Kind.JPEG and header.size is None:
            header = sniff(head + file.read())
    if not head:
        raise Unreadable("is empty; copy it again from where it came")
    if header.size is not None:
        check_size(header.size)
    return header


def check_size(size: tuple[int, int]) -> None:
    """Refuse a picture by its size alone.

    Raises
    ------
    Unreadable
        If a side is 0 or there are more than `MAX_PIXELS`.
    """
    height, width = size
    if height < 1 or width < 1:
        raise Unreadable(f"says it is {width} x {height} pixels large; copy it again")
    if height * width > MAX_PIXELS:
        raise Unreadable(
            f"says it is {width} x {height} pixels large, above the limit of "
            f"{MAX_PIXELS // 1_000_000} megapixels; reduce or crop it first"
        )


def _decode(path: Path, header: Header) -> Decoded:
    if header.kind in pillow_reader.KINDS:
        return pillow_reader.decode(path.read_bytes(), header)
    if header.kind in (Kind.TEXT, Kind.UNKNOWN):
        raise Unreadable("is not a photo that can be read here; name a JPEG, PNG or TIFF")
    raise Unreadable(f"is of the kind {header.kind}, which isn't read here; {_TO_DO}")


def _not_opened(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{path} does not exist; check the name."
    if isinstance(error, PermissionError):
        return f"{path} may not be read; change its permissions or copy it elsewhere."
    return f"{path} can't be read ({error.strerror or error}); copy it to another place first."


def _photo(path: Path, decoded: Decoded) -> Photo:
    notes = list(decoded.notes)
    pixels, scale = _floats(decoded, notes)
    alpha = None
    if decoded.alpha is not None:
        alpha = _tidy(decoded.alpha.astype(np.float32) / np.float32(decoded.peak), [])
        alpha = np.clip(alpha, 0, 1)
    facts, block = _exif(decoded.exif, notes)
    pixels = np.ascontiguousarray(_turned(pixels, facts.orientation))
    if alpha is not None:
        alpha = np.ascontiguousarray(_turned(alpha, facts.orientation))
    grey = pixels.shape[2] == 1
    if grey:
        pixels = np.repeat(pixels, 3, axis=2)
    return Photo(
        path=path,
        pixels=pixels,
        bit_depth=decoded.bit_depth,
        icc_profile=_profile(decoded.icc_profile, grey, notes),
        exif=block,
        xmp=decoded.xmp,
        exposure_time=facts.exposure_time,
        focal_length=facts.focal_length,
        focal_length_35mm=facts.focal_length_35mm,
        alpha=alpha,
        grey=grey,
        scale=scale,
        notes=tuple(notes),
    )


def _floats(decoded: Decoded, notes: list[str]) -> tuple[Floats, float]:
    pixels = decoded.pixels.astype(np.float32)
    if np.issubdtype(decoded.pixels.dtype, np.integer):
        pixels /= np.float32(decoded.peak)
        return pixels, 1.0
    pixels = _tidy(pixels, notes)
    if pixels.min() < 0:
        notes.append("Values below black were raised to black.")
        np.maximum(pixels, 0, out=pixels)
    top = float(pixels.max())
    if top <= 1:
        return pixels, 1.0
    notes.append(f"The brightest value is {top:.4g}; the picture was divided by it.")
    return pixels / np.float32(top), top


def _tidy(pixels: Floats, notes: list[str]) -> Floats:
    """Replace what is no number: NaN by black, infinities by the extremes of the rest."""
    sound = np.isfinite(pixels)
    if sound.all():
        return pixels
    count = int(pixels.size - np.count_nonzero(sound))
    notes.append(f"{count} values that are no numbers (NaN or infinite) were replaced.")
    rest = pixels[sound]
    low, high = (float(rest.min()), float(rest.max())) if rest.size else (0.0, 0.0)
    return np.nan_to_num(pixels, nan=0.0, posinf=high, neginf=low)


def _exif(block: bytes | None, notes: list[str]) -> tuple[exif.ExposureFacts, bytes | None]:
    if block is None:
        return exif.ExposureFacts(), None
    try:
        return exif.read_facts(block), exif.upright(block)
    except ifd.DirectoryError:
        notes.append("The photo's EXIF can't be understood and was left out.")
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
    notes.append("The photo's colour profile can't be used; its colours are taken as sRGB.")
    return None
