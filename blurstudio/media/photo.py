"""A photo as the rest of the program sees it, and the one function that opens one.

Decoders live in rooms of their own; here their pixels are made upright floats of three channels.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.errors import PhotoError
from blurstudio.media import array_reader, exr, heic_reader, pillow_reader, raw_reader
from blurstudio.media.decoded import Decoded, Unreadable, check_size
from blurstudio.media.develop import develop
from blurstudio.media.header import NAMED, Header, Kind, sniff
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import os

    import numpy as np
    import numpy.typing as npt

    from blurstudio.sentences import Sentence

    Floats = npt.NDArray[np.float32]

_HEAD = 1 << 16
_READERS = {
    Kind.NPY: array_reader.decode_npy,
    Kind.RADIANCE: array_reader.decode_radiance,
    Kind.EXR: exr.decode_exr,
    Kind.HEIC: heic_reader.decode,
    Kind.RAW: raw_reader.decode,
}


@dataclass(frozen=True, eq=False, repr=False)
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

    def __repr__(self) -> str:
        height, width = self.size
        return f"Photo({str(self.path)!r}, {width} x {height} px, {self.bit_depth} bit)"

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) px."""
        return self.pixels.shape[0], self.pixels.shape[1]


def open_photo(path: str | os.PathLike[str]) -> Photo:
    """Read a photo, whatever its extension says.

    Parameters
    ----------
    path
        A JPEG, PNG, TIFF, WebP, AVIF, GIF, BMP, PNM, JPEG 2000, Radiance HDR, OpenEXR or .npy; a
        camera's RAW file where rawpy is installed, HEIC where pillow-heif is.

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
        return Photo(path=path, **vars(develop(decoded)))
    except Unreadable as reason:
        raise PhotoError("{path} {why}.", path=path, why=reason) from reason
    except OSError as error:
        raise PhotoError(_not_opened(path, error)) from error
    except MemoryError as error:
        raise PhotoError(
            "{path} doesn't fit into memory; close other programs or reduce the photo.", path=path
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


def _decode(path: Path, header: Header) -> Decoded:
    if header.kind in pillow_reader.KINDS:
        return pillow_reader.decode(path.read_bytes(), header)
    if header.kind is Kind.TIFF:
        # Takes as long to load as a small JPEG to read.
        from blurstudio.media import tiff_reader

        return tiff_reader.decode(path)
    if header.kind in _READERS:
        return _READERS[header.kind](path)
    if header.kind in (Kind.TEXT, Kind.UNKNOWN):
        raise Unreadable("is not a photo that can be read here; name a JPEG, PNG or TIFF")
    raise Unreadable(
        "is an {kind} file, which can't be read here; name a photo or convert it to JPEG, PNG or "
        "TIFF"
        if header.kind[0] in "aeiou"
        else "is a {kind} file, which can't be read here; name a photo or convert it to JPEG, PNG "
        "or TIFF",
        kind=NAMED.get(header.kind, header.kind.value),
    )


def _not_opened(path: Path, error: OSError) -> Sentence:
    if isinstance(error, FileNotFoundError):
        return sentence("{path} does not exist; check the name.", path=path)
    if isinstance(error, PermissionError):
        return sentence(
            "{path} may not be read; change its permissions or copy it elsewhere.", path=path
        )
    return sentence(
        "{path} can't be read ({why}); copy it to another place first.",
        path=path,
        why=error.strerror or error,
    )
