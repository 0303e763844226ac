"""What kind of file this is and how large its picture, told from its first bytes alone.

No pixel is decoded here and a file's extension counts for nothing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum

from blurstudio.sentences import sentence


class Kind(StrEnum):
    """Kinds of files that are told apart, readable or not; the value is the name people use."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    GIF = "GIF"
    BMP = "BMP"
    TIFF = "TIFF"
    AVIF = "AVIF"
    JPEG2000 = "JPEG 2000"
    PNM = "PNM"
    EXR = "OpenEXR"
    RADIANCE = "Radiance HDR"
    NPY = "NumPy"
    HEIC = "HEIC"
    JPEG_XL = "JPEG XL"
    RAW = "camera RAW"
    MOVIE = "video"
    PDF = "PDF"
    ARCHIVE = "archive"
    TEXT = "text"
    UNKNOWN = "unknown"


NAMED = {
    Kind.RAW: sentence("camera RAW"),
    Kind.MOVIE: sentence("video"),
    Kind.ARCHIVE: sentence("archive"),
}
"""What kinds are called whose names are words."""


@dataclass(frozen=True)
class Header:
    """Kind of file and, where the first bytes tell it, the picture's size."""

    kind: Kind
    size: tuple[int, int] | None = None
    """(height, width) px."""
    depth: int | None = None
    """Bits per channel, of a PNG."""


_MAGIC = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"\x76\x2f\x31\x01", Kind.EXR),
    (b"#?RADIANCE", Kind.RADIANCE),
    (b"#?RGBE", Kind.RADIANCE),
    (b"\x93NUMPY", Kind.NPY),
    (b"P5", Kind.PNM),
    (b"P6", Kind.PNM),
    (b"\xff\x4f\xff\x51", Kind.JPEG2000),
    (b"\0\0\0\x0cjP  ", Kind.JPEG2000),
    (b"\xff\x0a", Kind.JPEG_XL),
    (b"\0\0\0\x0cJXL ", Kind.JPEG_XL),
    (b"FUJIFILMCCD-RAW", Kind.RAW),
    (b"IIU\0", Kind.RAW),
    (b"IIRO", Kind.RAW),
    (b"IIRS", Kind.RAW),
    (b"\x1aE\xdf\xa3", Kind.MOVIE),
    (b"%PDF", Kind.PDF),
    (b"PK\x03\x04", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"Rar!", Kind.ARCHIVE),
)
_BRANDS = {b"avif": Kind.AVIF, b"avis": Kind.AVIF, b"crx ": Kind.RAW}
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# JPEG's start-of-frame markers: all of C0..CF but the tables C4, C8 and CC.
_FRAME_MARKERS = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def sniff(data: bytes) -> Header:
    """Tell what a file is.

    Parameters
    ----------
    data
        The file's first bytes. 64 KiB are enough for the kind; a JPEG may keep its size further
        back, behind profiles and thumbnails.

    Returns
    -------
    Header
        Kind and size; ``Kind.UNKNOWN`` when nothing fits.
    """
    kind = _kind(data)
    size = None
    try:
        if kind is Kind.PNG:
            width, height, depth = struct.unpack(">IIB", data[16:25])
            return Header(kind, (height, width), depth)
        if kind in _SIZES:
            size = _SIZES[kind](data)
    except (struct.error, IndexError):
        size = None
    return Header(kind, size)


def _kind(data: bytes) -> Kind:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[4:8] == b"ftyp":
        return _brand(data)
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return Kind.BMP
    if data[:4] == b"RIFF" or data[4:8] in (b"moov", b"mdat"):
        return Kind.MOVIE
    return Kind.TEXT if _looks_like_text(data[:512]) else Kind.UNKNOWN


def _brand(data: bytes) -> Kind:
    (length,) = struct.unpack(">I", data[:4])
    brands = [data[8:12], *(data[i : i + 4] for i in range(16, min(length, 256), 4))]
    for brand in brands:
        if brand in _BRANDS:
            return _BRANDS[brand]
    return Kind.HEIC if any(brand in _HEIC_BRANDS for brand in brands) else Kind.MOVIE


def _looks_like_text(data: bytes) -> bool:
    return bool(data) and all(byte >= 32 or byte in b"\t\n\r\f\x1b" for byte in data)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return height, width
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def _gif_size(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<HH", data[6:10])
    return height, width


def _bmp_size(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<ii", data[18:26])
    return abs(height), abs(width)


def _webp_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] == b"VP8X":
        return (
            int.from_bytes(data[27:30], "little") + 1,
            int.from_bytes(data[24:27], "little") + 1,
        )
    if data[12:16] == b"VP8L":
        (bits,) = struct.unpack("<I", data[21:25])
        return (bits >> 14 & 0x3FFF) + 1, (bits & 0x3FFF) + 1
    if data[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return height & 0x3FFF, width & 0x3FFF
    return None


def _avif_size(data: bytes) -> tuple[int, int] | None:
    # The largest of the image spatial extents: a file may hold a thumbnail or tiles besides.
    sizes = []
    at = data.find(b"ispe")
    while at >= 0 and at + 16 <= len(data):
        width, height = struct.unpack(">II", data[at + 8 : at + 16])
        sizes.append((height, width))
        at = data.find(b"ispe", at + 4)
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


_SIZES = {
    Kind.JPEG: _jpeg_size,
    Kind.GIF: _gif_size,
    Kind.BMP: _bmp_size,
    Kind.WEBP: _webp_size,
    Kind.AVIF: _avif_size,
}
