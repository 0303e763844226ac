"""What EXIF says about the exposure, and EXIF made fit for a result.

The block is edited in place instead of being rebuilt, since makers' notes hold offsets into it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from blurstudio.media import ifd

ORIENTATION, SOFTWARE, EXIF_POINTER, GPS_POINTER = 0x0112, 0x0131, 0x8769, 0x8825
_EXPOSURE_TIME, _SHUTTER_SPEED, _FOCAL_LENGTH, _FOCAL_35MM = 0x829A, 0x9201, 0x920A, 0xA405
_THUMBNAIL_AT, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_MAKER_NOTE = 0x927C
_PREFIX = b"Exif\0\0"
# Tags of a TIFF's first directory that speak of the photo and not of how its pixels lie.
_ABOUT_THE_PHOTO = {
    *(0x010E, 0x010F, 0x0110, SOFTWARE, 0x0132, 0x013B, 0x8298, 0x4746, 0x4749),
    *range(0x9C9B, 0x9CA0),
}


@dataclass(frozen=True)
class ExposureFacts:
    """What the camera wrote down about the exposure; None where it wrote nothing sensible."""

    orientation: int = 1
    exposure_time: float | None = None
    focal_length: float | None = None
    focal_length_35mm: float | None = None


def without_prefix(block: bytes) -> bytes:
    """Bring EXIF, as containers hand it over, to the form that starts with the TIFF header."""
    return block.removeprefix(_PREFIX)


def with_prefix(block: bytes) -> bytes:
    """Bring EXIF to the form that JPEG's APP1 segment holds."""
    return _PREFIX + block


def read_facts(block: bytes) -> ExposureFacts:
    """Read orientation, exposure time and focal lengths.

    Parameters
    ----------
    block
        EXIF without its ``Exif`` prefix.

    Returns
    -------
    ExposureFacts
        Exposure time in seconds, focal lengths in mm.

    Raises
    ------
    ifd.DirectoryError
        If the block can't be read at all.
    """
    order, offset = ifd.header(block)
    first = ifd.read(block, order, offset)
    inner = _exif_directory(block, order, first)
    time = _positive(_number(inner, _EXPOSURE_TIME))
    speed = _number(inner, _SHUTTER_SPEED)
    if time is None and speed is not None and abs(speed) < 32:
        time = 2.0**-speed
    return ExposureFacts(
        orientation=_orientation(first),
        exposure_time=time,
        focal_length=_positive(_number(inner, _FOCAL_LENGTH)),
        focal_length_35mm=_positive(_number(inner, _FOCAL_35MM)),
    )


def upright(block: bytes) -> bytes:
    """EXIF for pixels that have been turned already: orientation 1, thumbnail dropped.

    Raises
    ------
    ifd.DirectoryError
        If the block can't be read, or its thumbnail lies over what is to be kept.
    """
    order, offset = ifd.header(block)
    first = ifd.read(block, order, offset)
    before = read_facts(block)
    out = bytearray(block)
    for index, entry in enumerate(first.entries):
        if entry.tag == ORIENTATION:
            field = struct.pack(f"{order}HHIHH", ORIENTATION, ifd.SHORT, 1, 1, 0)
            out[first.position(index) : first.position(index) + 12] = field
    end = first.position(len(first.entries))
    if first.next_offset:
        out[end : end + 4] = b"\0\0\0\0"
        _drop_thumbnail(out, block, order, first.next_offset)
    after = read_facts(bytes(out))
    if (after.exposure_time, after.focal_length) != (before.exposure_time, before.focal_length):
        raise ifd.DirectoryError("thumbnail over the directories")
    return bytes(out)


def made(exposure_time: float, focal_length: float) -> bytes | None:
    """EXIF that tells nothing but seconds and mm; what isn't positive is left out."""
    entries = [
        ifd.rational_entry(tag, value)
        for tag, value in ((_EXPOSURE_TIME, exposure_time), (_FOCAL_LENGTH, focal_length))
        if _positive(value)
    ]
    if not entries:
        return None
    return b"II*\0" + struct.pack("<I", 8) + pack_tree([], {EXIF_POINTER: entries}, 8)


def with_software(block: bytes | None, software: str) -> bytes:
    """EXIF that names the program that wrote the file.

    Parameters
    ----------
    block
        EXIF to extend, or None to make a new one.
    software
        Name and version.

    Returns
    -------
    bytes
        The block with a new first directory at its end; every other offset stays what it was.
    """
    entry = ifd.text_entry(SOFTWARE, software)
    if block is None:
        return b"II*\0" + struct.pack("<I", 8) + ifd.pack([entry], 8)
    order, offset = ifd.header(block)
    entries = ifd.read(block, order, offset).entries
    kept = [item for item in entries if item.data and item.tag != SOFTWARE]
    base = len(block) + len(block) % 2
    out = bytearray(block.ljust(base, b"\0"))
    out[4:8] = struct.pack(f"{order}I", base)
    return bytes(out) + ifd.pack([*kept, entry], base, order)


