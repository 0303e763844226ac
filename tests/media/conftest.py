"""Made-up pictures and files: every byte of them is made here or in the test."""

from __future__ import annotations

import io
import itertools
import struct
import zlib

import imagecodecs
import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational


@pytest.fixture
def rgb16():
    """A (24, 36, 3) picture of 16 bit in which every value is another."""
    return np.random.default_rng(5).permutation(24 * 36 * 3).reshape(24, 36, 3).astype(
        np.uint16
    ) * np.uint16(25)


@pytest.fixture
def rgb8(rgb16):
    return (rgb16 >> 8).astype(np.uint8)


@pytest.fixture(scope="session")
def wide_profile():
    """A profile with a gamut wider than sRGB's and another curve."""
    return bytes(imagecodecs.cms_profile("adobergb"))


@pytest.fixture(scope="session")
def grey_profile():
    return bytes(imagecodecs.cms_profile("gray", whitepoint=[0.3127, 0.3290, 1.0], gamma=1.8))


@pytest.fixture(scope="session")
def ink_profile():
    """A CMYK profile with a table of its own: paper of lightness 80, ink that darkens it."""
    lightness = [0.8 * (1 - 0.3 * (c + m + y) / 3) * (1 - k) for c, m, y, k in _corners()]
    table = b"".join(
        bytes((round(255 * light), 128 - 60 * c * (1 - k), 128 - 60 * c * (1 - k)))
        for light, (c, m, y, k) in zip(lightness, _corners(), strict=True)
    )
    straight = bytes(range(256))
    identity = struct.pack(">9i", *(65536 if i in (0, 4, 8) else 0 for i in range(9)))
    lut = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + straight * 4 + table + straight * 3
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    text = b"text" + bytes(4) + b"made up\0"
    tags = {b"A2B0": lut, b"wtpt": white, b"cprt": text, b"desc": text}
    directory, heap = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        at = 132 + 12 * len(tags) + len(heap)
        directory += name + struct.pack(">II", at, len(body))
        heap += body + bytes(-len(body) % 4)
    head = bytearray(128)
    head[:4] = struct.pack(">I", 128 + len(directory) + len(heap))
    head[8:24] = b"\x02\x20\0\0prtrCMYKLab "
    head[36:40] = b"acsp"
    head[68:80] = struct.pack(">3i", 63190, 65536, 54061)
    return bytes(head) + directory + heap


def _corners():
    return list(itertools.product((0, 1), repeat=4))


@pytest.fixture
def encode():
    """Encode an array or Pillow image to bytes of any of Pillow's formats."""

    def encoded(picture, kind, **options):
        image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
        buffer = io.BytesIO()
        image.save(buffer, kind, **options)
        return buffer.getvalue()

    return encoded


@pytest.fixture
def camera_exif():
    """EXIF as a camera writes it: 1/60 s at 35 mm (52 mm equivalent), a thumbnail, a GPS place."""

    def made(orientation=1):
        exif = Image.Exif()
        exif[0x010F] = "Camera Works"
        exif[0x0112] = orientation
        exif[0x8769] = {
            0x829A: IFDRational(1, 60),
            0x920A: IFDRational(35, 1),
            0xA405: 52,
            0x927C: b"maker's own bytes",
        }
        exif[0x8825] = {1: "N", 2: (48.0, 8.0, 14.0)}
        return with_thumbnail(exif.tobytes())

    return made


def with_thumbnail(block: bytes) -> bytes:
    """Hang a second directory with a thumbnail on the first of a block that Pillow made."""
    prefix, tiff = block[:6], bytearray(block[6:])
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[first : first + 2])
    end = first + 2 + 12 * count
    second = len(tiff)
    tiff[end : end + 4] = struct.pack(f"{order}I", second)
    picture = b"\xff\xd8THUMBNAIL\xff\xd9"
    at = second + 2 + 24 + 4
    tiff += struct.pack(f"{order}H", 2)
    tiff += struct.pack(f"{order}HHII", 0x0201, 4, 1, at)
    tiff += struct.pack(f"{order}HHII", 0x0202, 4, 1, len(picture))
    tiff += b"\0\0\0\0" + picture
    return prefix + bytes(tiff)


@pytest.fixture
def png_that_claims():
    """A PNG's header for a size, and nothing behind it."""

    def made(width, height):
        body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + struct.pack(">I", 13)
            + body
            + struct.pack(">I", zlib.crc32(body))
        )

    return made
