"""Losses: least where the answer is right, and honest about uncertainty."""

from __future__ import annotations

import pytest
import torch

from blurstudio.networks import MotionPrediction
from blurstudio.training import losses


def prediction(code: torch.Tensor, log_scale: float) -> MotionPrediction:
    return MotionPrediction(code, torch.full_like(code[:, :1], log_scale))


@pytest.fixture
def code() -> torch.Tensor:
    return 10 * torch.randn(2, 4, 6, 6, generator=torch.Generator().manual_seed(1))


def test_deblurring_loss_is_least_for_the_truth(code):
    truth = torch.rand(1, 3, 16, 16)
    assert losses.deblur_loss(truth, truth) < losses.deblur_loss(truth + 0.01, truth)


def test_a_tenth_of_the_error_is_twenty_decibels_less_for_a_hard_and_an_easy_picture():
    truth = torch.zeros(1, 3, 16, 16)
    hard = losses.deblur_loss(truth + 1.0, truth) - losses.deblur_loss(truth + 0.1, truth)
    assert float(hard) == pytest.approx(20, abs=0.1)


def test_a_sharp_picture_does_not_outweigh_the_others():
    truth = torch.zeros(1, 3, 16, 16)
    better = losses.deblur_loss(truth + 1e-4, truth) - losses.deblur_loss(truth + 1e-5, truth)
    assert abs(float(better)) < 0.01


def test_a_wrong_path_costs_less_when_the_network_says_it_is_unsure(code):
    valid = torch.ones(2, 1, 6, 6)
    wrong = code + 20
    sure = losses.motion_loss(prediction(wrong, -1.0), code, valid)
    unsure = losses.motion_loss(prediction(wrong, 3.0), code, valid)
    assert unsure < sure
    right = losses.motion_loss(prediction(code, -1.0), code, valid)
    assert right < unsure


def test_what_left_the_picture_is_not_counted(code):
    valid = torch.zeros(2, 1, 6, 6)
    valid[..., 0, 0] = 1
    wrong = code + 100
    wrong[..., 0, 0] = code[..., 0, 0]
    assert losses.path_error_share(prediction(wrong, 0.0), code, valid) < 0.01


def test_no_motion_at_all_has_a_share_of_one(code):
    share = losses.path_error_share(
        prediction(torch.zeros_like(code), 0.0), code, torch.ones(2, 1, 6, 6)
    )
    assert float(share) == pytest.approx(1.0, abs=1e-3)


def test_psnr_of_a_tenth_is_twenty_decibels():
    truth = torch.full((2, 3, 4, 4), 0.5)
    assert torch.allclose(losses.psnr(truth + 0.1, truth), torch.full((2,), 20.0), atol=1e-3)


def test_a_coarse_cell_is_valid_only_when_all_of_it_is():
    valid = torch.ones(1, 1, 4, 4)
    valid[..., 0, 0] = 0
    assert losses.resize_valid(valid, (2, 2)).tolist() == [[[[0, 1], [1, 1]]]]
