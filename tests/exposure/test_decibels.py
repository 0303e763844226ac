"""Errors in decibels."""

from __future__ import annotations

import math

import pytest

from blurstudio.exposure.decibels import SMALLEST_ERROR, decibels


@pytest.mark.parametrize(("error", "said"), [(1.0, 0), (0.1, 10), (1e-4, 40), (4.0, -6.0206)])
def test_a_tenth_of_the_error_is_ten_decibels_more(error, said):
    assert decibels(error) == pytest.approx(said, abs=1e-4)


def test_equal_pictures_are_infinitely_near_unless_there_is_a_floor():
    assert decibels(0.0) == math.inf
    assert decibels(0.0, SMALLEST_ERROR) == decibels(1e-13, SMALLEST_ERROR) == 100


def test_a_floor_leaves_larger_errors_alone():
    assert decibels(1e-3, SMALLEST_ERROR) == decibels(1e-3)


def test_an_error_that_is_no_number_gives_none():
    assert math.isnan(decibels(math.nan, SMALLEST_ERROR))
