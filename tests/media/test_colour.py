"""Colour through a profile: there, back again, and onto a screen."""

from __future__ import annotations

import io
import struct

import imagecodecs
import numpy as np
import pytest
from PIL import Image, ImageCms

from blurstudio.media import colour, shaper
from blurstudio.media.colour import ProfileKind, display_image, from_srgb, profile_kind, to_srgb


@pytest.fixture
def colours():
    """All of sRGB in coarse steps, (27, 27, 3)."""
    steps = np.linspace(0, 1, 9, dtype=np.float32)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    return np.ascontiguousarray(cube.reshape(27, 27, 3))


def gamma_profile(gamma):
    primaries = [0.68, 0.32, 1, 0.265, 0.69, 1, 0.15, 0.06, 1]
    return bytes(
        imagecodecs.cms_profile(
            "rgb", whitepoint=[0.3127, 0.329, 1.0], primaries=primaries, gamma=gamma
        )
    )


@pytest.mark.parametrize("gamma", [1.0, 1.8, 2.2])
def test_colours_within_srgb_come_back_to_a_thousandth(colours, gamma):
    icc = gamma_profile(gamma)
    assert profile_kind(icc) is ProfileKind.RGB
    back = to_srgb(from_srgb(colours, icc), icc)
    assert back.dtype == np.float32
    assert np.abs(back - colours).max() < 1e-3
    stored = from_srgb(colours, icc)
    assert np.abs(from_srgb(to_srgb(stored, icc), icc) - stored).max() < 1e-3


def test_colours_beyond_srgb_are_clipped_and_brought_back_from_the_photo(colours, wide_profile):
    narrowed = to_srgb(colours, wide_profile)
    assert narrowed.min() >= 0
    assert narrowed.max() <= 1
    assert np.abs(from_srgb(narrowed, wide_profile) - colours).max() > 0.1
    restored = from_srgb(narrowed, wide_profile, colours)
    assert np.abs(restored - colours).max() < 1e-6


def test_profiles_with_tables_of_their_own_go_through_the_colour_engine(colours, wide_profile):
    # A curve that goes down in the middle: no table can be inverted over it.
    stepped = bytearray(wide_profile)
    curve = wide_profile.index(b"curv")
    points = [0, 40000, 20000, 65535]
    table = b"curv" + bytes(4) + struct.pack(">I4H", 4, *points)
    end = len(stepped) + (-len(stepped)) % 4
    stepped = stepped.ljust(end, b"\0") + table
    for entry in range(132, 132 + 12 * struct.unpack(">I", wide_profile[128:132])[0], 12):
        name, at, _ = struct.unpack(">4sII", wide_profile[entry : entry + 12])
        if at == curve and name == b"rTRC":
            stepped[entry + 4 : entry + 12] = struct.pack(">II", end, len(table))
    stepped[:4] = struct.pack(">I", len(stepped))
    icc = bytes(stepped)
    assert shaper.shaper_of(icc) is None
    assert shaper.shaper_of(wide_profile) is not None
    exact = np.clip(shaper.through_lcms(colours, icc, colour.srgb_profile()), 0, 1)
    assert np.array_equal(to_srgb(colours, icc), exact)


def test_a_photo_of_another_size_brings_nothing_back(colours, wide_profile):
    narrowed = to_srgb(colours, wide_profile)
    plain = from_srgb(narrowed, wide_profile)
    assert np.array_equal(from_srgb(narrowed, wide_profile, colours[:5]), plain)


def test_srgb_profiles_leave_the_pixels_untouched(colours):
    pillow = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (None, pillow, colour.srgb_profile()):
        assert to_srgb(colours, icc) is colours
        assert from_srgb(colours, icc) is colours


@pytest.mark.parametrize("icc", [b"", b"profile" * 40, colour.srgb_profile()[:300]])
def test_a_damaged_profile_counts_as_srgb(colours, icc):
    assert profile_kind(icc) is ProfileKind.UNUSABLE
    assert to_srgb(colours, icc) is colours


def test_conversion_agrees_with_another_colour_engine(colours, wide_profile):
    eight = np.rint(colours * 255).astype(np.uint8)
    source = ImageCms.ImageCmsProfile(io.BytesIO(wide_profile))
    target = ImageCms.createProfile("sRGB")
    expected = ImageCms.profileToProfile(Image.fromarray(eight), source, target, renderingIntent=1)
    ours = to_srgb((eight / 255).astype(np.float32), wide_profile)
    assert np.abs(np.rint(ours * 255) - np.asarray(expected, dtype=np.int64)).max() <= 1


def test_a_grey_profile_speaks_for_three_equal_channels(grey_profile):
    ramp = np.repeat(np.linspace(0, 1, 50, dtype=np.float32).reshape(5, 10, 1), 3, axis=2)
    shown = to_srgb(ramp, grey_profile)
    assert shown.shape == ramp.shape
    assert np.abs(shown[..., 0] - shown[..., 2]).max() < 1e-3
    # A gamma of 1.8 stored is darker than sRGB's 2.2: middle tones rise on the way to sRGB.
    assert shown[2, 5, 0] > ramp[2, 5, 0] + 0.03
    assert np.abs(from_srgb(shown, grey_profile) - ramp).max() < 1e-3


@pytest.mark.parametrize("gamma", [1.0, 2.2])
def test_the_screen_s_picture_is_the_srgb_one_in_8_bits(colours, gamma):
    icc = gamma_profile(gamma)
    stored = np.rint(from_srgb(colours * 0.8 + 0.1, icc) * 255).astype(np.float32) / 255
    shown = display_image(stored, icc)
    assert shown.dtype == np.uint8
    assert np.abs(shown - np.rint(to_srgb(stored, icc) * 255)).max() <= 1


def test_the_screen_s_picture_survives_values_that_are_none():
    odd = np.array([[[np.nan, -1.0, 2.0]]], dtype=np.float32)
    assert display_image(odd, None).tolist() == [[[0, 0, 255]]]


def test_profiles_of_ours_are_the_same_bytes_every_day():
    assert colour.linear_profile()[24:36] == colour.srgb_profile()[24:36]
    assert profile_kind(colour.linear_profile()) is ProfileKind.RGB
    assert profile_kind(colour.linear_grey_profile()) is ProfileKind.GREY


def test_inks_go_through_their_profile(ink_profile):
    ink = np.zeros((1, 2, 4), np.uint8)
    ink[0, 1] = (0, 0, 0, 255)
    paper, black = colour.cmyk_to_srgb(ink, ink_profile)[0]
    # The profile's paper has a lightness of 80 and no colour; plain inks would leave it white.
    assert np.abs(paper - 0.776).max() < 0.01
    assert np.abs(black).max() < 0.01
    ink[...] = (255, 0, 0, 0)
    red, green, blue = colour.cmyk_to_srgb(ink, ink_profile)[0, 0]
    assert blue > green > red


def test_inks_of_16_bit_are_the_inks_of_8_bit():
    ink = np.random.default_rng(1).integers(0, 256, (6, 7, 4)).astype(np.uint8)
    fine = ink.astype(np.uint16) * np.uint16(257)
    coarse = colour.cmyk_to_srgb(ink, None)
    assert np.abs(colour.cmyk_to_srgb(fine, b"not a profile") - coarse).max() < 1e-6
