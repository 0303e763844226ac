"""TIFF directories as plain values: the container that EXIF and TIFF share.

Which tags mean what is `exif`'s knowledge; only entries, byte orders and offsets live here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

# Bytes per value and per swapped unit (a rational is two swapped words) of each TIFF type.
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_SWAPS = {3: 2, 4: 4, 5: 4, 8: 2, 9: 4, 10: 4, 11: 4, 12: 8, 13: 4}
ASCII, SHORT, LONG, RATIONAL, IFD = 2, 3, 4, 5, 13


class DirectoryError(ValueError):
    """The bytes are no directory, or point outside themselves."""


class Buffer(Protocol):
    """Anything that is sliced into bytes: bytes, bytearray, mmap."""

    def __len__(self) -> int: ...
    def __getitem__(self, span: slice, /) -> bytes | bytearray: ...


@dataclass(frozen=True)
class Entry:
    """One tag with its values as little-endian bytes."""

    tag: int
    type: int
    count: int
    data: bytes

    def numbers(self) -> tuple[float, ...]:
        """Values of a numeric entry; rationals are divided, one over zero is left out."""
        if self.type in (5, 10):
            words = struct.unpack(f"<{self.count * 2}{'I' if self.type == 5 else 'i'}", self.data)
            pairs = zip(words[::2], words[1::2], strict=True)
            return tuple(top / bottom for top, bottom in pairs if bottom)
        code = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I"}
        if self.type not in code:
            return ()
        return struct.unpack(f"<{self.count}{code[self.type]}", self.data)


@dataclass(frozen=True)
class Directory:
    """Entries of one directory and where it sits in its file."""

    entries: tuple[Entry, ...]
    offset: int
    next_offset: int

    def get(self, tag: int) -> Entry | None:
        """First entry of a tag, or None."""
        return next((entry for entry in self.entries if entry.tag == tag), None)

    def position(self, index: int) -> int:
        """Where the twelve bytes of an entry start, counted as stored."""
        return self.offset + 2 + 12 * index


def text_entry(tag: int, text: str) -> Entry:
    """Entry of an ASCII tag; other letters are written as UTF-8, as most programs do."""
    data = text.encode() + b"\0"
    return Entry(tag, ASCII, len(data), data)


def rational_entry(tag: int, value: float) -> Entry:
    """Entry of one positive number, to a millionth of it or better."""
    share = Fraction(value).limit_denominator(1_000_000)
    if share.numerator == 0 or share.numerator >= 1 << 32:
        share = Fraction(1, 1_000_000) if value < 1 else Fraction((1 << 32) - 1)
    return Entry(tag, RATIONAL, 1, struct.pack("<II", share.numerator, share.denominator))


def header(buffer: Buffer) -> tuple[str, int]:
    """Byte order (``"<"`` or ``">"``) and offset of the first directory.

    Raises
    ------
    DirectoryError
        If the bytes don't start as a classic TIFF does.
    """
    start = bytes(buffer[0:8])
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(start[:4])
    if order is None or len(start) < 8:
        raise DirectoryError("no TIFF header")
    return order, struct.unpack(f"{order}I", start[4:])[0]


def read(buffer: Buffer, order: str, offset: int) -> Directory:
    """Read the directory at an offset; entries that point outside the buffer are left out.

    Raises
    ------
    DirectoryError
        If the directory itself isn't wholly inside the buffer.
    """
    if offset < 8 or offset + 2 > len(buffer):
        raise DirectoryError("directory outside the data")
    (count,) = struct.unpack(f"{order}H", buffer[offset : offset + 2])
    end = offset + 2 + 12 * count
    if end > len(buffer):
        raise DirectoryError("directory cut off")
    entries = []
    for start in range(offset + 2, end, 12):
        raw = bytes(buffer[start : start + 12])
        tag, kind, number = struct.unpack(f"{order}HHI", raw[:8])
        length = _SIZES.get(kind, 0) * number
        data = raw[8 : 8 + length]
        if length > 4:
            (at,) = struct.unpack(f"{order}I", raw[8:])
            data = bytes(buffer[at : at + length])
        usable = kind in _SIZES and len(data) == length
        # An unusable entry keeps its place, so that positions stay those of the file.
        entries.append(Entry(tag, kind, number if usable else 0, data if usable else b""))
        if usable and order == ">":
            entries[-1] = Entry(tag, kind, number, _swapped(data, kind))
    following = bytes(buffer[end : end + 4])
    next_offset = struct.unpack(f"{order}I", following)[0] if len(following) == 4 else 0
    return Directory(tuple(entries), offset, next_offset)


def pack(entries: Sequence[Entry], base: int, order: str = "<") -> bytes:
    """Bytes of a directory that will sit at offset `base`, its values behind it.

    Parameters
    ----------
    entries
        In any order; they are written sorted by tag, as TIFF demands.
    base
        Offset of the directory in its file; even.
    order
        Byte order of the file.
    """
    head = struct.pack(f"{order}H", len(entries))
    heap = b""
    heap_at = base + 2 + 12 * len(entries) + 4
    for entry in sorted(entries, key=lambda item: item.tag):
        data = _swapped(entry.data, entry.type) if order == ">" else entry.data
        field = data.ljust(4, b"\0")
        if len(data) > 4:
            field = struct.pack(f"{order}I", heap_at + len(heap))
            heap += data + b"\0" * (len(data) % 2)
        head += struct.pack(f"{order}HHI", entry.tag, entry.type, entry.count) + field
    return head + b"\0\0\0\0" + heap


def _swapped(data: bytes, kind: int) -> bytes:
    step = _SWAPS.get(kind, 1)
    return b"".join(data[i : i + step][::-1] for i in range(0, len(data), step))
