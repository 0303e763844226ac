"""How far a picture lies beside another is found to a part of a px."""

from __future__ import annotations

import pytest
import torch
from exposure_pictures import blocks

from blurstudio.exposure.shaking import registration
from blurstudio.exposure.shaking.registration import moved, offset_between

SIZE = (96, 128)


@pytest.mark.parametrize("offset", [(3.0, -2.0), (0.4, 0.25), (-6.5, 4.75)])
def test_an_offset_is_found(offset):
    picture = blocks(SIZE, 3)
    noise = 0.02 * torch.randn(3, *SIZE, generator=torch.Generator().manual_seed(0))
    found = offset_between(picture, (moved(picture, offset) + noise).clamp(0, 1), 20.0)
    assert found == pytest.approx(offset, abs=0.1)


def test_an_offset_beyond_what_can_be_is_taken_for_a_mistake():
    picture = blocks(SIZE, 3)
    assert offset_between(picture, moved(picture, (12.0, 0.0)), 5.0) == (0.0, 0.0)


@pytest.mark.parametrize("size", [SIZE, (1, 1), (2, 40)])
def test_pictures_that_show_nothing_lie_where_they_lie(size):
    flat = torch.full((3, *size), 0.5)
    assert offset_between(flat, flat, 20.0) == (0.0, 0.0)


def test_content_is_moved_to_the_right_and_down():
    picture = torch.zeros(3, 9, 9)
    picture[:, 4, 4] = 1
    assert float(moved(picture, (2.0, 1.0))[0, 5, 6]) == pytest.approx(1.0, abs=1e-3)
    assert moved(picture, (0.0, 0.0)) is picture


def test_panoramas_wider_than_the_library_takes_are_moved_by_whole_pixels(monkeypatch):
    picture = blocks(SIZE, 4)
    warped = moved(picture, (3.0, -2.0))
    monkeypatch.setattr(registration, "_WIDEST", 100)
    assert torch.allclose(moved(picture, (3.2, -1.9)), warped, atol=0.01)


def test_moved_pictures_stay_pictures():
    placed = moved(blocks(SIZE, 4), (0.5, 0.3))
    assert placed.shape == (3, *SIZE)
    assert 0 <= float(placed.min()) <= float(placed.max()) <= 1
