"""A path that nearly draws a kernel is made to draw it well."""

from __future__ import annotations

import math

import pytest
import torch

from blurstudio.exposure.shaking.curve_polish import polished
from blurstudio.exposure.shaking.drawing import drawn, smeared
from blurstudio.exposure.shaking.kernel_curve import path_likeness

SIDE, PEN = 41, 0.5


def kernel_of(path: torch.Tensor) -> torch.Tensor:
    return drawn(path[None], SIDE, PEN)[0]


def corner() -> torch.Tensor:
    """A path down, round a sharp corner, and back up beside it, (65, 2)."""
    moments = torch.linspace(0, 1, 65)
    return torch.stack([14 * moments - 7, 24 * (moments - 0.6).abs() - 9], 1)


def few_cosines(path: torch.Tensor, count: int = 3) -> torch.Tensor:
    moments = torch.linspace(0, 1, len(path))
    cosines = torch.cos(math.pi * moments[:, None] * torch.arange(count))
    return cosines @ torch.linalg.lstsq(cosines, path).solution


def test_a_corner_that_a_smooth_curve_cuts_is_followed():
    begun = few_cosines(corner())
    done = polished(begun, kernel_of(corner()))
    assert done.shape == begun.shape
    assert path_likeness(begun, corner()) < 0.95
    assert path_likeness(done, corner()) > 0.98


def test_a_path_that_is_right_stays():
    path = corner()
    moved = polished(path, kernel_of(path)) - path
    assert float(moved.norm(dim=1).mean()) < 0.5


def test_a_dot_stays_where_it_is():
    dot = torch.zeros(65, 2)
    assert float(polished(dot, kernel_of(dot)).norm(dim=1).mean()) < 1


@pytest.mark.parametrize("pen", [1.0, 1.5])
def test_a_kernel_smeared_by_a_pen_is_what_a_wider_pen_draws(pen):
    wide = smeared(kernel_of(corner()), pen)
    expected = drawn(corner()[None], SIDE, math.hypot(PEN, pen))[0]
    assert torch.allclose(wide / wide.sum(), expected / expected.sum(), atol=1e-3)
