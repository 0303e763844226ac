"""TIFF of 1 to 32 bit and floats, grey, RGB, palette and CMYK, through tifffile.

Compressed luma-chroma that tifffile leaves alone goes to Pillow, camera RAW, which mostly looks
like TIFF, to `raw_reader`.
"""

from __future__ import annotations

import logging
import mmap
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile

from blurstudio.media import colour, exif, raw_reader
from blurstudio.media.decoded import Decoded, Unreadable, check_size, depth_of
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

# What tifffile finds odd but reads all the same is no message for the person at the desk.
tifffile.logger().addHandler(logging.NullHandler())

_DNG_VERSION, _ICC, _XMP = 50706, 34675, 700
_RAW_PHOTOMETRICS = (32803, 34892)
_ASSOCIATED, _UNASSOCIATED = 1, 2
_REDUCED = 1


def decode(path: Path) -> Decoded:
    """Decode a TIFF's first full picture.

    Raises
    ------
    Unreadable
        If it is cut off, damaged, or holds pixels of another kind.
    """
    try:
        with tifffile.TiffFile(path) as file:
            return _read(file, path)
    except (Unreadable, MemoryError, FileNotFoundError, PermissionError):
        raise
    except Exception as error:
        # tifffile and the codecs below it raise whatever broke: there is no common ancestor.
        raise Unreadable(
            "is damaged (TIFF: {why}); copy it again",
            why=" ".join(str(error).split()) or sentence("no details"),
        ) from error


def _read(file: Any, path: Path) -> Decoded:  # noqa: ANN401 - tifffile is not typed
    pages = list(file.pages)
    if not pages:
        raise Unreadable("holds no picture; copy it again")
    if _is_raw(pages):
        return raw_reader.decode(path)
    page = next((page for page in pages if not page.subfiletype & _REDUCED), pages[0])
    check_size((page.imagelength, page.imagewidth))
    _check_whole(file, page)
    notes: list[str] = []
    full = sum(not page.subfiletype & _REDUCED for page in pages)
    if full > 1:
        notes.append(
            sentence("The file holds {count} pictures; the first one was read.", count=full)
        )
    pixels, alpha, peak, depth = _pixels(page, notes)
    profile = _tag(page, _ICC)
    if page.photometric == tifffile.PHOTOMETRIC.SEPARATED:
        pixels, profile, peak = colour.cmyk_to_srgb(pixels, profile), None, 1.0
        notes.append(sentence("The photo was in CMYK; its colours were converted to sRGB."))
    return Decoded(
        pixels,
        peak,
        depth,
        alpha,
        icc_profile=profile,
        exif=_exif(path),
        xmp=_tag(page, _XMP),
        notes=tuple(notes),
    )


def _is_raw(pages: list[Any]) -> bool:
    below = [child for page in pages for child in (page.pages or ())]
    return any(
        _DNG_VERSION in page.tags or page.photometric in _RAW_PHOTOMETRICS
        for page in (*pages, *below)
    )


def _check_whole(file: Any, page: Any) -> None:  # noqa: ANN401
    # tifffile fills what is missing with black and says nothing.
    ends = (
        start + count for start, count in zip(page.dataoffsets, page.databytecounts, strict=False)
    )
    if not page.dataoffsets or max(ends, default=0) > file.filehandle.size:
        raise Unreadable("is cut off: this TIFF ends before its picture does; copy it again")


def _pixels(
    page: Any,  # noqa: ANN401
    notes: list[str],
) -> tuple[npt.NDArray[Any], npt.NDArray[Any] | None, float, int]:
    """Colour ``(H, W, 1|3)`` (ink: 4), alpha, peak and bit depth of a page."""
    photometric = page.photometric
    if page.imagedepth > 1:
        raise Unreadable("holds a volume; save one flat picture")
    stored = page.asarray()
    if stored.ndim == 3 and page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
        stored = np.moveaxis(stored, 0, 2)
    if stored.ndim == 2:
        stored = stored[..., None]
    if stored.ndim != 3:
        raise Unreadable(
            "holds an array of shape {shape}; save one flat picture", shape=stored.shape
        )
    if stored.dtype == bool:
        stored = stored.astype(np.uint8)
    peak, depth = depth_of(stored.dtype)
    if np.issubdtype(stored.dtype, np.integer):
        bits = page.bitspersample
        peak = float((1 << bits) - 1)
        depth = 8 if bits <= 8 else 16 if bits <= 16 else 32
    if photometric == tifffile.PHOTOMETRIC.PALETTE:
        return *_through_palette(stored[..., 0], page.colormap), 8
    channels = _channels(photometric, stored.shape[2])
    pixels, extra = stored[..., :channels], stored[..., channels:]
    if photometric == tifffile.PHOTOMETRIC.MINISWHITE:
        pixels = (peak - pixels).astype(stored.dtype)
    kinds = tuple(page.extrasamples)
    if not extra.shape[2]:
        return pixels, None, peak, depth
    if not kinds or kinds[0] not in (_ASSOCIATED, _UNASSOCIATED):
        notes.append(sentence("A channel of unknown meaning was left out."))
        return pixels, None, peak, depth
    alpha = extra[..., 0]
    if kinds[0] == _ASSOCIATED and photometric != tifffile.PHOTOMETRIC.SEPARATED:
        notes.append(sentence("The colours were stored multiplied by alpha; that was undone."))
        return *_unmultiplied(pixels, alpha, peak), 1.0, depth
    return pixels, alpha, peak, depth


def _channels(photometric: int, stored: int) -> int:
    names = tifffile.PHOTOMETRIC
    wanted = {
        names.MINISBLACK: 1,
        names.MINISWHITE: 1,
        names.RGB: 3,
        names.YCBCR: 3,
        names.SEPARATED: 4,
    }.get(names(photometric))
    if wanted is None or stored < wanted:
        raise Unreadable(
            "holds {kind} pixels with {channels} channels; save it as RGB",
            kind=names(photometric).name,
            channels=stored,
        )
    return wanted


def _through_palette(
    index: npt.NDArray[Any], palette: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], None, float]:
    # Palettes are of 16 bit by definition; many programs only shift 8 bit up.
    peak = 65280.0 if not (palette & 255).any() else 65535.0
    return np.ascontiguousarray(palette.T[index]), None, peak


def _unmultiplied(
    pixels: npt.NDArray[Any], alpha: npt.NDArray[Any], peak: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    share = (alpha / peak).astype(np.float32)
    light = (pixels / peak).astype(np.float32)
    divided = np.divide(
        light, share[..., None], out=np.zeros_like(light), where=share[..., None] > 0
    )
    limit = 1.0 if np.issubdtype(pixels.dtype, np.integer) else np.inf
    return np.minimum(divided, np.float32(limit)), share


def _tag(page: Any, code: int) -> bytes | None:  # noqa: ANN401
    value = page.tags.valueof(code)
    if isinstance(value, str):
        return value.encode()
    return bytes(value) if isinstance(value, bytes | tuple | np.ndarray) and len(value) else None


def _exif(path: Path) -> bytes | None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        return exif.from_tiff(view)
