"""Deconvolution along paths: the transpose, what it wins back, and that it does not ring."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import random, seeds, small, smooth, trajectories
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.deconvolution import deconvolve, iterates
from blurstudio.exposure.path_blur import PathBlur, moment_count
from blurstudio.exposure.reblur import reblur
from blurstudio.exposure.trajectory import Trajectory


def straight(size, dx, dy):
    return Trajectory(
        torch.tensor([float(dx), float(dy)]).view(1, 2, 1, 1), Constraint.LINEAR, size
    )


def texture(seed, height, width):
    """Blocks of 6 px with a little detail in them, [0.1, 0.9]."""
    blocks = random(seed, 3, height // 6 + 1, width // 6 + 1)
    ground = blocks.repeat_interleave(6, 1).repeat_interleave(6, 2)[:, :height, :width]
    return 0.1 + 0.75 * ground + 0.05 * random(seed + 1, 3, height, width)


def exposed(wide, path, border=20):
    """Blur a picture that goes on beyond the photo, and take the photo and its sharp picture."""
    height, width = wide.shape[-2:]
    inner = (..., slice(border, height - border), slice(border, width - border))
    offsets = path.maps[0] * times(41).view(-1, 1, 1, 1)
    offsets = offsets.expand(-1, 2, height, width)[None]
    return reblur(wide[None], offsets)[0][inner], wide[inner]


def decibels(picture, truth):
    return float(-10 * (picture - truth).square().mean().log10())


def roughness(picture):
    return float(picture.diff(dim=-1).abs().mean() + picture.diff(dim=-2).abs().mean())


@given(trajectories(), seeds)
@small
def test_spreading_is_the_transpose_of_blurring(trajectory, seed):
    operator = PathBlur.along(trajectory)
    sharp = random(seed, 3, *(side + 2 * operator.border for side in trajectory.size))
    light = random(seed + 1, 3, *trajectory.size)
    there = (operator.blur(sharp) * light).sum()
    back = (sharp * operator.spread(light)).sum()
    torch.testing.assert_close(there, back, rtol=1e-4, atol=1e-4)


@given(trajectories(), seeds)
@small
def test_light_is_neither_made_nor_lost(trajectory, seed):
    operator = PathBlur.along(trajectory)
    light = random(seed, 3, *trajectory.size)
    torch.testing.assert_close(operator.spread(light).sum(), light.sum(), rtol=1e-4, atol=1e-4)
    flat = torch.full((3, *(side + 2 * operator.border for side in trajectory.size)), 0.4)
    torch.testing.assert_close(operator.blur(flat), torch.full((3, *trajectory.size), 0.4))


def test_the_kept_blur_is_the_reblur_of_a_picture_that_goes_on():
    wide = random(3, 3, 40, 50)
    path = straight((16, 26), 6, -3)
    operator = PathBlur.along(path)
    margin = 12 - operator.border
    blurred, _ = exposed(wide, path, border=12)
    inner = wide[:, margin:-margin, margin:-margin]
    torch.testing.assert_close(operator.blur(inner), blurred, atol=0.02, rtol=0)


@given(st.floats(0, 400))
@small
def test_steps_are_half_a_pixel_on_short_paths_and_a_pixel_on_long_ones(length):
    count = moment_count(length)
    assert count % 2 == 1
    assert 5 <= count <= 129
    assert length / (count - 1) <= (0.5 if length <= 8 else 1.0) or count == 129


@given(st.floats(0, 400))
@small
def test_larger_steps_are_taken_on_long_paths_alone(length):
    count = moment_count(length, apart=2.0)
    assert length / (count - 1) <= 2.0 or count == 129
    assert (count == moment_count(length)) == (length <= 16 or count == 129)


@pytest.mark.parametrize(("dx", "dy"), [(9, 0), (0, 7), (6, 5)])
def test_a_known_straight_blur_is_undone(dx, dy):
    path = straight((64, 72), dx, dy)
    blurred, sharp = exposed(texture(1, 104, 112), path)
    result = deconvolve(blurred, path, iterations=24, tv=1e-4)
    assert decibels(result, sharp) > decibels(blurred, sharp) + 4


def test_a_path_that_bends_from_place_to_place_is_followed():
    size = (60, 80)
    maps = 5 * smooth(4, 2, 2, 6, 8) + torch.tensor([8.0, 3.0]).view(1, 2, 1, 1)
    path = Trajectory(maps, Constraint.QUADRATIC, size)
    sharp = texture(2, *size)
    blurred = reblur(sharp[None], path.offsets(times(41))[None])[0]
    result = deconvolve(blurred, path, iterations=24, tv=1e-4)
    inner = (..., slice(8, -8), slice(12, -12))
    assert decibels(result[inner], sharp[inner]) > decibels(blurred[inner], sharp[inner]) + 3


def test_time_may_run_either_way():
    path = Trajectory(random(5, 2, 2, 3, 4, low=-6, high=6), Constraint.QUADRATIC, (20, 30))
    photo = texture(5, 20, 30)
    there = deconvolve(photo, path, iterations=5)
    mask = torch.rand(4, 5) > 0.5
    for back in (path.reversed(), path.reversed(mask)):
        torch.testing.assert_close(deconvolve(photo, back, iterations=5), there, atol=1e-5, rtol=0)


def test_no_iteration_leaves_the_photo_as_it_is():
    photo = texture(6, 12, 14)
    assert torch.equal(deconvolve(photo, straight((12, 14), 5, 0), iterations=0), photo)


def test_a_still_photo_stays_as_it_is():
    photo = texture(7, 12, 14)
    result = deconvolve(photo, Trajectory.zero((12, 14)), iterations=8, tv=0)
    torch.testing.assert_close(result, photo, atol=1e-5, rtol=0)


def test_each_pixel_takes_the_iterations_it_is_given():
    photo, path = texture(8, 16, 20), straight((16, 20), 6, 0)
    depth = torch.zeros(16, 20)
    depth[:, 5:], depth[:, 10:] = 2.5, 4
    one, two, three, four = (
        picture for picture, _ in zip(iterates(photo, path, tv=0.006), range(4), strict=False)
    )
    result = deconvolve(photo, path, iterations=depth)
    assert torch.equal(result[..., :5], photo[..., :5])
    torch.testing.assert_close(result[..., 5:10], ((two + three) / 2)[..., 5:10])
    torch.testing.assert_close(result[..., 10:], four[..., 10:])
    assert not torch.equal(one, two)


def test_borders_do_not_ring():
    path = straight((48, 60), 11, 0)
    blurred, sharp = exposed(texture(9, 88, 100), path)
    result = deconvolve(blurred, path, iterations=24, tv=1e-3)
    edges = torch.cat([torch.arange(6), torch.arange(54, 60)])
    before, after, truth = (picture[..., edges] for picture in (blurred, result, sharp))
    assert decibels(after, truth) > decibels(before, truth)
    # Content from beyond the photo is known less well, but nothing swings.
    assert roughness(result[..., :6]) < 1.3 * roughness(sharp[..., :6])
    assert roughness(result[..., -6:]) < 1.3 * roughness(sharp[..., -6:])


def test_saturated_pixels_do_not_ring():
    path = straight((48, 60), 11, 0)
    wide = 0.3 + 0.1 * smooth(10, 3, 88, 100)
    wide[:, 42:46, 48:50] = 20
    blurred, sharp = exposed(wide, path)
    photo = blurred.clamp(0, 1)
    wall = torch.ones(48, 60, dtype=torch.bool)
    # The lamp itself is lost, and so is what only its streak was seen over.
    wall[21:27, 25:33] = False
    left_out, believed = (
        float((deconvolve(photo, path, iterations=20, clip=clip) - sharp)[:, wall].abs().max())
        for clip in (0.96, 2.0)
    )
    assert believed > 0.25
    assert left_out < 0.4 * believed


def test_more_regularisation_leaves_less_noise():
    path = straight((40, 50), 7, 0)
    clean, _ = exposed(0.4 + 0.1 * smooth(11, 3, 80, 90), path)
    noisy = (
        clean + 0.02 * torch.randn(clean.shape, generator=torch.Generator().manual_seed(1))
    ).clamp(0)
    weak, strong = (deconvolve(noisy, path, iterations=12, tv=tv) for tv in (0.0, 0.03))
    assert roughness(strong) < 0.5 * roughness(weak)


@pytest.mark.parametrize("size", [(1, 1), (5, 7), (1, 30)])
def test_the_smallest_photos_work(size):
    result = deconvolve(texture(12, *size), straight(size, 30, 4), iterations=6)
    assert tuple(result.shape) == (3, *size)
    assert result.isfinite().all()


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_black_and_white_stay(value):
    photo = torch.full((3, 12, 16), value)
    result = deconvolve(photo, straight((12, 16), 6, 2), iterations=10)
    torch.testing.assert_close(result, photo, atol=1e-5, rtol=0)


def test_progress_rises_to_one_and_an_exception_ends_the_work():
    photo, path = texture(13, 8, 9), straight((8, 9), 4, 0)
    told = []
    deconvolve(photo, path, iterations=3.2, on_step=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]

    def stop(fraction):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        deconvolve(photo, path, iterations=3, on_step=stop)


def test_wrong_shapes_are_named():
    path = straight((8, 9), 4, 0)
    with pytest.raises(ValueError, match=r"\(1, 3, 8, 9\)"):
        deconvolve(torch.zeros(1, 3, 8, 9), path, iterations=1)
    with pytest.raises(ValueError, match=r"\(3, 3\)"):
        deconvolve(torch.zeros(3, 8, 9), path, iterations=torch.ones(3, 3))
