"""Readings at several scales become one: in the finest one's px, each by what it is trusted."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import random

from blurstudio.exposure.fusion import SCALES, MotionReading, fuse


def reading(scale, length, error, grid=(16, 24)):
    """The same horizontal path everywhere, `length` and `error` in px of the finest picture."""
    height, width = (max(1, round(side * scale)) for side in grid)
    code = torch.zeros(4, height, width)
    code[0], code[2] = length * scale, 0.1 * length * scale
    return MotionReading(scale, code, torch.full((height, width), error * scale))


def test_readings_that_agree_are_what_they_agree_on():
    code, error = fuse([reading(scale, 30.0, 2.0) for scale in SCALES])
    assert code.shape == (4, 16, 24)
    torch.testing.assert_close(code[0], torch.full((16, 24), 30.0))
    torch.testing.assert_close(code[2], torch.full((16, 24), 3.0))
    torch.testing.assert_close(error, torch.full((16, 24), 2.0))


def test_a_single_reading_stays_as_it_is():
    code, error = random(1, 4, 6, 8), random(2, 6, 8) + 1
    kept = fuse([MotionReading(1.0, code, error)])
    assert torch.equal(kept[0], code)
    assert torch.equal(kept[1], error)


def test_the_surer_reading_counts_more():
    def fused(sure, unsure):
        return float(fuse([reading(1.0, 10.0, sure), reading(0.5, 20.0, unsure)])[0][0].mean())

    assert fused(0.1, 9.0) < fused(3.0, 3.0) < fused(9.0, 0.1)
    assert fused(0.1, 9.0) < 14 < 17 < fused(9.0, 0.1)


def test_of_equally_sure_readings_the_whole_picture_tells_short_paths_and_small_ones_long_paths():
    def share_of_finest(length):
        fine, coarse = reading(1.0, 0.8 * length, 2.0), reading(0.25, length, 2.0)
        return 1 - (float(fuse([fine, coarse])[0][0].mean()) / length - 0.8) / 0.2

    assert share_of_finest(1.0) > 0.8
    assert share_of_finest(70.0) < 0.2


def test_a_place_is_told_by_what_is_sure_there():
    fine = reading(1.0, 10.0, 1.0)
    left = torch.arange(24).expand(16, 24) < 12
    fine = MotionReading(1.0, fine.code, torch.where(left, 0.1, 50.0))
    code, _ = fuse([fine, reading(0.5, 14.0, 1.0)])
    assert float(code[0, :, :12].mean()) < 12
    assert float(code[0, :, 12:].mean()) > 13


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: fuse([]), "none"),
        (lambda: MotionReading(0.3, torch.zeros(4, 2, 2), torch.ones(2, 2)), r"0\.3"),
        (lambda: MotionReading(1.0, torch.zeros(2, 2, 2), torch.ones(2, 2)), r"\(2, 2, 2\)"),
        (lambda: MotionReading(1.0, torch.zeros(4, 2, 2), torch.ones(2, 3)), r"\(2, 3\)"),
    ],
)
def test_what_does_not_fit_is_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
