"""Camera RAW: light through a mosaic comes back as it was, upright, with what the camera wrote."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from blurstudio.errors import PhotoError
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.media import containers, exif
from blurstudio.media.photo import open_photo
from tests.dng import write_dng


@pytest.fixture
def light():
    """A slope of each colour, (64, 96, 3)."""
    y, x = np.mgrid[0:64, 0:96]
    return np.stack([0.1 + x / 200, 0.1 + y / 200, 0.3 - x / 500], axis=-1)


def light_of(photo):
    import torch

    return srgb_to_linear(torch.from_numpy(photo.pixels)).numpy()


def test_light_comes_back_as_it_was(tmp_path, light):
    photo = open_photo(write_dng(tmp_path / "p.dng", light))
    assert (photo.size, photo.bit_depth, photo.icc_profile) == ((64, 96), 16, None)
    inner = (slice(6, -6), slice(6, -6))
    assert np.abs(light_of(photo)[inner] - light[inner]).max() < 0.01
    assert "developed plainly" in photo.notes[0]


def test_a_dark_photo_is_not_brightened(tmp_path, light):
    photo = open_photo(write_dng(tmp_path / "p.dng", light / 20))
    inner = (slice(6, -6), slice(6, -6))
    assert np.abs(light_of(photo)[inner] - light[inner] / 20).max() < 0.001


def test_it_stands_upright_once(tmp_path, light):
    upright = open_photo(write_dng(tmp_path / "p.dng", light))
    turned = open_photo(write_dng(tmp_path / "q.dng", light, orientation=6))
    assert turned.size == (96, 64)
    inner = (slice(6, -6), slice(6, -6))
    assert np.abs(np.rot90(upright.pixels, 3) - turned.pixels)[inner].max() < 0.02


def test_what_the_camera_wrote_goes_along(tmp_path, light, camera_exif):
    path = write_dng(tmp_path / "p.dng", light, orientation=6)
    block = exif.without_prefix(camera_exif(6))
    containers.into_tiff(path, containers.Metadata("Camera", block, b""))
    photo = open_photo(path)
    assert photo.size == (96, 64)
    assert photo.exposure_time == pytest.approx(1 / 60)
    assert photo.focal_length == 35
    assert exif.read_facts(photo.exif).orientation == 1


@pytest.mark.parametrize(
    ("seconds", "millimetres"), [(1 / 60, 35.0), (30.0, 0.0), (0.0, 4.25), (1e-9, 1e12)]
)
def test_what_libraw_tells_becomes_exif(seconds, millimetres):
    facts = exif.read_facts(exif.made(seconds, millimetres))
    if seconds > 1e-6:
        assert facts.exposure_time == pytest.approx(seconds, rel=1e-3)
    if 0 < millimetres < 1e9:
        assert facts.focal_length == pytest.approx(millimetres)


def test_nothing_told_is_no_exif():
    assert exif.made(0.0, 0.0) is None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_that_is_cut_off_gives_a_sentence(tmp_path, light, share):
    data = write_dng(tmp_path / "p.dng", light).read_bytes()
    path = tmp_path / "cut.dng"
    path.write_bytes(data[: round(share * len(data))])
    with pytest.raises(PhotoError, match="copy it again"):
        open_photo(path)


def test_without_the_package_a_sentence_names_it(tmp_path, light, monkeypatch):
    path = write_dng(tmp_path / "p.dng", light)
    monkeypatch.setitem(sys.modules, "rawpy", None)
    with pytest.raises(PhotoError, match="pip install rawpy"):
        open_photo(path)
