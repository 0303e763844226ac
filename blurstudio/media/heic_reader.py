"""HEIC, the photos of phones, through libheif, where pillow-heif is installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from blurstudio.media import exif, ifd
from blurstudio.media.decoded import Decoded, Unreadable, check_size, split_alpha
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

_OUR_PRIMARIES = (1, 2)
"""Of sRGB, and untold (ITU-T H.273)."""


def decode(path: Path) -> Decoded:
    """Decode the main picture of a HEIC file, with all of its bits.

    Raises
    ------
    Unreadable
        If pillow-heif isn't installed, or the file is cut off or damaged.
    """
    try:
        library = import_module("pillow_heif")
    except ImportError as error:
        raise Unreadable(
            "is a HEIC photo, and the package that reads those isn't installed; run pip install "
            "pillow-heif, or save the photo as JPEG or PNG"
        ) from error
    try:
        image = library.open_heif(path.read_bytes(), convert_hdr_to_8bit=False, hdr_to_16bit=False)
        check_size((image.size[1], image.size[0]))
        pixels, alpha = split_alpha(np.asarray(image))
    except (ValueError, RuntimeError, SyntaxError, EOFError) as error:
        raise Unreadable("is cut off or damaged (HEIC); copy it again") from error
    told = image.info
    bits = int(told["bit_depth"])
    icc = told.get("icc_profile")
    primaries = (told.get("nclx_profile") or {}).get("color_primaries", _OUR_PRIMARIES[0])
    notes: tuple[str, ...] = ()
    if icc is None and primaries not in _OUR_PRIMARIES:
        notes = (sentence("The photo has no colour profile; its colours are taken as sRGB."),)
    return Decoded(
        pixels,
        2.0**bits - 1,
        8 if bits == 8 else 16,
        alpha,
        icc_profile=icc,
        exif=_upright(told.get("exif")),
        xmp=told.get("xmp"),
        notes=notes,
    )


def _upright(block: bytes | None) -> bytes | None:
    """EXIF of a picture that libheif has turned already; what EXIF says of that is void."""
    if not block:
        return None
    block = exif.without_prefix(block)
    try:
        return exif.upright(block)
    except ifd.DirectoryError:
        return block
