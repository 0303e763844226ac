"""Pictures out: every level, the profile, the metadata and alpha of the photo they came from."""

from __future__ import annotations

import errno
import os

import numpy as np
import pytest
import tifffile
from PIL import Image

from blurstudio.errors import ExportError
from blurstudio.media import colour, exif
from blurstudio.media.photo import Photo, open_photo
from blurstudio.media.stills import SOFTWARE, write_still
from tests.provenance import read_provenance

LOSSLESS = [".png", ".tif", ".tiff"]
ALL = [*LOSSLESS, ".jpg", ".jpeg"]


@pytest.fixture
def photo(tmp_path_factory, rgb8, encode, camera_exif, wide_profile):
    """A photo from a camera, turned, with a profile and somebody else's XMP."""
    path = tmp_path_factory.mktemp("photo") / "camera.jpg"
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
    path.write_bytes(
        encode(rgb8, "JPEG", exif=camera_exif(6), icc_profile=wide_profile, xmp=packet)
    )
    return open_photo(path)


def floats(pixels):
    return (pixels / np.iinfo(pixels.dtype).max).astype(np.float32)


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_sixteen_bits_survive_the_round_trip(tmp_path, rgb16, suffix):
    path = tmp_path / f"name with spaces 写真{suffix}"
    write_still(path, floats(rgb16))
    back = open_photo(path)
    assert back.bit_depth == 16
    assert (np.rint(back.pixels * 65535) == rgb16).all()


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_eight_bits_survive_the_round_trip_from_bytes_and_from_floats(tmp_path, rgb8, suffix):
    for pixels in (rgb8, floats(rgb8)):
        write_still(tmp_path / f"p{suffix}", pixels, bit_depth=8)
        back = open_photo(tmp_path / f"p{suffix}")
        assert back.bit_depth == 8
        assert (np.rint(back.pixels * 255) == rgb8).all()


def test_bytes_written_with_16_bits_are_the_same_colours(tmp_path, rgb8):
    write_still(tmp_path / "p.png", rgb8)
    assert np.array_equal(open_photo(tmp_path / "p.png").pixels, floats(rgb8))


def test_jpeg_keeps_the_colours_of_fine_detail(tmp_path):
    stripes = np.zeros((32, 32, 3), np.float32)
    stripes[:, ::2] = (0.8, 0.1, 0.1)
    stripes[:, 1::2] = (0.1, 0.1, 0.8)
    write_still(tmp_path / "p.jpg", stripes)
    with Image.open(tmp_path / "p.jpg") as image:
        assert {sampling[1:3] for sampling in image.layer} == {(1, 1)}
    assert np.abs(open_photo(tmp_path / "p.jpg").pixels - stripes).max() < 0.05


def test_values_that_no_file_holds_are_clipped(tmp_path):
    odd = np.array([[[-1.0, 2.0, np.nan]]], dtype=np.float32)
    write_still(tmp_path / "p.png", odd)
    assert open_photo(tmp_path / "p.png").pixels.tolist() == [[[0.0, 1.0, 0.0]]]


@pytest.mark.parametrize("suffix", ALL)
def test_profile_and_what_the_camera_wrote_go_along(tmp_path, photo, wide_profile, suffix):
    path = tmp_path / f"p{suffix}"
    write_still(path, photo.pixels, photo, provenance={"model": "motion-1"})
    back = open_photo(path)
    assert back.icc_profile == wide_profile
    assert back.exposure_time == pytest.approx(1 / 60)
    assert back.focal_length == 35
    assert back.focal_length_35mm == 52
    assert back.size == photo.size
    assert read_provenance(back.xmp) == {"Software": SOFTWARE, "model": "motion-1"}
    assert back.notes == ()
    with Image.open(path) as image:
        read = image.getexif()
        assert read.get(0x0112, 1) == 1
        assert read[0x0131] == SOFTWARE
        assert read[0x010F] == "Camera Works"
        assert read.get_ifd(0x8825)[1] == "N"
    assert b"THUMBNAIL" not in path.read_bytes()


