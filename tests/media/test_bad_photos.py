"""What can't be read ends in one sentence that names the file, the fault and what to do."""

from __future__ import annotations

import os
import struct
import tracemalloc
from contextlib import suppress

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blurstudio.errors import PhotoError
from blurstudio.media.photo import open_photo


def refusal(path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(PhotoError) as caught:
        open_photo(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert ";" in sentence, "a sentence says what to do"
    assert "\n" not in sentence
    return sentence


def saved(folder, data, name="photo.jpg"):
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_missing_file(tmp_path):
    assert "does not exist" in refusal(tmp_path / "nowhere.jpg")


def test_a_folder(tmp_path):
    assert "is a folder" in refusal(tmp_path)


def test_an_empty_file(tmp_path):
    assert "is empty" in refusal(saved(tmp_path, b""))


def test_a_device(tmp_path):
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    assert "is a device" in refusal(pipe)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    # Permissions alone don't stop the tests where they run as root.
    def refuse(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    path = saved(tmp_path, b"\xff\xd8\xff")
    monkeypatch.setattr(type(path), "open", refuse)
    assert "may not be read" in refusal(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dear diary, today", "not a photo"),
        ("Grüße aus 東京".encode(), "not a photo"),
        (bytes(range(256)) * 4, "not a photo"),
        (b"%PDF-1.7 \0", "PDF"),
        (b"PK\x03\x04" + bytes(40), "archive"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(40), "video"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40), "HEIC"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom" + bytes(40), "camera RAW"),
        (b"FUJIFILMCCD-RAW 0201" + bytes(40), "camera RAW"),
    ],
)
def test_files_of_other_kinds_under_a_photo_s_name(tmp_path, data, words):
    assert words in refusal(saved(tmp_path, data))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "PPM", "AVIF", "JPEG2000"])
def test_files_that_are_cut_off(tmp_path, rgb8, encode, kind, share):
    data = encode(rgb8, kind)
    assert "cut off" in refusal(saved(tmp_path, data[: int(share * len(data))]))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_sixteen_bit_files_that_are_cut_off(tmp_path, rgb16, share):
    data = bytes(imagecodecs.png_encode(rgb16))
    assert "cut off" in refusal(saved(tmp_path, data[: int(share * len(data))]))
    tifffile.imwrite(tmp_path / "p.tif", rgb16, photometric="rgb")
    data = (tmp_path / "p.tif").read_bytes()
    assert "cut off" in refusal(saved(tmp_path, data[: int(share * len(data))]))
    np.save(tmp_path / "p.npy", rgb16)
    data = (tmp_path / "p.npy").read_bytes()
    assert "cut off" in refusal(saved(tmp_path, data[: int(share * len(data))]))


def huge_jpeg(encode, rgb8):
    data = encode(rgb8, "JPEG")
    frame = data.index(b"\xff\xc0")
    return data[: frame + 5] + struct.pack(">HH", 60000, 60000) + data[frame + 9 :]


def huge_tiff(folder, rgb8):
    path = folder / "huge.tif"
    tifffile.imwrite(path, rgb8, photometric="rgb")
    with tifffile.TiffFile(path, mode="r+") as file:
        for name in ("ImageWidth", "ImageLength"):
            file.pages[0].tags[name].overwrite(60000)
    return path.read_bytes()


def huge_webp():
    side = (16383 - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + side + side
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def huge_npy():
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (60000, 60000, 3), }"
    header = header.ljust(117) + b"\n"
    return b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header


def test_a_size_beyond_200_megapixels_is_refused_from_the_header(
    tmp_path, rgb8, encode, png_that_claims
):
    gif = b"GIF89a" + struct.pack("<HH", 60000, 60000) + bytes(20)
    bmp = b"BM" + bytes(12) + struct.pack("<Iii", 40, 60000, 60000) + bytes(28)
    claims = [
        png_that_claims(60000, 50000),
        huge_jpeg(encode, rgb8),
        huge_tiff(tmp_path, rgb8),
        huge_webp(),
        gif,
        bmp,
        b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 60000 +X 60000\n" + bytes(40),
    ]
    for number, data in enumerate(claims):
        path = saved(tmp_path, data, f"huge{number}")
        tracemalloc.start()
        sentence = refusal(path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert "limit of 200 megapixels" in sentence
        assert peak < 20e6


def test_an_array_that_claims_more_than_its_file_holds(tmp_path):
    assert "cut off" in refusal(saved(tmp_path, huge_npy(), "p.npy"))


def test_a_size_of_zero(tmp_path, png_that_claims):
    assert "0 x 7" in refusal(saved(tmp_path, png_that_claims(0, 7)))


@pytest.mark.parametrize("shape", [(1, 1), (1, 20000), (20000, 1)])
def test_odd_sizes_are_read(tmp_path, shape):
    data = imagecodecs.png_encode(np.full((*shape, 3), 7, np.uint8))
    photo = open_photo(saved(tmp_path, bytes(data)))
    assert photo.size == shape
    assert np.allclose(photo.pixels, 7 / 255)


def test_arrays_that_hold_no_picture(tmp_path):
    for stored in (np.zeros((3, 3, 3, 3)), np.zeros((4, 4), np.int64), np.zeros((0, 4), np.uint8)):
        np.save(tmp_path / "p.npy", stored)
        refusal(tmp_path / "p.npy")
    np.save(tmp_path / "p.npy", np.array([{}]), allow_pickle=True)
    refusal(tmp_path / "p.npy")


def test_a_damaged_radiance_picture(tmp_path):
    data = bytes(imagecodecs.rgbe_encode(np.ones((20, 20, 3), np.float32)))
    assert "cut off or damaged" in refusal(saved(tmp_path, data[:60]))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_damaged_is_read_or_refused_in_a_sentence(
    tmp_path, rgb16, encode, camera_exif, data
):
    picture = rgb16[:8, :12]
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF", "PNG16", "NPY"]))
    path = tmp_path / "p"
    if kind == "TIFF":
        tifffile.imwrite(path, picture, photometric="rgb", compression="zlib")
    elif kind == "PNG16":
        path.write_bytes(imagecodecs.png_encode(picture))
    elif kind == "NPY":
        with path.open("wb") as file:
            np.save(file, picture)
    else:
        options = {} if kind == "GIF" else {"exif": camera_exif(3)}
        path.write_bytes(encode((picture >> 8).astype(np.uint8), kind, **options))
    whole = bytearray(path.read_bytes())
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)
    ):
        whole[place] = value
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(PhotoError):
        photo = open_photo(path)
        assert photo.pixels.min() >= 0
        assert photo.pixels.max() <= 1
