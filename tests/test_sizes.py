"""Sizes brought down to a bound: they fit it, keep their shape, and never grow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.sizes import bounded_size, reduced_size, scaled_size

SIDES = st.integers(1, 30_000)
SIZES = st.tuples(SIDES, SIDES)


@pytest.mark.parametrize(
    ("size", "scale", "expected"),
    [((400, 600), 0.5, (200, 300)), ((5, 7), 0.5, (2, 4)), ((1, 900), 0.1, (1, 90))],
)
def test_sides_are_scaled_to_the_nearest_px_and_one_is_left(size, scale, expected):
    assert scaled_size(size, scale) == expected


@given(SIZES, st.integers(1, 300_000_000))
def test_a_bound_of_pixels_is_kept_but_for_rounding(size, pixels):
    height, width = small = bounded_size(size, pixels)
    assert (height - 0.5) * (width - 0.5) <= pixels or 1 in small
    if size[0] * size[1] <= pixels:
        assert small == size
    else:
        assert height <= size[0]
        assert width <= size[1]
        assert 1 in small or (height + 0.5) * (width + 0.5) > pixels


@given(SIZES, st.integers(1, 30_000))
def test_a_bound_of_the_longer_side_is_kept(size, side):
    small = reduced_size(size, side)
    assert max(small) == min(side, max(size))
    shorter = min(size) * max(small) / max(size)
    assert abs(min(small) - max(shorter, 1)) <= 0.5 + 1e-6


@given(SIZES)
def test_without_a_bound_a_size_stays(size):
    assert reduced_size(size, None) == size


def test_a_photo_of_a_camera_is_read_at_its_shape():
    assert bounded_size((4000, 6000), 1_500_000) == (1000, 1500)
    assert reduced_size((4000, 6000), 1280) == (853, 1280)
