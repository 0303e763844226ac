"""JPEG files decoded without Pillow: the same pixels, and nothing made up for missing ones."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from blurstudio.errors import PhotoError
from blurstudio.media.jpeg_pixels import jpeg_pixels
from blurstudio.media.photo import open_photo


def noise(mode, height=61, width=83):
    channels = () if mode == "L" else (3,)
    values = np.random.default_rng(5).integers(0, 256, (height, width, *channels), dtype=np.uint8)
    return Image.fromarray(values, mode)


def jpeg(mode="RGB", **how):
    file = io.BytesIO()
    noise(mode).save(file, "JPEG", **{"quality": 90, **how})
    return file.getvalue()


def by_pillow(data):
    return np.asarray(Image.open(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("mode", "how"),
    [
        ("RGB", {}),
        ("RGB", {"subsampling": "4:2:0"}),
        ("RGB", {"progressive": True}),
        ("RGB", {"keep_rgb": True}),
        ("RGB", {"restart_marker_rows": 1}),
        ("L", {}),
        ("L", {"progressive": True}),
    ],
)
def test_the_pixels_are_those_of_pillow(mode, how):
    data = jpeg(mode, **how)
    shape = (61, 83) if mode == "L" else (61, 83, 3)
    np.testing.assert_array_equal(jpeg_pixels(data, shape), by_pillow(data))


def test_a_file_that_is_cut_off_is_not_filled_up():
    data = jpeg()
    assert jpeg_pixels(data[: len(data) // 2], (61, 83, 3)) is None


def test_the_end_of_a_thumbnail_in_the_header_is_not_the_end_of_the_photo():
    """EXIF holds a small JPEG of its own, with the same marks."""
    data = jpeg(exif=b"Exif\0\0" + jpeg("L"))
    half = data[: -len(data) // 4]
    assert jpeg_pixels(half, (61, 83, 3)) is None
    assert jpeg_pixels(data, (61, 83, 3)) is not None


def test_what_follows_the_photo_does_no_harm():
    data = jpeg()
    np.testing.assert_array_equal(jpeg_pixels(data + b"a film", (61, 83, 3)), by_pillow(data))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"no JPEG at all"]
)
def test_what_is_no_whole_file_is_left_to_pillow(data):
    assert jpeg_pixels(data, (61, 83, 3)) is None


def test_another_shape_than_expected_is_left_to_pillow():
    assert jpeg_pixels(jpeg(), (61, 83)) is None


def test_a_photo_that_is_cut_off_is_said_to_be(tmp_path):
    file = tmp_path / "cut.jpg"
    file.write_bytes(jpeg()[:-2000])
    with pytest.raises(PhotoError, match="cut off"):
        open_photo(file)


def test_a_grey_photo_is_read_as_grey(tmp_path):
    file = tmp_path / "grey.jpg"
    file.write_bytes(jpeg("L"))
    assert open_photo(file).grey
