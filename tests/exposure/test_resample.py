"""Reducing pictures: every pixel counts, and a picture that has the size stays."""

from __future__ import annotations

import pytest
import torch

from blurstudio.exposure.resample import reduced


@pytest.mark.parametrize("size", [(32, 48), (21, 30), (1, 1)])
def test_every_pixel_counts(size):
    stripes = (torch.arange(96) % 2).float().expand(3, 64, 96)
    small = reduced(stripes, size)
    assert small.shape == (3, *size)
    # A picture read at single pixels would be black or white.
    assert float((small - 0.5).abs().max()) < 0.1


def test_a_picture_of_that_size_stays():
    picture = torch.rand(3, 5, 7)
    assert reduced(picture, (5, 7)) is picture
