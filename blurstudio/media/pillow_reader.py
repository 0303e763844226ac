"""JPEG, PNG, WebP, AVIF, GIF, BMP, PNM and JPEG 2000 through Pillow, and 16-bit PNG without it.

Pillow's warnings become notes, its many errors become reasons; TIFF and floats live elsewhere.
"""

from __future__ import annotations

import io
import threading
import warnings
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
from PIL import Image

from blurstudio.media import colour
from blurstudio.media.decoded import Decoded, Unreadable, depth_of, split_alpha
from blurstudio.media.exif import without_prefix
from blurstudio.media.header import Header, Kind
from blurstudio.media.jpeg_pixels import jpeg_pixels
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from blurstudio.sentences import Sentence

_FORMATS = {
    Kind.JPEG: ("JPEG", "MPO"),
    Kind.PNG: ("PNG",),
    Kind.WEBP: ("WEBP",),
    Kind.GIF: ("GIF",),
    Kind.BMP: ("BMP",),
    Kind.AVIF: ("AVIF",),
    Kind.PNM: ("PPM",),
    Kind.JPEG2000: ("JPEG2000",),
}
KINDS = frozenset(_FORMATS)
# How decoders word an early end.
_CUT_OFF = (
    *("truncated", "unexpected end", "eof", "not enough", "too small"),
    *("broken data stream", "could not create decoder"),
)
_lock = threading.Lock()


def decode(data: bytes, header: Header) -> Decoded:
    """Decode a file of one of `KINDS`.

    Raises
    ------
    Unreadable
        If the file is cut off, damaged, or its decoder isn't there.
    """
    with _quietly() as notes:
        try:
            # struct.error and zlib.error derive from Exception only; so do the plugins' own.
            with Image.open(io.BytesIO(data), formats=_FORMATS[header.kind]) as image:
                decoded = _read(image, data, header)
        except Unreadable:
            raise
        except MemoryError:
            raise
        except Exception as error:
            raise Unreadable(_reason(error, header)) from error
    return replace(decoded, notes=(*decoded.notes, *_sentences(notes)))


@contextmanager
def _quietly() -> Iterator[list[warnings.WarningMessage]]:
    """Collect warnings and lift Pillow's own size limit: the header was measured already.

    Both are settings of the whole process, hence the lock.
    """
    with _lock, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            yield caught
        finally:
            Image.MAX_IMAGE_PIXELS = limit


def _sentences(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    texts = dict.fromkeys(str(warning.message).strip().rstrip(".") for warning in caught)
    return tuple(
        sentence("The decoder remarked: {remark}.", remark=" ".join(text.split())) for text in texts
    )


def _reason(error: Exception, header: Header) -> Sentence:
    text = str(error).lower()
    if any(word in text for word in _CUT_OFF):
        return sentence(
            "is cut off: this {kind} ends before its picture does; copy it again", kind=header.kind
        )
    if "cannot identify" in text or "unsupported" in text:
        return sentence(
            "starts like {kind} but is cut off or damaged; copy it again, or open it in an image "
            "editor and save it as PNG",
            kind=header.kind,
        )
    return sentence(
        "is damaged ({kind}: {why}); copy it again",
        kind=header.kind.value,
        why=" ".join(str(error).split()) or sentence("no details"),
    )


def _read(image: Image.Image, data: bytes, header: Header) -> Decoded:
    notes = []
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and getattr(image, "is_animated", False) and header.kind is not Kind.JPEG:
        notes.append(
            sentence(
                "The file is an animation of {count} pictures; the first one was read.",
                count=frames,
            )
        )
        image.seek(0)
    icc = _bytes(image.info.get("icc_profile"))
    if header.kind is Kind.PNG and header.depth == 16:
        pixels, alpha = split_alpha(imagecodecs.png_decode(data))
    elif image.mode == "CMYK":
        notes.append(sentence("The photo was in CMYK; its colours were converted to sRGB."))
        pixels, alpha, icc = colour.cmyk_to_srgb(np.asarray(image), icc), None, None
    else:
        quick = jpeg_pixels(data, _shape(image)) if header.kind is Kind.JPEG else None
        pixels, alpha = split_alpha(_plain(image) if quick is None else quick)
    peak, depth = depth_of(pixels.dtype)
    return Decoded(
        pixels,
        peak,
        8 if image.mode == "CMYK" else depth,
        alpha,
        icc_profile=icc,
        exif=without_prefix(_bytes(image.info.get("exif")) or b"") or None,
        xmp=_bytes(image.info.get("xmp")),
        notes=tuple(notes),
    )


def _shape(image: Image.Image) -> tuple[int, ...]:
    """Return the shape of an array of a picture without a palette, transparency or CMYK."""
    size = (image.height, image.width)
    return size if image.mode == "L" else (*size, 3)


def _plain(image: Image.Image) -> npt.NDArray[Any]:
    """Pixels of any Pillow mode as grey, grey + alpha, RGB or RGBA."""
    if image.mode == "P":
        # Looking at the palette's own mode keeps its transparent entries.
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in ("1", "La"):
        image = image.convert("LA" if image.mode == "La" else "L")
    elif image.mode in ("L", "RGB") and "transparency" in image.info:
        image = image.convert("LA" if image.mode == "L" else "RGBA")
    elif image.mode.startswith("I;16"):
        return np.asarray(image).astype(np.uint16)
    elif image.mode == "I":
        return np.clip(np.asarray(image), 0, 65535).astype(np.uint16)
    elif image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("RGBA" if image.mode in ("PA", "RGBa") else "RGB")
    return np.asarray(image)


def _bytes(value: object) -> bytes | None:
    if isinstance(value, str):
        value = value.encode()
    return bytes(value) if isinstance(value, bytes | bytearray) and value else None
