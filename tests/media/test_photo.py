"""Opening a photo: its pixels, whatever the format, and what its file said about it."""

from __future__ import annotations

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from blurstudio.media import colour
from blurstudio.media.photo import open_photo


def save(path, data):
    path.write_bytes(data)
    return path


def levels(photo, bits):
    return np.rint(photo.pixels * (2**bits - 1)).astype(np.int64)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("bits", [8, 16])
def test_png_keeps_every_level_of_every_channel_layout(tmp_path, rgb16, channels, bits):
    stored = np.concatenate([rgb16, rgb16[..., ::-1]], axis=2)[..., :channels]
    stored = np.ascontiguousarray(stored if bits == 16 else stored >> 8)
    stored = stored.astype(np.uint16 if bits == 16 else np.uint8)
    photo = open_photo(save(tmp_path / "p.png", bytes(imagecodecs.png_encode(stored.squeeze()))))
    colours = stored[..., : channels - 1 + channels % 2]
    assert photo.bit_depth == bits
    assert photo.grey == (channels < 3)
    assert photo.pixels.dtype == np.float32
    assert (levels(photo, bits) == np.broadcast_to(colours, (24, 36, 3))).all()
    if channels in (2, 4):
        assert (np.rint(photo.alpha * (2**bits - 1)) == stored[..., -1]).all()
    else:
        assert photo.alpha is None


@pytest.mark.parametrize(
    ("kind", "options", "tolerance"),
    [
        ("JPEG", {"quality": 100, "subsampling": 0}, 4),
        ("JPEG", {"quality": 100, "subsampling": 0, "progressive": True}, 4),
        ("WEBP", {"lossless": True}, 0),
        ("BMP", {}, 0),
        ("PPM", {}, 0),
        ("JPEG2000", {"irreversible": False}, 0),
        ("AVIF", {"quality": 100, "subsampling": "4:4:4"}, 4),
    ],
)
def test_the_extension_counts_for_nothing(tmp_path, rgb8, encode, kind, options, tolerance):
    photo = open_photo(save(tmp_path / "photo.txt", encode(rgb8, kind, **options)))
    assert np.abs(levels(photo, 8) - rgb8).max() <= tolerance


def test_names_with_spaces_and_other_scripts(tmp_path, rgb8, encode):
    photo = open_photo(save(tmp_path / "Straße am Meer 海.png", encode(rgb8, "PNG")))
    assert (levels(photo, 8) == rgb8).all()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 100, "subsampling": 0}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 100, "subsampling": "4:4:4"}),
        ("TIFF", {}),
    ],
)
def test_orientation_is_baked_into_the_pixels_once(
    tmp_path, rgb8, encode, camera_exif, orientation, kind, options
):
    # How the EXIF standard tells where row 0 and column 0 of the stored picture belong.
    upright = {
        1: lambda a: a,
        2: np.fliplr,
        3: lambda a: np.rot90(a, 2),
        4: np.flipud,
        5: lambda a: a.transpose(1, 0, 2),
        6: lambda a: np.rot90(a, -1),
        7: lambda a: np.rot90(a, 2).transpose(1, 0, 2),
        8: lambda a: np.rot90(a, 1),
    }[orientation](rgb8)
    path = tmp_path / "turned"
    if kind == "TIFF":
        tag = [(274, "H", 1, orientation, True)]
        tifffile.imwrite(path, rgb8, photometric="rgb", extratags=tag)
    else:
        save(path, encode(rgb8, kind, exif=camera_exif(orientation), **options))
    photo = open_photo(path)
    assert photo.size == upright.shape[:2]
    assert np.abs(levels(photo, 8) - upright).max() <= (4 if kind in ("JPEG", "AVIF") else 0)
    exif = Image.Exif()
    exif.load(photo.exif)
    assert exif.get(0x0112, 1) == 1


def test_alpha_is_turned_with_the_pixels(tmp_path, rgb8, encode, camera_exif):
    rgba = np.dstack([rgb8, rgb8[..., 1]])
    photo = open_photo(save(tmp_path / "p.png", encode(rgba, "PNG", exif=camera_exif(6))))
    assert (photo.alpha == photo.pixels[..., 1]).all()
    assert photo.size == (36, 24)


