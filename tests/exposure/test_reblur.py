"""Blur creation: what a reblur must not change with, its light, its bands and its report."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import masks, random, seeds, sizes, small, trajectories
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure import reblur as reblur_module
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.light import linear_to_srgb, srgb_to_linear
from blurstudio.exposure.reblur import reblur, reblur_along, residual, sample_count
from blurstudio.exposure.report import report
from blurstudio.exposure.trajectory import Trajectory


@given(trajectories(), seeds)
@small
def test_reversing_leaves_the_reblur_unchanged(trajectory, seed):
    sharp = random(seed, 3, *trajectory.size)
    there = reblur_along(sharp, trajectory)
    back = reblur_along(sharp, trajectory.reversed())
    assert torch.allclose(there, back, atol=1e-5)


@given(trajectories(), masks(), seeds)
@small
def test_reversing_under_a_hard_mask_leaves_the_reblur_unchanged(trajectory, mask, seed):
    sharp = random(seed, 3, *trajectory.size)
    there = reblur_along(sharp, trajectory)
    back = reblur_along(sharp, trajectory.reversed(mask))
    assert torch.allclose(there, back, atol=1e-5)


@given(sizes, seeds)
@small
def test_a_zero_path_gives_the_photo_back(size, seed):
    sharp = random(seed, 3, *size)
    # In black the curve is 13 times as steep as light, and so is what rounding does.
    assert torch.allclose(reblur_along(sharp, Trajectory.zero(size)), sharp, atol=1e-4)


@given(sizes, seeds, st.integers(-3, 3), st.integers(-3, 3))
@small
def test_a_constant_shift_equals_a_shift(size, seed, dx, dy):
    sharp = random(seed, 1, 3, *size)
    offsets = torch.tensor([float(dx), float(dy)]).view(1, 1, 2, 1, 1).expand(1, 5, 2, *size)
    height, width = size
    rows = (torch.arange(height) + dy).clamp(0, height - 1)
    columns = (torch.arange(width) + dx).clamp(0, width - 1)
    assert torch.allclose(reblur(sharp, offsets), sharp[:, :, rows][..., columns], atol=1e-4)


@given(trajectories(), seeds)
@small
def test_streamed_and_dense_reblurs_agree(trajectory, seed):
    sharp = random(seed, 3, *trajectory.size)
    dense = reblur(srgb_to_linear(sharp)[None], trajectory.offsets(times(17))[None])[0]
    streamed = reblur_along(sharp, trajectory, count=17)
    assert torch.allclose(streamed, linear_to_srgb(dense), atol=1e-5)


@given(trajectories(), seeds)
@small
def test_the_bands_do_not_show(trajectory, seed):
    sharp = random(seed, 3, *trajectory.size)
    whole = reblur_along(sharp, trajectory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reblur_module, "_BAND_SAMPLES", (1, 1))
        assert torch.allclose(reblur_along(sharp, trajectory), whole, atol=1e-5)


def test_light_is_averaged_not_its_encoding():
    sharp = torch.zeros(3, 5, 41)
    sharp[..., 20:] = 1
    sweep = Trajectory(torch.tensor([10.0, 0]).view(1, 2, 1, 1), Constraint.LINEAR, (5, 41))
    ramp = srgb_to_linear(reblur_along(sharp, sweep, count=101))[0, 2]
    expected = ((torch.arange(41) - 19.5) / 10 + 0.5).clamp(0, 1)
    assert torch.allclose(ramp, expected, atol=0.02)


def test_light_beyond_white_is_clipped_after_the_average():
    sharp = torch.zeros(3, 5, 41)
    sharp[..., 20] = 3
    streak = Trajectory(torch.tensor([4.0, 0]).view(1, 2, 1, 1), Constraint.LINEAR, (5, 41))
    blurred = reblur_along(sharp, streak)
    assert blurred.max() <= 1
    assert (blurred[0, 2, 19:22] > 0.999).all()


@given(st.floats(0, 500))
@small
def test_moments_are_odd_and_at_most_a_pixel_apart(length):
    count = sample_count(length)
    assert count % 2 == 1
    assert 17 <= count <= 129
    assert length / (count - 1) <= 1 or count == 129


@given(seeds)
@small
def test_gradients_reach_path_and_picture_also_from_black(seed):
    sharp = random(seed, 1, 3, 6, 7)
    sharp[..., :4] = 0
    sharp.requires_grad_()
    maps = random(seed + 1, 1, 2, 2, 6, 7, low=0.3, high=2).requires_grad_()
    moments = times(5).view(1, 5, 1, 1, 1)
    offsets = maps[:, :1] * moments + maps[:, 1:] * moments**2
    encoded = linear_to_srgb(reblur(srgb_to_linear(sharp), offsets))
    to_picture, to_path = torch.autograd.grad((encoded**2).sum(), (sharp, maps))
    for gradient in (to_picture, to_path):
        assert gradient.isfinite().all()
        assert gradient.any()


def test_gradients_are_right():
    sharp = random(3, 1, 2, 4, 5).double().requires_grad_()
    offsets = random(4, 1, 3, 2, 4, 5, low=0.2, high=0.8).double().requires_grad_()
    assert torch.autograd.gradcheck(reblur, (sharp, offsets))


def test_progress_rises_to_one_and_an_exception_ends_the_work(monkeypatch):
    monkeypatch.setattr(reblur_module, "_BAND_SAMPLES", (1, 1))
    sharp, still = torch.rand(3, 6, 6), Trajectory.zero((6, 6))
    fractions = []
    reblur_along(sharp, still, on_step=fractions.append)
    assert fractions == sorted(set(fractions))
    assert fractions[-1] == 1

    def stop(fraction):
        if fraction > 0.4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        reblur_along(sharp, still, on_step=stop)


def test_weights_and_border_of_the_paper_can_be_asked_for():
    white = torch.ones(1, 3, 4, 9)
    offsets = torch.zeros(1, 2, 2, 4, 9)
    offsets[:, 1, 0] = -9
    read = reblur(white, offsets, torch.tensor([0.25, 0.75]), border="zeros")
    assert torch.allclose(read, torch.tensor(0.25))
    assert torch.allclose(reblur(white, offsets), white)


def test_the_residual_is_what_the_photo_has_more():
    photo, again = torch.tensor([0.5, 0.25]), torch.tensor([0.25, 0.5])
    assert residual(photo, again).tolist() == [0.25, -0.25]


def test_the_photo_explaining_itself_is_no_motion_found():
    photo = random(5, 3, 12, 16)
    verdict = report(photo, photo, photo, Trajectory.zero((12, 16)))
    assert verdict.psnr == 100
    assert verdict.gradient_gain == pytest.approx(1)
    assert verdict.mean_length == 0
    assert not verdict.motion_found


@given(seeds)
@small
def test_a_true_explanation_is_found_and_says_how_well_it_fits(seed):
    sharp = random(seed, 3, 16, 24)
    path = Trajectory(torch.tensor([6.0, 0]).view(1, 2, 1, 1), Constraint.LINEAR, (16, 24))
    photo = reblur_along(sharp, path)
    verdict = report(photo, sharp, (photo + 0.01).clamp(0, 1), path)
    assert verdict.psnr == pytest.approx(40, abs=0.1)
    assert verdict.gradient_gain > 2
    assert verdict.mean_length == pytest.approx(6, abs=1e-3)
    assert verdict.motion_found


def test_lengths_are_reported_in_pixels_of_the_photo():
    path = Trajectory(torch.tensor([6.0, 0]).view(1, 2, 1, 1), Constraint.LINEAR, (16, 24))
    photo = random(6, 3, 32, 48)
    assert report(photo, photo, photo, path).mean_length == pytest.approx(12)


def test_gained_sharpness_alone_counts_as_motion_found():
    photo = random(7, 3, 12, 16) * 0.5
    verdict = report(photo, photo * 1.1, photo, Trajectory.zero((12, 16)))
    assert verdict.motion_found


def test_flat_pictures_have_a_report():
    grey = torch.full((3, 1, 9), 0.5)
    verdict = report(grey, grey, grey, Trajectory.zero((1, 9)))
    assert verdict.gradient_gain == pytest.approx(1)


def test_what_a_network_rounds_in_a_flat_picture_is_no_gain():
    grey = torch.full((3, 12, 16), 0.5)
    verdict = report(grey, grey + 1e-4 * random(8, 3, 12, 16), grey, Trajectory.zero((12, 16)))
    assert verdict.gradient_gain == 1
    assert not verdict.motion_found


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: reblur(torch.zeros(1, 3, 4, 4), torch.zeros(1, 2, 4, 4)), r"\(1, 2, 4, 4\)"),
        (
            lambda: reblur(torch.zeros(1, 3, 4, 4), torch.zeros(1, 5, 2, 4, 4), torch.ones(4)),
            r"\(4,\)",
        ),
        (lambda: reblur(torch.zeros(3, 4, 4), torch.zeros(1, 5, 2, 4, 4)), r"\(3, 4, 4\)"),
        (lambda: reblur_along(torch.zeros(1, 3, 4, 4), Trajectory.zero((4, 4))), r"\(1, 3, 4, 4\)"),
        (lambda: residual(torch.zeros(3, 4, 4), torch.zeros(3, 4, 5)), r"\(3, 4, 5\)"),
        (
            lambda: report(
                torch.zeros(3, 4, 4),
                torch.zeros(3, 4, 5),
                torch.zeros(3, 4, 4),
                Trajectory.zero((4, 4)),
            ),
            r"sharp_srgb.*\(3, 4, 5\)",
        ),
    ],
)
def test_wrong_shapes_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
