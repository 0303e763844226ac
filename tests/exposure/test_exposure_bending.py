"""Bends from the picture alone: windows with few edges tell them, and paths take them on."""

from __future__ import annotations

import math

import pytest
import torch
from exposure_pictures import blocks

from blurstudio.exposure.bending import bend_paths
from blurstudio.exposure.kernels import kernel_at, splat_paths
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.sparse_latent import Windows, sparse_latent
from blurstudio.exposure.trajectory import Constraint, Trajectory, times
from blurstudio.exposure.window_bends import window_bends

SIZE = (160, 192)
STRAIGHT, BEND = (9.0, 9.0), (-12.0, 12.0)


def parabola(a, b, size=SIZE):
    """The same parabola everywhere, rather sure."""
    maps = torch.zeros(2, 2, 8, 10)
    maps[0] += torch.tensor(a).view(2, 1, 1)
    maps[1] += torch.tensor(b).view(2, 1, 1)
    return Trajectory(maps, Constraint.QUADRATIC, size, torch.full((8, 10), 0.8))


def test_a_window_under_its_own_kernel_becomes_sharp_again():
    sharp = blocks(SIZE)
    true = parabola(STRAIGHT, BEND)
    blurred = reblur_along(sharp, true).mean(0)[None]
    kernels = torch.stack([kernel_at(true, 96, 80, 25), splat_paths(torch.zeros(1, 3, 2), 25)[0]])
    windows = Windows(blurred, 12)
    latent = sparse_latent(windows, kernels[None], 2e-4)[0]
    inner = (slice(12, 12 + SIZE[0]), slice(12, 12 + SIZE[1]))
    own, none = ((each[inner] - sharp.mean(0)).square()[30:-30, 30:-30].mean() for each in latent)
    assert own < 0.7 * none


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_bend_is_told_from_its_mirror_image(side):
    true = parabola(STRAIGHT, (-12.0 * side, 12.0 * side))
    grey = reblur_along(blocks(SIZE), true).mean(0)
    a, b = window_bends(grey[None], torch.tensor([STRAIGHT]), torch.tensor([1.0]))
    assert float(b[0, 1]) * side > 4
    assert float(b[0, 0]) * side < -4
    assert abs(float(a[0].norm()) - 12.7) < 4


def test_paths_take_on_the_bend_and_keep_direction_and_length():
    photo = reblur_along(blocks(SIZE), parabola(STRAIGHT, BEND))
    told = []
    given = parabola(STRAIGHT, (0.0, 0.0))
    bent = bend_paths(photo, given, told.append)
    assert torch.equal(bent.maps[0], given.maps[0])
    assert float(bent.maps[1, 1].mean()) > 4
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_bends_come_in_px_of_the_photo_however_large_it_is():
    small = reblur_along(blocks(SIZE), parabola(STRAIGHT, BEND))
    large = torch.nn.functional.interpolate(small[None], scale_factor=6, mode="bilinear")[0]
    size = (SIZE[0] * 6, SIZE[1] * 6)
    bent = bend_paths(large, parabola(STRAIGHT, (0.0, 0.0)).resized(size))
    assert bent.size == size
    assert float(bent.maps[1, 1].mean()) > 6 * 2


@pytest.mark.parametrize("constraint", [Constraint.BILINEAR, Constraint.FREE])
def test_other_families_bend_as_well(constraint):
    photo = reblur_along(blocks(SIZE), parabola(STRAIGHT, BEND))
    straight = parabola(STRAIGHT, (0.0, 0.0))
    moments = times(15)
    fitted = Trajectory.fit(straight.offsets(moments, (8, 10)), moments, constraint)
    bent = bend_paths(photo, Trajectory(fitted.maps, constraint, (8, 10)).resized(SIZE))
    ends = bent.offsets((-0.5, 0.5)).mean((-2, -1))
    assert float(ends[:, 1].mean()) > 1


def test_what_can_not_bend_or_be_read_comes_back_as_it_is():
    photo = blocks(SIZE)
    straight = Trajectory(torch.ones(1, 2, 4, 4), Constraint.LINEAR, SIZE)
    still = parabola((0.2, 0.0), (0.0, 0.0))
    tiny = parabola((5.0, 0.0), (0.0, 0.0), (40, 300))
    assert bend_paths(photo, straight) is straight
    assert bend_paths(photo, still) is still
    assert bend_paths(torch.rand(3, 40, 300), tiny) is tiny


def test_windows_smaller_than_their_kernels_are_refused():
    with pytest.raises(ValueError, match="above their reach of 20 px"):
        Windows(torch.rand(1, 20, 64), 20)


def test_a_flat_window_has_no_bend_to_tell_and_breaks_nothing():
    grey = torch.full((1, 96, 96), 0.5)
    a, b = window_bends(grey, torch.tensor([[8.0, 3.0]]), torch.tensor([1.0]))
    assert math.isfinite(float(a.sum() + b.sum()))