def test_exposure_time_focal_lengths_and_profile_are_read(
    tmp_path, rgb8, encode, camera_exif, wide_profile
):
    data = encode(rgb8, "JPEG", exif=camera_exif(), icc_profile=wide_profile)
    photo = open_photo(save(tmp_path / "p.jpg", data))
    assert photo.exposure_time == pytest.approx(1 / 60)
    assert photo.focal_length == 35
    assert photo.focal_length_35mm == 52
    assert photo.icc_profile == wide_profile
    assert photo.notes == ()


def test_the_camera_s_thumbnail_is_dropped(tmp_path, rgb8, encode, camera_exif):
    data = encode(rgb8, "JPEG", exif=camera_exif())
    assert b"THUMBNAIL" in data
    photo = open_photo(save(tmp_path / "p.jpg", data))
    assert b"THUMBNAIL" not in photo.exif
    assert b"Camera Works" in photo.exif
    assert b"maker's own bytes" in photo.exif


def test_xmp_is_kept_and_its_orientation_reset(tmp_path, rgb8, encode):
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6" b="two"/></x:xmpmeta>'
    photo = open_photo(save(tmp_path / "p.webp", encode(rgb8, "WEBP", xmp=packet)))
    assert photo.xmp == packet.replace(b'"6"', b'"1"')


def test_exif_that_can_t_be_understood_is_left_out_with_a_note(tmp_path, rgb8, encode):
    data = encode(rgb8, "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff nonsense")
    photo = open_photo(save(tmp_path / "p.jpg", data))
    assert photo.exif is None
    assert photo.exposure_time is None
    assert any("EXIF" in note for note in photo.notes)


def test_a_profile_that_can_t_be_used_is_left_out_with_a_note(tmp_path, rgb8, encode):
    photo = open_photo(save(tmp_path / "p.png", encode(rgb8, "PNG", icc_profile=b"none" * 50)))
    assert photo.icc_profile is None
    assert any("colour profile" in note for note in photo.notes)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_picture_is_read(tmp_path, encode, kind):
    first, second = (Image.new("RGB", (20, 10), colour) for colour in ("#c82010", "#10c820"))
    data = encode(first, kind, save_all=True, append_images=[second], lossless=True)
    photo = open_photo(save(tmp_path / "animation", data))
    assert (levels(photo, 8) == (0xC8, 0x20, 0x10)).all()
    assert any("animation of 2" in note for note in photo.notes)


def test_a_palette_with_a_transparent_colour(tmp_path, encode):
    image = Image.new("P", (4, 2), 1)
    image.putpalette([0, 0, 0, 200, 30, 30])
    image.putpixel((0, 0), 0)
    photo = open_photo(save(tmp_path / "p.png", encode(image, "PNG", transparency=0)))
    assert photo.alpha[0, 0] == 0
    assert photo.alpha.sum() == 7
    assert (levels(photo, 8)[1, 1] == (200, 30, 30)).all()


def test_cmyk_without_a_profile_is_what_the_inks_let_through(tmp_path, encode):
    image = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    photo = open_photo(save(tmp_path / "p.jpg", encode(image, "JPEG", quality=100)))
    assert np.abs(photo.pixels - (1, 0, 0)).max() < 0.02
    assert photo.icc_profile is None
    assert any("CMYK" in note for note in photo.notes)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_goes_through_its_profile(tmp_path, encode, ink_profile, kind):
    image = Image.new("CMYK", (16, 16), (0, 0, 0, 0))
    photo = open_photo(save(tmp_path / "p", encode(image, kind, icc_profile=ink_profile)))
    assert np.abs(photo.pixels - 0.776).max() < 0.02
    assert photo.icc_profile is None


