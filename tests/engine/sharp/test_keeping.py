"""What is kept of a refinement is said of pictures of any size."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.sharp.keeping import kept
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.refining.course import Course, shown
from blurstudio.exposure.trajectory import Trajectory


@pytest.fixture
def half():
    """A keeping network that was never taught anything: it would keep half of every change."""
    torch.manual_seed(0)
    network = networks.build("keeping", widths=[8, 8, 8], depths=[1, 1, 1])
    return network.eval().requires_grad_(False), choose_device("cpu", "float32")


def refined(size, steps=1):
    """A photo, the course of a refinement, and its paths."""
    draw = torch.Generator().manual_seed(0)
    photo, start, end = (torch.rand(3, *size, generator=draw) for _ in range(3))
    course = Course(start)
    for _ in range(steps):
        course.add((start - photo).square().mean(0), end)
    maps = torch.full((2, 2, 3, 4), 2.0)
    return photo, course, Trajectory(maps, Constraint.QUADRATIC, size, torch.full((3, 4), 0.9))


@pytest.mark.parametrize("size", [(1, 1), (7, 50), (48, 64), (61, 83)])
def test_what_the_network_says_is_done_whatever_the_size(half, size):
    photo, course, paths = refined(size)
    answer = kept(photo, shown(course), paths, *half)
    assert torch.allclose(answer, torch.lerp(course.start, course.end, 0.5), atol=1e-5)


def test_a_picture_that_took_no_steps_stays(half):
    photo, course, paths = refined((40, 60), steps=0)
    assert torch.allclose(kept(photo, shown(course), paths, *half), course.start, atol=1e-6)


def test_answers_are_pictures(half):
    photo, course, paths = refined((40, 60))
    torch.nn.init.constant_(half[0].head.module.bias, 100.0)
    answer = kept(photo, shown(course), paths, *half)
    assert 0 <= answer.min() <= answer.max() <= 1
