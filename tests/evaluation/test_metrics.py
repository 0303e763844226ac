"""Picture metrics against hand-computed cases, identities and a plain re-computation."""

from __future__ import annotations

import math

import pytest
import torch

from blurstudio.evaluation.metrics import (
    as_eight_bit,
    mean,
    psnr,
    psnr_of_floats,
    ssim,
    ssim_per_channel,
)


def picture(seed: int = 0, size: tuple[int, int] = (16, 18)) -> torch.Tensor:
    return torch.rand(3, *size, generator=torch.Generator().manual_seed(seed))


def gaussian_window() -> torch.Tensor:
    place = torch.arange(-5, 6, dtype=torch.float64)
    weights = torch.exp(-(place**2) / (2 * 1.5**2))
    return weights / weights.sum()


def similarity(a: torch.Tensor, b: torch.Tensor, weights: torch.Tensor) -> float:
    """SSIM of one window, from the definition."""
    mean_a, mean_b = (weights * a).sum(), (weights * b).sum()
    variance_a = (weights * (a - mean_a) ** 2).sum()
    variance_b = (weights * (b - mean_b) ** 2).sum()
    covariance = (weights * (a - mean_a) * (b - mean_b)).sum()
    above = (2 * mean_a * mean_b + 0.0001) * (2 * covariance + 0.0009)
    below = (mean_a**2 + mean_b**2 + 0.0001) * (variance_a + variance_b + 0.0009)
    return float(above / below)


def test_psnr_of_a_known_error_is_the_textbook_value():
    truth = torch.full((3, 4, 4), 100 / 255)
    off_by_ten = torch.full((3, 4, 4), 110 / 255)
    assert psnr(off_by_ten, truth) == pytest.approx(20 * math.log10(255 / 10))


def test_psnr_takes_the_error_over_all_pixels_and_channels():
    truth = torch.zeros(3, 2, 2)
    one_wrong = truth.clone()
    one_wrong[1, 0, 1] = 1.0
    assert psnr(one_wrong, truth) == pytest.approx(10 * math.log10(12))


def test_psnr_rounds_and_clips_to_eight_bits_first():
    truth = torch.full((3, 4, 4), 200 / 255)
    assert psnr(truth + 0.4 / 255, truth) == math.inf
    assert psnr(truth + 0.6 / 255, truth) == pytest.approx(20 * math.log10(255))
    assert psnr(torch.full((3, 4, 4), 1.7), torch.ones(3, 4, 4)) == math.inf


def test_psnr_of_floats_neither_rounds_nor_clips():
    truth = torch.full((3, 4, 4), 0.5, dtype=torch.float64)
    assert psnr_of_floats(truth + 0.001, truth) == pytest.approx(60.0)
    assert psnr_of_floats(truth + 1.0, truth) == pytest.approx(0.0, abs=1e-9)
    assert psnr_of_floats(truth, truth) == math.inf


def test_eight_bit_levels_are_whole_and_halves_never_leave_the_range():
    levels = as_eight_bit(torch.tensor([-0.2, 0.0, 0.7 / 255, 254.6 / 255, 1.4])) * 255
    assert levels.tolist() == [0, 0, 1, 255, 255]


@pytest.mark.parametrize("measure", [ssim, ssim_per_channel])
def test_ssim_of_equal_pictures_is_one(measure):
    assert measure(picture(), picture()) == pytest.approx(1.0, abs=1e-12)
    black = torch.zeros(3, 12, 12)
    assert measure(black, black) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("measure", [ssim, ssim_per_channel])
def test_ssim_of_two_even_greys_is_their_luminance_term(measure):
    light, dark = torch.full((3, 12, 13), 0.8), torch.full((3, 12, 13), 0.2)
    expected = (2 * 0.8 * 0.2 + 0.0001) / (0.8**2 + 0.2**2 + 0.0001)
    assert measure(light, dark) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("measure", [ssim, ssim_per_channel])
def test_ssim_is_symmetric_and_falls_with_noise(measure):
    truth = picture()
    little = (truth + 0.02 * torch.randn(truth.shape)).clamp(0, 1)
    much = (truth + 0.3 * torch.randn(truth.shape)).clamp(0, 1)
    assert measure(truth, much) == pytest.approx(measure(much, truth))
    assert 1 > measure(little, truth) > measure(much, truth)


def test_ssim_per_channel_is_the_mean_over_whole_windows_of_each_channel():
    first, second = picture(1), picture(2)
    window = torch.outer(gaussian_window(), gaussian_window())
    a, b = as_eight_bit(first).double(), as_eight_bit(second).double()
    expected = mean(
        similarity(a[c, y : y + 11, x : x + 11], b[c, y : y + 11, x : x + 11], window)
        for c in range(3)
        for y in range(6)
        for x in range(8)
    )
    assert ssim_per_channel(first, second) == pytest.approx(expected, rel=1e-9)


def test_ssim_is_the_mean_over_a_window_that_spans_the_replicated_colours():
    first, second = picture(3, (12, 12)), picture(4, (12, 12))
    line = gaussian_window()
    window = torch.einsum("c,y,x->cyx", line, line, line)
    pad = torch.nn.ReplicationPad3d(5)
    a, b = (pad(as_eight_bit(each).double()[None])[0] for each in (first, second))
    expected = mean(
        similarity(
            a[c : c + 11, y : y + 11, x : x + 11], b[c : c + 11, y : y + 11, x : x + 11], window
        )
        for c in range(3)
        for y in range(12)
        for x in range(12)
    )
    assert ssim(first, second) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("measure", [psnr, psnr_of_floats, ssim, ssim_per_channel])
def test_pictures_of_two_sizes_are_refused_by_name(measure):
    with pytest.raises(ValueError, match=r"\(3, 16, 18\) and \(3, 16, 17\)"):
        measure(picture(), picture()[..., :-1])


def test_a_picture_smaller_than_the_window_is_refused_where_only_whole_windows_count():
    with pytest.raises(ValueError, match="11 x 11"):
        ssim_per_channel(picture(size=(10, 40)), picture(size=(10, 40)))


def test_a_mean_is_of_values_and_of_nothing_is_no_number():
    assert mean([20.0, 40.0]) == 30.0
    assert math.isnan(mean([]))
