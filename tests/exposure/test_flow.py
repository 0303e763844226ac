"""Flow: lifted and read back, both ways, its errors and its colours."""

from __future__ import annotations

import math

import pytest
import torch
from exposure_strategies import random, seeds, sizes, small, smooth, trajectories
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure import flow as flow_module
from blurstudio.exposure.flow import (
    colour_wheel,
    flow_first_to_last,
    flow_last_to_first,
)
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.exposure.warp import gather


@given(sizes, st.floats(-9, 9), st.floats(-9, 9))
@small
def test_an_even_flow_lifted_and_read_back_is_the_flow(size, dx, dy):
    flow = torch.tensor([dx, dy]).view(2, 1, 1).expand(2, *size)
    lifted = Trajectory.from_flow(flow)
    assert torch.allclose(flow_first_to_last(lifted), flow, atol=1e-4)
    assert torch.allclose(flow_last_to_first(lifted), -flow, atol=1e-4)


@given(seeds)
@small
def test_a_smooth_flow_lifted_and_read_back_is_the_flow(seed):
    # A lifted flow lives on the middle frame's grid, half a motion away from the first frame's.
    flow = smooth(seed, 2, 40, 40) * 2
    slope = max(float(flow.diff(dim=axis).abs().max()) for axis in (1, 2))
    back = flow_first_to_last(Trajectory.from_flow(flow))
    assert float((back - flow).abs().max()) <= float(flow.abs().max()) * slope * 2


@pytest.mark.parametrize("zoom", [-0.1, 0.05, 0.2])
def test_the_flow_of_a_zoom_is_known_exactly(zoom):
    y, x = torch.meshgrid(torch.arange(31.0) - 15, torch.arange(41.0) - 20, indexing="ij")
    place = torch.stack((x, y))
    found = flow_first_to_last(Trajectory.from_flow(place * zoom))
    inside = (slice(None), slice(5, -5), slice(5, -5))
    assert torch.allclose(found[inside], (place * zoom / (1 - zoom / 2))[inside], atol=5e-3)


@given(trajectories())
@small
def test_last_to_first_is_first_to_last_of_time_run_backwards(trajectory):
    backward = flow_last_to_first(trajectory)
    assert torch.allclose(backward, flow_first_to_last(trajectory.reversed()), atol=1e-3)


@given(seeds)
@small
def test_first_and_last_frame_read_the_same_place(seed):
    trajectory = Trajectory.from_flow(smooth(seed, 2, 30, 30) * 3)
    flow = flow_first_to_last(trajectory)
    first, last = trajectory.endpoints()
    met = gather(last[None], flow[None])[0] + flow
    assert torch.allclose(first, met, atol=5e-3)


def test_flow_scales_with_the_picture_asked_for():
    flow = torch.tensor([4.0, -2.0]).view(2, 1, 1).expand(2, 8, 8)
    found = flow_first_to_last(Trajectory.from_flow(flow), (16, 24))
    expected = torch.tensor([12.0, -4.0]).view(2, 1, 1).expand(2, 16, 24)
    assert torch.allclose(found, expected, atol=1e-4)


def pointing(degrees, length=1.0):
    angle = math.radians(degrees)
    vector = torch.tensor([math.cos(angle), math.sin(angle)]) * length
    return colour_wheel(vector.view(2, 1, 1), maximum=1)[:, 0, 0]


def test_right_is_red_and_opposite_ways_have_opposite_hues():
    assert torch.allclose(pointing(0), torch.tensor([1.0, 0, 0]), atol=1e-3)
    down, left, up = pointing(90), pointing(180), pointing(-90)
    assert down[0] > 0.9
    assert down[1] > 0.8
    assert down[2] == 0
    assert left[2] > 0.9
    assert left[0] == 0
    assert up[2] > 0.9
    assert up[0] > 0.2


def test_the_wheel_closes_and_has_no_jumps():
    colours = torch.stack([pointing(degrees) for degrees in range(-2, 363)])
    assert colours.diff(dim=0).abs().max() < 0.05


def test_stillness_is_white_slow_is_pale_unknown_black_and_too_long_dark():
    assert pointing(40, 0).tolist() == [1, 1, 1]
    assert (pointing(0, 0.5) - torch.tensor([1, 0.5, 0.5])).abs().max() < 1e-3
    assert torch.allclose(pointing(0, 3), torch.tensor([0.75, 0, 0]), atol=1e-3)
    assert pointing(0, math.nan).tolist() == [0, 0, 0]
    assert pointing(0, math.inf).tolist() == [0, 0, 0]


@given(seeds, sizes)
@small
def test_by_default_the_longest_motion_is_the_full_colour(seed, size):
    flow = random(seed, 2, *size, low=-30, high=30)
    picture = colour_wheel(flow)
    assert picture.shape == (3, *size)
    assert picture.min() >= 0
    assert picture.max() <= 1
    assert torch.allclose(picture, colour_wheel(flow * 3), atol=1e-4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow_module, "_BAND_PIXELS", 1)
        assert torch.allclose(colour_wheel(flow), picture, atol=1e-5)


def test_a_picture_without_motion_is_white():
    assert (colour_wheel(torch.zeros(2, 3, 4)) == 1).all()


def test_wrong_shapes_are_named():
    with pytest.raises(ValueError, match=r"\(3, 4, 4\)"):
        colour_wheel(torch.zeros(3, 4, 4))