def tiff(path, pixels, **options):
    tifffile.imwrite(path, pixels, **options)
    return open_photo(path)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"compression": "lzw", "predictor": True},
        {"tile": (16, 16)},
        {"byteorder": ">"},
        {"bigtiff": True},
    ],
)
def test_tiff_of_16_bit_keeps_every_level(tmp_path, rgb16, options):
    photo = tiff(tmp_path / "p.tif", rgb16, photometric="rgb", **options)
    assert photo.bit_depth == 16
    assert (levels(photo, 16) == rgb16).all()


def test_tiff_in_planes(tmp_path, rgb16):
    planes = np.moveaxis(rgb16, 2, 0)
    photo = tiff(tmp_path / "p.tif", planes, photometric="rgb", planarconfig="separate")
    assert (levels(photo, 16) == rgb16).all()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_tiff_of_floats(tmp_path, rgb16, dtype):
    stored = (rgb16 / 65535).astype(dtype)
    photo = tiff(tmp_path / "p.tif", stored, photometric="rgb")
    assert photo.bit_depth == 32
    assert np.array_equal(photo.pixels, stored.astype(np.float32))


def test_tiff_with_white_as_zero_and_with_one_bit(tmp_path, rgb8):
    photo = tiff(tmp_path / "w.tif", rgb8[..., 0], photometric="miniswhite")
    assert (levels(photo, 8)[..., 0] == 255 - rgb8[..., 0]).all()
    mask = rgb8[..., 0] > 100
    assert (tiff(tmp_path / "b.tif", mask, photometric="minisblack").pixels[..., 1] == mask).all()


def test_tiff_with_a_palette(tmp_path, rgb8):
    image = Image.fromarray(rgb8).quantize(32)
    image.save(tmp_path / "p.tif")
    assert (levels(open_photo(tmp_path / "p.tif"), 8) == np.asarray(image.convert("RGB"))).all()


def test_tiff_colours_multiplied_by_alpha_are_divided_again(tmp_path):
    stored = np.zeros((4, 4, 4), np.uint8)
    stored[..., 0], stored[..., 3] = 100, 200
    photo = tiff(tmp_path / "a.tif", stored, photometric="rgb", extrasamples=["assocalpha"])
    assert np.allclose(photo.pixels[..., 0], 0.5)
    assert np.allclose(photo.alpha, 200 / 255)
    plain = tiff(tmp_path / "u.tif", stored, photometric="rgb", extrasamples=["unassalpha"])
    assert np.allclose(plain.pixels[..., 0], 100 / 255)


def test_numbers_that_are_none_are_replaced_and_the_scale_kept_aside(tmp_path):
    stored = np.full((4, 6, 3), 2.0, np.float32)
    stored[0, 0], stored[1, 1], stored[2, 2] = np.nan, np.inf, -1.0
    photo = tiff(tmp_path / "p.tif", stored, photometric="rgb")
    assert photo.scale == 2.0
    assert (photo.pixels[0, 0] == 0).all()
    assert (photo.pixels[1, 1] == 1).all()
    assert (photo.pixels[2, 2] == 0).all()
    assert (photo.pixels[3] == 1).all()
    assert len(photo.notes) == 3


def test_a_picture_of_nothing_but_nan_is_black(tmp_path):
    np.save(tmp_path / "n.npy", np.full((5, 7), np.nan))
    photo = open_photo(tmp_path / "n.npy")
    assert not photo.pixels.any()
    assert photo.size == (5, 7)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_numpy_arrays(tmp_path, rgb16, dtype):
    stored = {np.uint8: rgb16 >> 8, np.uint16: rgb16, np.float32: rgb16 / 65535}[dtype]
    np.save(tmp_path / "p.npy", stored.astype(dtype))
    photo = open_photo(tmp_path / "p.npy")
    assert np.allclose(photo.pixels, rgb16 / 65535, atol=1 / 255)


def test_radiance_pictures_are_linear_and_say_so(tmp_path):
    stored = np.linspace(0, 4, 20 * 10 * 3, dtype=np.float32).reshape(10, 20, 3)
    path = save(tmp_path / "p.hdr", bytes(imagecodecs.rgbe_encode(stored)))
    photo = open_photo(path)
    assert photo.icc_profile == colour.linear_profile()
    assert np.abs(photo.pixels * photo.scale - stored).max() < 0.04