@pytest.mark.parametrize("suffix", ALL)
def test_another_program_reads_the_profile(tmp_path, photo, wide_profile, suffix):
    write_still(tmp_path / f"p{suffix}", photo.pixels, photo)
    with Image.open(tmp_path / f"p{suffix}") as image:
        image.load()
        assert image.info["icc_profile"] == wide_profile


def test_a_profile_larger_than_one_jpeg_segment(tmp_path, photo, wide_profile):
    large = wide_profile + bytes(150_000)
    large = len(large).to_bytes(4, "big") + large[4:]
    grown = Photo(None, photo.pixels, icc_profile=large)
    write_still(tmp_path / "p.jpg", photo.pixels, grown)
    assert open_photo(tmp_path / "p.jpg").icc_profile == large


def test_metadata_too_large_for_a_jpeg_is_left_out(tmp_path, photo):
    block = exif.with_software(None, "x" * 70_000)
    grown = Photo(None, photo.pixels, exif=block, xmp=None)
    write_still(tmp_path / "p.jpg", photo.pixels, grown, provenance={"long": "y" * 70_000})
    back = open_photo(tmp_path / "p.jpg")
    assert back.xmp is None
    assert back.size == photo.size


@pytest.mark.parametrize("suffix", ALL)
def test_without_a_photo_the_file_is_untagged_and_names_us(tmp_path, rgb8, suffix):
    path = tmp_path / f"p{suffix}"
    write_still(path, rgb8)
    back = open_photo(path)
    assert back.icc_profile is None
    assert back.alpha is None
    assert SOFTWARE.encode() in path.read_bytes()


@pytest.mark.parametrize("suffix", LOSSLESS)
@pytest.mark.parametrize("grey", [False, True])
def test_alpha_is_written_back(tmp_path, rgb16, suffix, grey):
    pixels = np.repeat(floats(rgb16)[..., :1], 3, axis=2) if grey else floats(rgb16)
    alpha = floats(rgb16)[..., 2]
    write_still(tmp_path / f"p{suffix}", pixels, Photo(None, pixels, 16, alpha=alpha, grey=grey))
    back = open_photo(tmp_path / f"p{suffix}")
    assert np.array_equal(back.pixels, pixels)
    assert np.array_equal(back.alpha, alpha)
    assert back.grey == grey


def test_alpha_of_another_size_and_in_a_jpeg_is_left_out(tmp_path, rgb8):
    photo = Photo(None, floats(rgb8), alpha=np.ones((24, 36), np.float32))
    write_still(tmp_path / "p.png", floats(rgb8)[:12], photo)
    write_still(tmp_path / "p.jpg", floats(rgb8), photo)
    assert open_photo(tmp_path / "p.png").alpha is None
    assert open_photo(tmp_path / "p.jpg").alpha is None


@pytest.mark.parametrize("suffix", ALL)
def test_a_grey_photo_gives_a_grey_file_under_its_grey_profile(tmp_path, grey_profile, suffix):
    pixels = np.repeat(np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8, 1), 3, axis=2)
    photo = Photo(None, pixels, icc_profile=grey_profile, grey=True)
    # A network leaves a trace of colour where there was none.
    tinted = np.clip(pixels + np.float32([0.004, 0.0, -0.004]), 0, 1)
    write_still(tmp_path / f"p{suffix}", tinted, photo)
    back = open_photo(tmp_path / f"p{suffix}")
    assert back.grey
    assert back.icc_profile == grey_profile
    assert np.abs(back.pixels - pixels).max() < 0.012


def test_a_coloured_picture_of_a_grey_photo_is_not_under_its_grey_profile(
    tmp_path, rgb8, grey_profile
):
    photo = Photo(None, floats(rgb8), icc_profile=grey_profile, grey=True)
    write_still(tmp_path / "flow.png", rgb8, photo, bit_depth=8)
    back = open_photo(tmp_path / "flow.png")
    assert not back.grey
    assert back.icc_profile is None
    assert (np.rint(back.pixels * 255) == rgb8).all()


