"""Gather sampling: shifts, borders, validity and gradients."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import random, seeds, sizes, small
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.warp import gather, validity


def constant(offset, size):
    return torch.tensor(offset, dtype=torch.float32).view(1, 2, 1, 1).expand(1, 2, *size)


@given(seeds, sizes, st.sampled_from(("bilinear", "bicubic", "nearest")))
@small
def test_no_offset_gives_the_picture_back(seed, size, mode):
    picture = random(seed, 2, 3, *size)
    read = gather(picture, torch.zeros(2, 2, *size), mode=mode)
    assert torch.allclose(read, picture, atol=1e-5)


@given(seeds, sizes, st.integers(-5, 5), st.integers(-5, 5))
@small
def test_a_constant_offset_is_a_shift_with_the_border_replicated(seed, size, dx, dy):
    picture = random(seed, 1, 3, *size)
    height, width = size
    rows = (torch.arange(height) + dy).clamp(0, height - 1)
    columns = (torch.arange(width) + dx).clamp(0, width - 1)
    read = gather(picture, constant((dx, dy), size))
    assert torch.allclose(read, picture[:, :, rows][..., columns], atol=1e-4)


@given(seeds, sizes, st.integers(-5, 5), st.integers(-5, 5))
@small
def test_validity_is_where_zeros_beyond_the_border_do_not_show(seed, size, dx, dy):
    picture = random(seed, 1, 3, *size, low=0.5)
    offsets = constant((dx, dy), size)
    inside = validity(offsets)
    assert inside.shape == (1, 1, *size)
    read = gather(picture, offsets, border="zeros")
    assert torch.allclose(read, gather(picture, offsets) * inside, atol=1e-4)


def test_half_a_pixel_reads_between_two():
    picture = torch.tensor([[[[0.0, 1.0, 0.0, 0.0]]]])
    read = gather(picture, constant((0.5, 0), (1, 4)))
    assert torch.allclose(read, torch.tensor([[[[0.5, 0.5, 0.0, 0.0]]]]), atol=1e-6)


def test_a_picture_one_pixel_wide_can_be_read():
    picture = torch.arange(5.0).view(1, 1, 5, 1)
    read = gather(picture, constant((3, 1), (5, 1)))
    assert torch.allclose(read.flatten(), torch.tensor([1.0, 2, 3, 4, 4]))


def test_gradients_in_picture_and_offsets_are_right():
    picture = random(1, 1, 2, 5, 6).double().requires_grad_()
    offsets = random(2, 1, 2, 5, 6, low=0.2, high=0.8).double().requires_grad_()
    assert torch.autograd.gradcheck(gather, (picture, offsets))


def test_half_precision_pictures_are_read_at_float_positions():
    picture = torch.arange(4000).remainder(200).bfloat16().view(1, 1, 1, 4000)
    read = gather(picture, constant((1, 0), (1, 4000)))
    assert read.dtype == torch.bfloat16
    assert torch.allclose(read[..., :-1].float(), picture[..., 1:].float(), atol=0.5)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: gather(torch.zeros(3, 4, 4), torch.zeros(1, 2, 4, 4)), r"got \(3, 4, 4\)"),
        (lambda: gather(torch.zeros(1, 3, 4, 4), torch.zeros(1, 2, 4, 5)), r"\(1, 3, 4, 4\)"),
        (lambda: gather(torch.zeros(2, 3, 4, 4), torch.zeros(1, 2, 4, 4)), r"\(2, 3, 4, 4\)"),
        (lambda: gather(torch.zeros(1, 3, 4, 4), torch.zeros(1, 3, 4, 4)), r"\(1, 3, 4, 4\)"),
        (lambda: validity(torch.zeros(2, 4, 4)), r"\(2, 4, 4\)"),
        (
            lambda: gather(torch.zeros(1, 3, 4, 4), torch.zeros(1, 2, 4, 4), border="mirror"),
            "mirror",
        ),
    ],
)
def test_wrong_shapes_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
