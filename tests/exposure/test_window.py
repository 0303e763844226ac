"""Rectangles of a picture: within each other, larger, and of a picture that was resized."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.window import Window
from blurstudio.sizes import scaled_size

SIZE = (96, 128)
WINDOW = Window(16, 32, 80, 112)


@st.composite
def windows(draw, size=SIZE):
    top, left = (draw(st.integers(0, side - 1)) for side in size)
    bottom, right = draw(st.integers(top + 1, size[0])), draw(st.integers(left + 1, size[1]))
    return Window(top, left, bottom, right)


def test_windows_grow_within_the_picture_by_whole_steps():
    assert WINDOW.grown(10, SIZE) == Window(6, 22, 90, 122)
    assert WINDOW.grown(30, SIZE) == Window(0, 2, 96, 128)
    assert WINDOW.grown(10, SIZE, 16) == Window(0, 16, 96, 128)


@given(windows(), st.integers(0, 200))
def test_a_window_is_found_again_within_what_is_read_around_it(window, by):
    picture = np.arange(SIZE[0] * SIZE[1]).reshape(SIZE)
    read = window.grown(by, SIZE)
    inner = window.within(read)
    seen = picture[read.rows, read.columns][inner.rows, inner.columns]
    assert seen.shape == window.size
    np.testing.assert_array_equal(seen, picture[window.rows, window.columns])


def test_a_window_of_a_resized_picture_holds_all_of_it():
    assert Window(1, 1, 3, 3).resized((4, 4), (2, 2)) == Window(0, 0, 2, 2)


def test_a_window_of_a_reduced_picture_lies_where_it_lay():
    assert WINDOW.scaled(0.5, (48, 64)) == Window(8, 16, 40, 56)
    assert Window(3, 5, 11, 13).scaled(0.25, (24, 32)) == Window(1, 1, 3, 3)
    assert Window(95, 127, 96, 128).scaled(0.1, (10, 13)) == Window(9, 12, 10, 13)


@given(windows(), st.floats(0.001, 1))
def test_a_window_of_a_reduced_picture_keeps_a_pixel_and_stays_within_it(window, scale):
    size = scaled_size(SIZE, scale)
    small = window.scaled(scale, size)
    assert min(small.size) >= 1
    assert Window(0, 0, *SIZE).scaled(scale, size) == Window(0, 0, *size)
    assert small.grown(0, size) == small
