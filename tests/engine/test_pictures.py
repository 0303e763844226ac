"""Between photo and networks: the way there and back, highlights, reduction."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch

from blurstudio.engine.pictures import (
    bands,
    from_network,
    reduced_photo,
    resize_picture,
    to_network,
    white_level,
)
from blurstudio.media.colour import linear_profile, to_srgb
from tests.engine.conftest import photo_of, waves


def test_the_way_there_and_back_changes_nothing():
    photo = photo_of(waves(40, 60))
    seen = to_network(photo, photo.pixels)
    assert seen.shape == (3, 40, 60)
    np.testing.assert_array_equal(from_network(photo, seen), photo.pixels)


def test_a_photo_in_another_encoding_is_seen_in_srgb_and_comes_back():
    photo = photo_of(waves(40, 60), icc_profile=linear_profile())
    seen = to_network(photo, photo.pixels)
    expected = to_srgb(photo.pixels, photo.icc_profile)
    np.testing.assert_allclose(seen.permute(1, 2, 0).numpy(), expected, atol=1e-6)
    np.testing.assert_allclose(from_network(photo, seen), photo.pixels, atol=2e-3)


def test_bands_cover_the_rows_of_large_pictures_once():
    for size in ((5000, 6000), (1, 20000), (70000, 1), (3, 3)):
        rows = list(bands(size))
        assert rows[0].start == 0
        assert rows[-1].stop == size[0]
        assert all(a.stop == b.start for a, b in pairwise(rows))


def test_highlights_of_a_float_photo_are_kept_aside_and_put_back():
    stored = waves(50, 50) * 0.8
    stored[10:12, 10:13] = 20
    photo = photo_of(stored / 20, scale=20.0, bit_depth=32)
    white = white_level(photo)
    assert white == pytest.approx(1 / 20)
    seen = to_network(photo, photo.pixels, white)
    assert float(seen[:, 30, 30].max()) == pytest.approx(float(stored[30, 30].max()), abs=1e-5)
    assert float(seen[0, 10, 10]) == 1
    back = from_network(photo, seen, white)
    np.testing.assert_allclose(back, photo.pixels, atol=1e-6)
    darker = from_network(photo, seen * 0.5, white)
    assert darker[10, 10, 0] > 0.9
    np.testing.assert_allclose(darker[30, 30] * 20, stored[30, 30] / 2, atol=1e-5)


def test_floats_that_count_to_65535_are_not_all_highlights():
    photo = photo_of(waves(50, 50), scale=65535.0, bit_depth=32)
    assert white_level(photo) > 0.8
    assert to_network(photo, photo.pixels, white_level(photo)).std() > 0.1


def test_whole_numbers_have_no_highlights_beyond_white():
    assert white_level(photo_of(waves(9, 9))) == 1


def test_reducing_a_photo_takes_its_alpha_along_and_leaves_small_ones():
    photo = photo_of(waves(60, 200), alpha=np.ones((60, 200), np.float32))
    reduced = reduced_photo(photo, 50)
    assert reduced.size == (15, 50)
    assert reduced.alpha.shape == (15, 50)
    assert reduced.path == photo.path
    assert reduced_photo(photo, 200) is photo
    assert reduced_photo(photo_of(waves(1, 900)), 30).size == (1, 30)


def test_resizing_keeps_two_channels_and_mean():
    flow = np.dstack([waves(40, 40)[..., 0], waves(40, 40)[..., 1]])
    smaller = resize_picture(flow, (10, 20))
    assert smaller.shape == (10, 20, 2)
    assert smaller.mean() == pytest.approx(flow.mean(), abs=1e-3)
    assert resize_picture(flow, (40, 40)) is flow


def test_what_networks_see_is_a_copy():
    photo = photo_of(waves(8, 8))
    to_network(photo, photo.pixels).zero_()
    assert photo.pixels.max() > 0.5
    assert torch.is_tensor(to_network(photo, photo.pixels))


def test_a_grey_photo_stays_grey_whatever_a_network_answers():
    photo = photo_of(waves(20, 30), grey=True)
    answer = torch.rand(3, 20, 30)
    back = from_network(photo, answer)
    assert (back == back[..., :1]).all()
    assert np.allclose(back[..., 0], answer.mean(0).numpy(), atol=1e-6)