def from_tiff(buffer: ifd.Buffer) -> bytes | None:
    """EXIF block of a classic TIFF file, rebuilt from its directories.

    Makers' notes are left out: their offsets would point nowhere.

    Returns
    -------
    bytes or None
        None when the file says nothing about the photo.
    """
    try:
        order, offset = ifd.header(buffer)
        first = ifd.read(buffer, order, offset)
    except ifd.DirectoryError:
        return None
    about = [entry for entry in first.entries if entry.tag in {*_ABOUT_THE_PHOTO, ORIENTATION}]
    inner = _pointed(buffer, order, first)
    if not about and not inner:
        return None
    return b"II*\0" + struct.pack("<I", 8) + pack_tree(about, inner, 8)


def to_tiff(block: bytes) -> tuple[list[ifd.Entry], dict[int, list[ifd.Entry]]]:
    """Entries of an EXIF block for a TIFF's own directories.

    Returns
    -------
    tuple
        Entries for the first directory, and those of the EXIF and GPS directories by pointer tag.
    """
    order, offset = ifd.header(block)
    first = ifd.read(block, order, offset)
    about = [entry for entry in first.entries if entry.tag in _ABOUT_THE_PHOTO and entry.data]
    return about, _pointed(block, order, first)


def pack_tree(first: list[ifd.Entry], inner: dict[int, list[ifd.Entry]], base: int) -> bytes:
    """Bytes of a directory at `base` with the directories it points to behind it."""
    blank = [ifd.Entry(tag, ifd.LONG, 1, b"\0\0\0\0") for tag in inner]
    at = base + _even(len(ifd.pack([*first, *blank], base)))
    pointers, tail = [], b""
    for tag, entries in inner.items():
        pointers.append(ifd.Entry(tag, ifd.LONG, 1, struct.pack("<I", at + len(tail))))
        packed = ifd.pack(entries, at + len(tail))
        tail += packed.ljust(_even(len(packed)), b"\0")
    head = ifd.pack([*first, *pointers], base)
    return head.ljust(_even(len(head)), b"\0") + tail


def _even(length: int) -> int:
    return length + length % 2


def _pointed(buffer: ifd.Buffer, order: str, first: ifd.Directory) -> dict[int, list[ifd.Entry]]:
    found = {}
    for tag in (EXIF_POINTER, GPS_POINTER):
        where = _offset(first, tag)
        if where is None:
            continue
        try:
            directory = ifd.read(buffer, order, where)
        except ifd.DirectoryError:
            continue
        # 0xA005 points to yet another directory (Interoperability) that nobody misses.
        kept = [e for e in directory.entries if e.data and e.tag not in (_MAKER_NOTE, 0xA005)]
        if kept:
            found[tag] = kept
    return found


def _exif_directory(block: bytes, order: str, first: ifd.Directory) -> ifd.Directory:
    where = _offset(first, EXIF_POINTER)
    if where is None:
        return ifd.Directory((), 0, 0)
    try:
        return ifd.read(block, order, where)
    except ifd.DirectoryError:
        return ifd.Directory((), 0, 0)


def _orientation(directory: ifd.Directory) -> int:
    value = _number(directory, ORIENTATION)
    return int(value) if value is not None and value in range(1, 9) else 1


def _number(directory: ifd.Directory, tag: int) -> float | None:
    entry = directory.get(tag)
    values = entry.numbers() if entry else ()
    return values[0] if values else None


def _offset(directory: ifd.Directory, tag: int) -> int | None:
    entry = directory.get(tag)
    if entry is None or entry.type not in (ifd.SHORT, ifd.LONG, ifd.IFD):
        return None
    values = entry.numbers()
    return int(values[0]) if values else None


def _positive(value: float | None) -> float | None:
    return value if value is not None and 0 < value < float("inf") else None


def _drop_thumbnail(out: bytearray, block: bytes, order: str, offset: int) -> None:
    try:
        second = ifd.read(block, order, offset)
    except ifd.DirectoryError:
        return
    start, length = _offset(second, _THUMBNAIL_AT), _offset(second, _THUMBNAIL_LENGTH)
    if start is None or length is None or start < 8 or start + length > len(out):
        return
    if start + length >= len(out) - 2:
        del out[start:]
    else:
        out[start : start + length] = bytes(length)
