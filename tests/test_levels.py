"""Whole numbers of a file or the screen: nearest to the value, and never those of another one."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.levels import as_picture, grey_levels, quantise


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize(("dtype", "top"), [(np.uint8, 255), (np.uint16, 65535)])
def test_every_level_comes_back_as_it_was(kind, dtype, top):
    levels = np.arange(top + 1)
    quantised = quantise((levels / top).astype(kind), dtype)
    assert quantised.dtype == dtype
    assert np.array_equal(quantised, levels)


def test_tensors_are_rounded_as_arrays_are():
    values = torch.cat([torch.linspace(0, 1, 100_001), (torch.arange(255) + 0.5) / 255])
    rounded = grey_levels(values)
    assert rounded.dtype == torch.uint8
    assert np.array_equal(rounded.numpy(), quantise(values.numpy(), np.uint8))


@given(st.floats(width=32))
def test_nothing_is_taken_for_another_level(value):
    wanted = 0 if np.isnan(value) else round(255 * min(max(value, 0.0), 1.0))
    (array,) = quantise(np.array([value], np.float32), np.uint8)
    (tensor,) = grey_levels(torch.tensor([value])).tolist()
    assert abs(int(array) - wanted) <= (0 < value < 1)
    assert tensor == array


@pytest.mark.parametrize(
    ("value", "level"),
    [(float("nan"), 0), (float("inf"), 255), (-float("inf"), 0), (1.01, 255), (-0.01, 0)],
)
def test_what_is_no_share_is_held_in_range(value, level):
    assert quantise(np.full(3, value, np.float32), np.uint8).tolist() == [level] * 3
    assert grey_levels(torch.full((3,), value)).tolist() == [level] * 3


def test_values_are_left_as_they_are():
    array, tensor = np.full(3, 0.3, np.float32), torch.full((3,), 0.3)
    quantise(array, np.uint8)
    grey_levels(tensor)
    assert (array == np.float32(0.3)).all()
    assert torch.equal(tensor, torch.full((3,), 0.3))


def test_a_picture_has_its_colours_last():
    colours = torch.tensor([0.0, 0.5, 1.0]).view(3, 1, 1).expand(3, 2, 4)
    picture = as_picture(colours)
    assert picture.shape == (2, 4, 3)
    assert picture.flags.c_contiguous
    assert picture[1, 3].tolist() == [0, 128, 255]


def test_a_single_pixel_lies_in_memory_as_one_of_many_does():
    assert as_picture(torch.rand(3, 1, 1)).strides == (3, 3, 1)
