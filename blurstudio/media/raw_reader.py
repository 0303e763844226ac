"""Camera RAW through LibRaw, where rawpy is installed: developed plainly, to sRGB of 16 bit.

The camera's white balance is kept; there is no tone curve, no sharpening and no denoising, all of
which would bend what the shutter averaged.
"""

from __future__ import annotations

import mmap
from importlib import import_module
from typing import TYPE_CHECKING, Any

from blurstudio.media import exif, ifd
from blurstudio.media.decoded import Decoded, Unreadable, check_size
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

_NOTE = sentence("The RAW file was developed plainly: the camera's white balance, no tone curve.")
_SRGB_CURVE = (2.4, 12.92)
"""Power, and slope near black."""


def decode(path: Path) -> Decoded:
    """Develop a camera's RAW file.

    Raises
    ------
    Unreadable
        If rawpy isn't installed, or the file is damaged or of a camera that LibRaw doesn't know.
    """
    try:
        rawpy = import_module("rawpy")
    except ImportError as error:
        raise Unreadable(
            "is a camera RAW file, and the package that reads those isn't installed; run pip "
            "install rawpy, or develop it and save it as a 16-bit TIFF"
        ) from error
    try:
        # Opened here: names of any letters are no trouble then.
        with path.open("rb") as file, rawpy.imread(file) as raw:
            check_size((raw.sizes.height, raw.sizes.width))
            pixels = raw.postprocess(
                use_camera_wb=True,
                no_auto_bright=True,
                output_bps=16,
                output_color=rawpy.ColorSpace.sRGB,
                gamma=_SRGB_CURVE,
            )
            told = raw.other
    except rawpy.LibRawError as error:
        raise Unreadable(
            "is a camera RAW file that can't be developed here ({why}); copy it again, or save it "
            "as a 16-bit TIFF with the camera's own program",
            why=_words(error),
        ) from error
    block = _exif_of_tiff(path) or exif.made(told.shutter_speed, told.focal_length)
    return Decoded(pixels, 65535.0, 16, exif=block, notes=(_NOTE,))


def _exif_of_tiff(path: Path) -> bytes | None:
    """EXIF of a RAW file that is a TIFF at heart, as most are, for pixels that are upright."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as buffer:
        block = exif.from_tiff(buffer)
    try:
        if block is None or exif.read_facts(block).exposure_time is None:
            return None
        return exif.upright(block)
    except ifd.DirectoryError:
        return None


def _words(error: Any) -> str:  # noqa: ANN401 - rawpy is not typed
    """LibRaw's own words, which come as bytes."""
    said = error.args[0] if error.args else ""
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