def test_equal_work_gives_equal_files(tmp_path, photo):
    for suffix in ALL:
        write_still(tmp_path / f"a{suffix}", photo.pixels, photo)
        write_still(tmp_path / f"b{suffix}", photo.pixels, photo)
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_a_tiff_of_ours_is_a_plain_one(tmp_path, photo):
    write_still(tmp_path / "p.tif", photo.pixels, photo)
    with tifffile.TiffFile(tmp_path / "p.tif") as file:
        assert len(file.pages) == 1
        tags = [tag.code for tag in file.pages[0].tags]
        assert tags == sorted(tags)
        assert file.pages[0].tags["ExifTag"].value["ExposureTime"] == (1, 60)


def test_an_unknown_ending(tmp_path, rgb8):
    with pytest.raises(ExportError, match=r"use \.png"):
        write_still(tmp_path / "p.psd", rgb8)
    assert list(tmp_path.iterdir()) == []


def test_a_picture_too_large_for_jpeg(tmp_path):
    with pytest.raises(ExportError, match="too large for JPEG"):
        write_still(tmp_path / "p.jpg", np.zeros((1, 70_000, 3), np.uint8))


@pytest.mark.parametrize(
    "pixels", [np.zeros((4, 4)), np.zeros((4, 4, 4)), np.zeros((4, 4, 3), int)]
)
def test_pixels_of_another_shape_or_type_are_a_mistake_of_the_program(tmp_path, pixels):
    with pytest.raises(ValueError, match="pixels must be"):
        write_still(tmp_path / "p.png", pixels)
    with pytest.raises(ValueError, match="bit_depth"):
        write_still(tmp_path / "p.png", np.zeros((4, 4, 3), np.uint8), bit_depth=12)


@pytest.mark.parametrize("suffix", ALL)
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, rgb8, suffix, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / f"p{suffix}"
    write_still(target, rgb8)
    before = target.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="disk is full"):
        write_still(target, 255 - rgb8)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_linear_pictures_stay_linear(tmp_path, rgb16):
    photo = Photo(None, floats(rgb16), 32, icc_profile=colour.linear_profile(), scale=4.0)
    write_still(tmp_path / "p.tif", photo.pixels, photo)
    assert open_photo(tmp_path / "p.tif").icc_profile == colour.linear_profile()


@pytest.mark.parametrize("grey", [False, True])
def test_floats_survive_the_round_trip_beyond_white_too(tmp_path, grey):
    pixels = np.random.default_rng(1).random((9, 14, 3)).astype(np.float32) * 1.5
    if grey:
        pixels = np.repeat(pixels[..., :1], 3, axis=2)
    write_still(tmp_path / "f.tif", pixels, Photo(None, pixels, grey=grey), 32)
    stored = tifffile.imread(tmp_path / "f.tif")
    assert stored.dtype == np.float32
    np.testing.assert_allclose(stored, pixels[..., 0] if grey else pixels, rtol=1e-6)
    assert open_photo(tmp_path / "f.tif").bit_depth == 32


def test_floats_keep_their_alpha_and_no_value_that_is_none(tmp_path):
    pixels = np.full((4, 5, 3), np.nan, np.float32)
    alpha = np.linspace(0, 1, 20, dtype=np.float32).reshape(4, 5)
    write_still(tmp_path / "f.tif", pixels, Photo(None, pixels, alpha=alpha), 32)
    stored = tifffile.imread(tmp_path / "f.tif")
    assert not stored[..., :3].any()
    assert np.array_equal(stored[..., 3], alpha)


def test_a_png_can_not_hold_floats(tmp_path, rgb8):
    with pytest.raises(ExportError, match=r"can't hold floats; use \.tif"):
        write_still(tmp_path / "f.png", rgb8, None, 32)
    assert not [*tmp_path.iterdir()]


def test_a_jpeg_is_smaller_the_lower_its_quality(tmp_path, rgb8):
    for quality in (20, 60, 95):
        write_still(tmp_path / f"{quality}.jpg", rgb8, quality=quality)
    sizes = [(tmp_path / f"{quality}.jpg").stat().st_size for quality in (20, 60, 95)]
    assert sizes == sorted(sizes)
    with pytest.raises(ValueError, match="1 to 100"):
        write_still(tmp_path / "0.jpg", rgb8, quality=0)
