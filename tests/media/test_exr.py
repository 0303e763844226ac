"""OpenEXR pictures: light in, light out, whatever the photo's own encoding is."""

from __future__ import annotations

import numpy as np
import OpenEXR
import pytest

from blurstudio.errors import PhotoError
from blurstudio.media import colour
from blurstudio.media.photo import Photo, open_photo
from blurstudio.media.stills import SOFTWARE, write_still
from tests.provenance import read_provenance


def channels_of(path):
    with OpenEXR.File(str(path), separate_channels=True) as file:
        return {name: np.array(item.pixels) for name, item in file.channels().items()}


def header_of(path):
    with OpenEXR.File(str(path), header_only=True) as file:
        return dict(file.header())


def write_channels(path, **channels):
    OpenEXR.File({}, channels).write(str(path))
    return path


@pytest.fixture
def colours():
    """Colours that are neither black nor white."""
    return np.random.default_rng(3).uniform(0.1, 0.9, (12, 18, 3)).astype(np.float32)


def light_of(encoded):
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def test_it_is_read_as_light_with_alpha_taken_out_of_the_colours(tmp_path):
    half = np.full((4, 6), 0.5, np.float32)
    path = write_channels(tmp_path / "p.exr", R=half, G=half / 2, B=half * 4, A=half)
    photo = open_photo(path)
    assert photo.scale == 4.0
    assert np.allclose(photo.pixels * photo.scale, (1.0, 0.5, 4.0))
    assert np.allclose(photo.alpha, 0.5)
    assert photo.icc_profile == colour.linear_profile()
    assert photo.bit_depth == 32


def test_one_channel_of_light_is_a_grey_photo(tmp_path):
    photo = open_photo(write_channels(tmp_path / "p.exr", Y=np.full((4, 6), 0.25, np.float16)))
    assert photo.grey
    assert np.allclose(photo.pixels, 0.25)


def test_channels_without_colours_are_named(tmp_path):
    path = write_channels(tmp_path / "p.exr", Z=np.ones((4, 6), np.float32))
    with pytest.raises(PhotoError, match="holds the channels Z and no R, G, B"):
        open_photo(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.999])
def test_a_file_that_is_cut_off_gives_one_sentence_and_nothing_else(
    tmp_path, colours, capfd, share
):
    whole = write_channels(tmp_path / "whole.exr", RGB=np.tile(colours, (20, 20, 1)))
    data = whole.read_bytes()
    path = tmp_path / "cut.exr"
    path.write_bytes(data[: round(share * len(data))])
    with pytest.raises(PhotoError, match=r"cut off or damaged \(OpenEXR\); copy it again"):
        open_photo(path)
    assert len(capfd.readouterr().err.splitlines()) <= 2


def test_bytes_that_only_begin_like_one_are_refused(tmp_path):
    path = tmp_path / "p.exr"
    path.write_bytes(b"\x76\x2f\x31\x01" + bytes(60))
    with pytest.raises(PhotoError, match="cut off or damaged"):
        open_photo(path)


def test_an_srgb_picture_is_written_as_light(tmp_path, colours):
    write_still(tmp_path / "p.exr", colours, None, 32)
    stored = channels_of(tmp_path / "p.exr")
    assert {*stored} == {"R", "G", "B"}
    assert all(channel.dtype == np.float32 for channel in stored.values())
    for index, name in enumerate("RGB"):
        np.testing.assert_allclose(stored[name], light_of(colours[..., index]), atol=2e-4)


def test_less_than_32_bits_are_floats_of_16(tmp_path, colours):
    for depth in (8, 16):
        write_still(tmp_path / f"{depth}.exr", colours, None, depth)
        stored = channels_of(tmp_path / f"{depth}.exr")
        assert {channel.dtype for channel in stored.values()} == {np.dtype(np.float16)}
        np.testing.assert_allclose(stored["G"], light_of(colours[..., 1]), atol=1e-3)


def test_colours_go_through_the_photos_own_profile(tmp_path, colours, wide_profile):
    photo = Photo(None, colours, 16, icc_profile=wide_profile)
    write_still(tmp_path / "p.exr", colours, photo, 32)
    back = open_photo(tmp_path / "p.exr")
    shown = colour.to_srgb(back.pixels * back.scale, back.icc_profile)
    # Colours that sRGB can't mix have no place on either side.
    np.testing.assert_allclose(shown, colour.to_srgb(colours, wide_profile), atol=0.01)


def test_light_stays_as_it_is_and_as_bright_as_the_file_had_it(tmp_path, colours):
    read = open_photo(write_channels(tmp_path / "p.exr", RGB=6 * colours))
    write_still(tmp_path / "q.exr", read.pixels, read, 32)
    stored = channels_of(tmp_path / "q.exr")
    np.testing.assert_allclose(stored["B"], 6 * colours[..., 2], rtol=1e-5)


def test_colours_are_stored_multiplied_by_alpha_and_read_without(tmp_path, colours):
    alpha = np.linspace(0.1, 1, 12 * 18, dtype=np.float32).reshape(12, 18)
    photo = Photo(None, colours, icc_profile=colour.linear_profile(), alpha=alpha)
    write_still(tmp_path / "p.exr", colours, photo, 32)
    stored = channels_of(tmp_path / "p.exr")
    np.testing.assert_allclose(stored["R"], colours[..., 0] * alpha, rtol=1e-5)
    back = open_photo(tmp_path / "p.exr")
    np.testing.assert_allclose(back.alpha, alpha)
    np.testing.assert_allclose(back.pixels, colours, rtol=1e-5)


def test_a_grey_photo_gives_one_channel_of_light(tmp_path, grey_profile):
    grey = np.repeat(np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8, 1), 3, axis=2)
    for profile in (None, grey_profile):
        photo = Photo(None, grey, icc_profile=profile, grey=True)
        write_still(tmp_path / "p.exr", grey, photo, 32)
        stored = channels_of(tmp_path / "p.exr")
        assert {*stored} == {"Y"}
        expected = light_of(colour.to_srgb(grey, profile)[..., 0])
        np.testing.assert_allclose(stored["Y"], expected, atol=2e-3)


def test_the_header_says_how_long_the_shutter_was_open_and_how_it_was_made(tmp_path, colours):
    photo = Photo(None, colours, exposure_time=1 / 8)
    write_still(tmp_path / "p.exr", colours, photo, provenance={"model": "motion-1"})
    header = header_of(tmp_path / "p.exr")
    assert header["expTime"] == pytest.approx(1 / 8)
    assert header["software"] == SOFTWARE
    back = open_photo(tmp_path / "p.exr")
    assert read_provenance(back.xmp) == {"Software": SOFTWARE, "model": "motion-1"}


def test_equal_work_gives_equal_files(tmp_path, colours):
    for name in ("a", "b"):
        write_still(tmp_path / f"{name}.exr", colours, provenance={"model": "motion-1"})
    assert (tmp_path / "a.exr").read_bytes() == (tmp_path / "b.exr").read_bytes()
