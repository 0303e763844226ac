"""Metadata put into finished PNG, JPEG and TIFF files without touching a pixel.

The blocks themselves are made by `exif` and `xmp`; encoders live in `stills`.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.media import exif as exif_block
from blurstudio.media import ifd

if TYPE_CHECKING:
    from pathlib import Path

_PNG_HEADER_END = 8 + 25
_SEGMENT = 65533
_ICC_CHUNK = _SEGMENT - 14
_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"
_BYTE, _UNDEFINED = 1, 7
_ICC_TAG, _XMP_TAG = 34675, 700


@dataclass(frozen=True)
class Metadata:
    """What travels with the pixels of a result."""

    software: str
    exif: bytes
    xmp: bytes
    icc_profile: bytes | None = None


def into_png(data: bytes, metadata: Metadata) -> bytes:
    """Add iCCP, eXIf, XMP and Software chunks behind the header of an encoded PNG."""
    chunks = b""
    if metadata.icc_profile:
        chunks += _chunk(b"iCCP", b"ICC Profile\0\0" + zlib.compress(metadata.icc_profile))
    chunks += _chunk(b"eXIf", metadata.exif)
    chunks += _chunk(b"tEXt", b"Software\0" + metadata.software.encode("latin-1", "replace"))
    chunks += _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + metadata.xmp)
    return data[:_PNG_HEADER_END] + chunks + data[_PNG_HEADER_END:]


def into_jpeg(data: bytes, metadata: Metadata) -> bytes:
    """Add EXIF, XMP and ICC segments to an encoded JPEG, after its JFIF segment.

    A segment holds 64 KiB: EXIF or XMP beyond that (from another kind of file) is left out.
    """
    at = 2
    if data[2:4] == b"\xff\xe0":
        at = 4 + struct.unpack(">H", data[4:6])[0]
    segments = b""
    for body in (exif_block.with_prefix(metadata.exif), _XMP_NAME + metadata.xmp):
        if len(body) <= _SEGMENT:
            segments += _segment(0xE1, body)
    icc = metadata.icc_profile or b""
    parts = [icc[i : i + _ICC_CHUNK] for i in range(0, len(icc), _ICC_CHUNK)]
    for number, part in enumerate(parts, start=1):
        segments += _segment(0xE2, b"ICC_PROFILE\0" + bytes((number, len(parts))) + part)
    return data[:at] + segments + data[at:]


def into_tiff(path: Path, metadata: Metadata) -> None:
    """Add tags and EXIF directories to a little-endian classic TIFF, in place.

    The first directory is written anew at the file's end; pixels stay where they are.
    """
    with path.open("rb+") as file:
        data = file.read(8)
        _, offset = ifd.header(data)
        first = ifd.read(_FileView(path), "<", offset)
        about, inner = exif_block.to_tiff(metadata.exif)
        extra = [*about, ifd.Entry(_XMP_TAG, _BYTE, len(metadata.xmp), metadata.xmp)]
        if icc := metadata.icc_profile:
            extra.append(ifd.Entry(_ICC_TAG, _UNDEFINED, len(icc), icc))
        ours = {entry.tag for entry in extra}
        kept = [entry for entry in first.entries if entry.tag not in ours]
        end = file.seek(0, 2)
        base = end + end % 2
        file.write(b"\0" * (base - end) + exif_block.pack_tree([*kept, *extra], inner, base))
        file.seek(4)
        file.write(struct.pack("<I", base))


class _FileView:
    """Slices of a file, so that a large picture isn't read for its few tags."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __len__(self) -> int:
        return self._path.stat().st_size

    def __getitem__(self, span: slice, /) -> bytes:
        start, stop, _ = span.indices(len(self))
        with self._path.open("rb") as file:
            file.seek(start)
            return file.read(max(stop - start, 0))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes((marker,)) + struct.pack(">H", len(body) + 2) + body
