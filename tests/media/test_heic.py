"""HEIC, the photos of phones: all their bits, upright once, with profile and EXIF."""

from __future__ import annotations

import sys

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from blurstudio.errors import PhotoError
from blurstudio.media import exif
from blurstudio.media.photo import open_photo


@pytest.fixture
def smooth():
    """Pixels that a coder keeps, (64, 96, 3) uint8."""
    y, x = np.mgrid[0:64, 0:96]
    return np.stack([40 + x, 60 + y, 200 - x], axis=-1).astype(np.uint8)


@pytest.fixture
def write(tmp_path, smooth):
    """Write a HEIC of these pixels, or others."""

    def written(pixels=smooth, **told):
        path = tmp_path / "p.heic"
        image = pillow_heif.from_pillow(Image.fromarray(pixels))
        image.save(path, quality=-1, chroma=444, **told)
        return path

    return written


def test_a_photo_of_8_bits(write, smooth):
    photo = open_photo(write())
    assert (photo.size, photo.bit_depth, photo.notes) == ((64, 96), 8, ())
    assert np.abs(photo.pixels - smooth / 255).max() < 0.02


def test_ten_bits_are_read_as_finely_as_they_are_and_white_is_white(tmp_path):
    ramp = np.linspace(0, 65535, 96 * 64).reshape(64, 96).astype(np.uint16)
    stored = np.repeat(ramp[..., None], 3, axis=2)
    image = pillow_heif.from_bytes("RGB;16", (96, 64), stored.tobytes())
    image.save(tmp_path / "p.heic", quality=-1, chroma=444)
    photo = open_photo(tmp_path / "p.heic")
    assert photo.bit_depth == 16
    assert photo.pixels.max() == 1.0
    assert np.abs(photo.pixels - stored / 65535).max() < 0.005
    assert len(np.unique(photo.pixels)) > 600


def test_alpha_is_kept_aside(write, smooth):
    alpha = np.tile(np.linspace(0, 255, 96).astype(np.uint8), (64, 1))
    photo = open_photo(write(np.dstack([smooth, alpha])))
    assert np.abs(photo.alpha - alpha / 255).max() < 0.02


def test_profile_and_exif_go_along(write, camera_exif, wide_profile):
    photo = open_photo(write(exif=camera_exif(1), icc_profile=wide_profile))
    assert photo.exposure_time == pytest.approx(1 / 60)
    assert photo.icc_profile == wide_profile


def test_a_turned_photo_stands_upright_once(tmp_path, smooth, camera_exif):
    path = tmp_path / "p.heic"
    image = pillow_heif.from_pillow(Image.fromarray(smooth))
    image.info["exif"] = camera_exif(6)
    image.save(path, quality=-1, chroma=444)
    photo = open_photo(path)
    assert photo.size == (96, 64)
    assert np.abs(photo.pixels - np.rot90(smooth, 3) / 255).max() < 0.02
    assert exif.read_facts(photo.exif).orientation == 1


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_file_that_is_cut_off_gives_a_sentence(write, tmp_path, share):
    data = write().read_bytes()
    path = tmp_path / "cut.heic"
    path.write_bytes(data[: round(share * len(data))])
    with pytest.raises(PhotoError, match=r"cut off or damaged \(HEIC\); copy it again"):
        open_photo(path)


def test_without_the_package_a_sentence_names_it(write, monkeypatch):
    path = write()
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(PhotoError, match="pip install pillow-heif"):
        open_photo(path)
