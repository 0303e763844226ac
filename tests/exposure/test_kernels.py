"""Local blur kernels: where they lie, what they weigh, and that a convolution with them reblurs."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from exposure_strategies import random, small, trajectories
from hypothesis import given

from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.kernels import content_paths, kernel_at, kernel_grid, kernels_at
from blurstudio.exposure.reblur import reblur
from blurstudio.exposure.trajectory import Trajectory


def uniform(maps, constraint, size=(48, 64)):
    """Paths that are the same everywhere; one (x, y) for each map."""
    return Trajectory(torch.tensor(maps).float().view(-1, 2, 1, 1), constraint, size)


CURVED = uniform([(9.0, 2.0), (-6.0, 14.0)], Constraint.QUADRATIC)


@given(trajectories())
@small
def test_a_kernel_is_a_share_of_time_in_every_cell(trajectory):
    kernel = kernel_at(trajectory, 1.0, 2.0, 9)
    assert kernel.shape == (9, 9)
    assert (kernel >= 0).all()
    assert float(kernel.sum()) == pytest.approx(1, abs=1e-5)


def test_no_motion_is_a_dot_in_the_middle():
    kernel = kernel_at(Trajectory.zero((20, 30)), 4, 5, 7)
    expected = torch.zeros(7, 7)
    expected[3, 3] = 1
    torch.testing.assert_close(kernel, expected)


def test_an_even_motion_is_a_line_as_long_as_the_path():
    kernel = kernel_at(uniform([(8.0, 0.0)], Constraint.LINEAR), 10, 10, 13)
    line = kernel[6]
    assert float(line.sum()) == pytest.approx(1, abs=1e-5)
    torch.testing.assert_close(line[3:10], torch.full((7,), 1 / 8), atol=1e-3, rtol=0)
    torch.testing.assert_close(line[[2, 10]], torch.full((2,), 1 / 16), atol=5e-3, rtol=0)


def test_content_moves_against_the_reading_path():
    # Read at x + 6 when the shutter closes: what is seen there moved to the left.
    trajectory = uniform([(0.0, 0.0), (6.0, 0.0)], Constraint.BILINEAR)
    kernel = kernel_at(trajectory, 5, 5, 15)
    assert float(kernel[7, :7].sum()) > 0.4
    assert float(kernel[7, 8:].sum()) < 0.05


@given(trajectories(flips=False))
@small
def test_a_kernel_forgets_which_way_time_ran(trajectory):
    there = kernel_at(trajectory, 2, 2, 11)
    back = kernel_at(trajectory.reversed(), 2, 2, 11)
    torch.testing.assert_close(there, back, atol=1e-5, rtol=0)


def test_places_read_backwards_are_drawn_backwards():
    trajectory = uniform([(0.0, 0.0), (6.0, 0.0)], Constraint.BILINEAR)
    mask = torch.zeros(1, 2, dtype=torch.bool)
    mask[:, 1] = True
    paths = content_paths(trajectory.reversed(mask), torch.tensor([[8.0, 8], [56, 8]]), 3)
    assert paths[0, :, 0].tolist() == [0, 0, -6]
    assert paths[1, :, 0].tolist() == [-6, 0, 0]


def test_a_picture_convolved_with_the_kernel_is_the_reblurred_picture():
    picture = F.avg_pool2d(random(0, 1, 3, 50, 66), 3, stride=1)
    height, width = CURVED.size
    offsets = CURVED.offsets(times(257))[None]
    blurred = reblur(picture[..., :height, :width], offsets)
    kernel = kernel_at(CURVED, width / 2, height / 2, 25)
    # Convolution proper: the kernel is turned round against the correlation of conv2d.
    weight = kernel.flip(0, 1).expand(3, 1, 25, 25)
    convolved = F.conv2d(picture[..., :height, :width], weight, groups=3)
    torch.testing.assert_close(convolved, blurred[..., 12:-12, 12:-12], atol=2e-3, rtol=0)


def test_a_path_that_leaves_the_kernel_is_cut_off_there():
    kernel = kernel_at(uniform([(40.0, 0.0)], Constraint.LINEAR), 10, 10, 5)
    torch.testing.assert_close(kernel[2], torch.full((5,), 0.2), atol=1e-3, rtol=0)


def test_kernels_on_a_lattice_are_those_at_its_points():
    maps = random(3, 2, 2, 3, 4, low=-9, high=9)
    trajectory = Trajectory(maps, Constraint.QUADRATIC, (48, 64))
    points, kernels = kernel_grid(trajectory, 16, 15)
    assert points.shape == (3, 4, 2)
    assert points[0, 0].tolist() == [7.5, 7.5]
    assert points[-1, -1].tolist() == [55.5, 39.5]
    x, y = points[1, 2].tolist()
    torch.testing.assert_close(kernels[1, 2], kernel_at(trajectory, x, y, 15))


def test_a_picture_smaller_than_the_spacing_has_one_kernel():
    points, kernels = kernel_grid(Trajectory.zero((3, 5)), 20, 7)
    assert points.tolist() == [[[2.0, 1.0]]]
    assert kernels.shape == (1, 1, 7, 7)


def test_no_points_give_no_kernels():
    assert kernels_at(CURVED, torch.zeros(0, 2), 5).shape == (0, 5, 5)


def test_wrong_sizes_are_named():
    with pytest.raises(ValueError, match="size"):
        kernel_at(CURVED, 0, 0, 0)
    with pytest.raises(ValueError, match="points"):
        kernels_at(CURVED, torch.zeros(3), 5)
    with pytest.raises(ValueError, match="spacing"):
        kernel_grid(CURVED, 0, 5)
