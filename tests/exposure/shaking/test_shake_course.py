"""What a shake makes of a sharp picture: a right one sharpens, and its residuals show it."""

from __future__ import annotations

import pytest
import torch
from exposure_pictures import blocks

from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.shaking.shake_course import ALL, shake_course
from tests.shaken_photos import hook, shaken, straight

SIZE = (120, 160)


def error(picture, other):
    return float((picture - other)[:, 16:-16, 16:-16].square().mean())


@pytest.fixture(scope="module")
def sharp():
    return blocks(SIZE, 1, 60)


@pytest.fixture(scope="module")
def photo(sharp):
    return reblur_along(sharp, shaken(SIZE))


def test_a_right_shake_brings_the_photo_nearer_to_the_truth_step_by_step(photo, sharp):
    told = []
    change, offset = shake_course(
        photo, photo, shaken(SIZE), straight(SIZE), 0.005, on_step=told.append
    )
    assert error(change.end, sharp) < error(change.early, sharp) < error(photo, sharp) / 3
    assert torch.allclose(torch.tensor(told), torch.arange(1, ALL + 1) / ALL)
    assert max(map(abs, offset)) < 8


def test_residuals_tell_a_right_shake_from_paths_that_are_wrong(photo, sharp):
    change, _ = shake_course(photo, sharp, shaken(SIZE), straight(SIZE), 0.005, (0.0, 0.0))
    known, along, early, end = change.residuals[:, 4:-4, 4:-4].exp().mean((1, 2))
    assert change.residuals.shape == (4, 30, 40)
    assert along < known / 10
    assert end < early


def test_the_picture_that_is_known_is_moved_to_where_the_shake_has_it(photo, sharp):
    # As if another moment were the middle of the exposure.
    path = hook() + torch.tensor([3.0, -2.0])
    beside = shaken(SIZE, path)
    beside.maps[:] -= beside.maps[16] - torch.tensor([3.0, -2.0]).view(2, 1, 1)
    change, offset = shake_course(photo, sharp, beside, straight(SIZE), 0.005)
    assert offset == pytest.approx((-3.0, 2.0), abs=0.5) or offset == pytest.approx(
        (3.0, -2.0), abs=0.5
    )
    assert error(change.start, change.end) < error(sharp, change.end) / 2


def test_an_offset_that_is_known_is_not_looked_for(photo, sharp, monkeypatch):
    def never(*_):
        raise AssertionError("it is known")

    monkeypatch.setattr("blurstudio.exposure.shaking.shake_course.offset_between", never)
    change, offset = shake_course(photo, sharp, shaken(SIZE), straight(SIZE), 0.005, (1.0, 0.0))
    assert offset == (1.0, 0.0)
    assert torch.allclose(change.start[:, :, 9:-9], sharp[:, :, 8:-10], atol=0.01)
