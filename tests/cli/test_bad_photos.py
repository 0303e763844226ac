"""Unusual and broken photos: what can be read sensibly is read, the rest is one sentence."""

from __future__ import annotations

import struct
import zlib

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.cli.conftest import picture


def png_header(width: int, height: int) -> bytes:
    """A PNG whose header promises a picture and holds none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def encoded(suffix: str, image: np.ndarray | None = None) -> bytes:
    return cv2.imencode(suffix, picture() if image is None else image)[1].tobytes()


def rgb() -> Image.Image:
    return Image.fromarray(picture()[:, :, ::-1])


def floats() -> np.ndarray:
    pixels = picture().astype(np.float32) / 255
    pixels[3, 4] = np.nan
    pixels[5, 6] = np.inf
    return pixels


def with_unknown_exif(path) -> None:
    exif = Image.Exif()
    exif[0x9C9B] = "title".encode("utf-16le")
    exif[0xC4FF] = b"\x01\x02\x03"
    rgb().save(path, exif=exif)


def animated(path) -> None:
    rgb().save(path, save_all=True, append_images=[Image.new("RGB", (96, 72), "red")])


BROKEN = {
    "empty.jpg": b"",
    "truncated.jpg": encoded(".jpg")[:200],
    "half.jpg": encoded(".jpg")[: len(encoded(".jpg")) // 2],
    "truncated.png": encoded(".png")[:200],
    "text.jpg": b"I am a letter, not a picture.\n",
    "film.mp4": b"\0\0\0\x18ftypisom\0\0\0\0isomiso2",
    "huge.png": png_header(20_000, 10_001),
    "endless.png": png_header(2_000_000, 2),
}

READABLE = {
    "a png by mistake.jpg": lambda path: path.write_bytes(encoded(".png")),
    "without suffix": lambda path: path.write_bytes(encoded(".jpg")),
    "one pixel.png": lambda path: path.write_bytes(encoded(".png", picture(1, 1))),
    "a line.png": lambda path: path.write_bytes(encoded(".png", picture(1, 20_000))),
    "a column.png": lambda path: path.write_bytes(encoded(".png", picture(5_000, 1))),
    "cmyk.jpg": lambda path: rgb().convert("CMYK").save(path),
    "palette.png": lambda path: rgb().quantize(16).save(path),
    "alpha.png": lambda path: rgb().convert("RGBA").save(path),
    "grey.png": lambda path: rgb().convert("L").save(path),
    "floats.tif": lambda path: tifffile.imwrite(path, floats(), photometric="rgb"),
    "animated.gif": animated,
    "unknown exif.jpg": with_unknown_exif,
}

SIZES = {"one pixel.png": (1, 1), "a line.png": (1, 20_000), "a column.png": (5_000, 1)}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_cannot_be_read_is_one_sentence_and_leaves_nothing(process, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    outcome = process(path)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert name in outcome.err
    assert not outcome.out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", sorted(READABLE))
def test_what_can_be_read_sensibly_is_read(process, tmp_path, name):
    path = tmp_path / name
    READABLE[name](path)
    outcome = process(path)
    assert outcome.code == 0, outcome.err
    sharp = cv2.imread(str(tmp_path / "out" / name / "sharp.png"), cv2.IMREAD_UNCHANGED)
    assert sharp.shape[:2] == SIZES.get(name, (72, 96))


def test_a_missing_photo_is_one_sentence(process, tmp_path):
    outcome = process(tmp_path / "nowhere.jpg")
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert "nowhere.jpg" in outcome.err


def test_a_folder_that_cannot_be_read_is_one_sentence(process, tmp_path, monkeypatch):
    def forbidden(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.scandir", forbidden)
    outcome = process(tmp_path)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert "Permission denied" in outcome.err
