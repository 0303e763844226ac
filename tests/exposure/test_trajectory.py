"""Trajectory: offsets at any moment and size, reversal, scaling, resizing and drawing."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from exposure_strategies import constraints, masks, random, seeds, sizes, small, trajectories
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.basis import Constraint, evaluate_maps, times
from blurstudio.exposure.trajectory import Trajectory

MOMENTS = times(7)


@given(trajectories())
@small
def test_reversing_twice_is_identity(trajectory):
    twice = trajectory.reversed().reversed()
    assert torch.equal(twice.offsets(MOMENTS), trajectory.offsets(MOMENTS))


@given(trajectories(), masks())
@small
def test_reversing_twice_under_a_mask_is_identity(trajectory, mask):
    twice = trajectory.reversed(mask).reversed(mask)
    assert torch.equal(twice.offsets(MOMENTS), trajectory.offsets(MOMENTS))


@given(trajectories())
@small
def test_reversing_runs_time_backwards(trajectory):
    backward = trajectory.reversed().offsets(MOMENTS)
    assert torch.allclose(backward, trajectory.offsets(MOMENTS).flip(0), atol=1e-5)


@given(trajectories(flips=False), masks())
@small
def test_a_mask_reverses_its_own_pixels_and_no_others(trajectory, mask):
    forward = trajectory.offsets(MOMENTS)
    mixed = trajectory.reversed(mask).offsets(MOMENTS)
    height, width = trajectory.size
    inside = F.interpolate(mask[None, None].double(), (height, width), mode="nearest-exact")[0, 0]
    expected = torch.where(inside > 0, forward.flip(0), forward)
    assert torch.allclose(mixed, expected, atol=1e-5)


def test_masks_of_different_resolution_add_up():
    trajectory = Trajectory(torch.ones(1, 2, 2, 2), Constraint.LINEAR, (8, 8))
    left = torch.tensor([[True, False]])
    fine = torch.zeros(8, 8, dtype=torch.bool)
    fine[:, :3] = True
    last = trajectory.reversed(left).reversed(fine).endpoints()[1]
    assert last[0, 0].tolist() == [0.5, 0.5, 0.5, -0.5, 0.5, 0.5, 0.5, 0.5]


@given(seeds, sizes, st.sampled_from((3, 5, 17)))
@small
def test_resampling_a_quadratic_path_is_exact(seed, size, count):
    maps = random(seed, 2, 2, *size, low=-9, high=9)
    path = Trajectory(maps, Constraint.QUADRATIC, size)
    known = path.offsets(times(count))
    found = Trajectory.fit(known, times(count), Constraint.QUADRATIC)
    assert found.size == size
    between = random(seed + 1, 6, low=-0.5, high=0.5)
    assert torch.allclose(found.offsets(between), path.offsets(between), atol=1e-4)


@given(trajectories(), sizes)
@small
def test_a_resized_trajectory_is_its_offsets_at_that_size(trajectory, size):
    resized = trajectory.resized(size)
    assert resized.size == size
    assert torch.allclose(
        resized.offsets(MOMENTS), trajectory.offsets(MOMENTS, size), rtol=1e-5, atol=1e-5
    )


@given(trajectories(flips=False), sizes)
@small
def test_offsets_are_resized_half_pixel_and_scaled(trajectory, size):
    on_grid = evaluate_maps(trajectory.maps, trajectory.constraint, MOMENTS)
    expected = F.interpolate(on_grid, size, mode="bilinear", align_corners=False)
    scale = torch.tensor([size[1] / trajectory.size[1], size[0] / trajectory.size[0]])
    expected = expected * scale.view(2, 1, 1)
    assert torch.allclose(trajectory.offsets(MOMENTS, size), expected, rtol=1e-5, atol=1e-4)


@given(trajectories(), st.data())
@small
def test_a_band_of_rows_is_cut_from_the_whole(trajectory, data):
    height = trajectory.size[0]
    first = data.draw(st.integers(0, height - 1))
    last = data.draw(st.integers(first + 1, height))
    whole = trajectory.offsets(MOMENTS)
    band = trajectory.offsets(MOMENTS, rows=(first, last))
    assert torch.allclose(band, whole[:, :, first:last], atol=1e-5)


@given(trajectories())
@small
def test_one_moment_is_cut_from_many(trajectory):
    many = trajectory.offsets(MOMENTS)
    one = trajectory.offsets((float(MOMENTS[1]),))
    assert torch.allclose(one[0], many[1], atol=1e-5)
    first, last = trajectory.endpoints()
    assert torch.allclose(torch.stack((first, last)), many[[0, -1]], atol=1e-5)


@given(trajectories(), st.floats(0, 3))
@small
def test_scaling_scales_every_offset_and_the_length(trajectory, factor):
    scaled = trajectory.scaled(factor)
    expected = trajectory.offsets(MOMENTS) * factor
    assert torch.allclose(scaled.offsets(MOMENTS), expected, atol=1e-4)
    assert torch.allclose(scaled.length(), trajectory.length() * factor, atol=1e-3)


def test_freezing_under_a_mask_stops_what_is_inside_and_spares_what_is_far():
    trajectory = Trajectory(
        torch.full((1, 2, 1, 1), 6.0), Constraint.LINEAR, (16, 32), confidence=torch.ones(1, 1)
    )
    mask = torch.zeros(16, 32)
    mask[:, :16] = 1
    last = trajectory.scaled(0, mask).endpoints()[1]
    assert last[:, :, :12].abs().max() < 1e-5
    assert torch.allclose(last[:, :, 20:], torch.tensor(3.0))


def test_length_of_straight_and_broken_paths_is_exact():
    straight = Trajectory(torch.tensor([3.0, 4.0]).view(1, 2, 1, 1), Constraint.LINEAR, (4, 6))
    assert torch.allclose(straight.length(), torch.full((4, 6), 5.0))
    corner = torch.tensor([[3.0, 0.0], [0.0, 4.0]]).view(2, 2, 1, 1)
    broken = Trajectory(corner, Constraint.BILINEAR, (4, 6))
    assert torch.allclose(broken.length(), torch.full((4, 6), 7.0))
    doubled = broken.length((8, 12))
    assert torch.allclose(doubled, torch.full((8, 12), 14.0))


@given(trajectories())
@small
def test_reversal_does_not_change_the_length(trajectory):
    assert torch.allclose(trajectory.reversed().length(), trajectory.length(), atol=1e-4)


@given(trajectories(), st.integers(1, 6), st.sampled_from((1, 2, 5)))
@small
def test_polylines_follow_the_content(trajectory, spacing, count):
    points, paths = trajectory.polylines(spacing, count)
    x, y = points.long().unbind(-1)
    height, width = trajectory.size
    assert ((x >= 0) & (x < width) & (y >= 0) & (y < height)).all()
    offsets = trajectory.offsets(times(count))[:, :, y, x].permute(2, 0, 1)
    assert paths.shape == (len(points), count, 2)
    assert torch.allclose(paths, points[:, None] - offsets, atol=1e-4)


def test_polylines_stand_on_a_lattice_centred_in_the_picture():
    points, _ = Trajectory.zero((9, 20)).polylines(8, 3)
    assert points.tolist() == [[1, 0], [9, 0], [17, 0], [1, 8], [9, 8], [17, 8]]


def test_no_motion_is_no_motion_at_any_size():
    still = Trajectory.zero((5, 7))
    assert still.offsets(MOMENTS).shape == (7, 2, 5, 7)
    assert not still.offsets(MOMENTS, (11, 3)).any()
    assert not still.length().any()


@given(seeds, constraints)
@small
def test_gradients_reach_the_maps_through_any_size(seed, constraint):
    count = {"linear": 1, "free": 3}.get(constraint, 2)
    maps = random(seed, count, 2, 3, 3, low=-2, high=2).requires_grad_()
    offsets = Trajectory(maps, constraint, (8, 9)).offsets(MOMENTS, (5, 6))
    (gradient,) = torch.autograd.grad((offsets**2).sum(), maps)
    assert gradient.isfinite().all()
    assert gradient.any()


def test_moving_to_a_device_takes_everything_along():
    mask = torch.tensor([[True, False]])
    trajectory = Trajectory(
        torch.ones(1, 2, 2, 2), Constraint.LINEAR, (4, 4), torch.ones(2, 2), mask
    )
    moved = trajectory.to("meta")
    assert {moved.maps.device, moved.confidence.device, moved.flipped.device} == {
        torch.device("meta")
    }


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: Trajectory(torch.zeros(2, 3), Constraint.LINEAR, (4, 4)), r"\(2, 3\)"),
        (
            lambda: Trajectory(torch.zeros(1, 3, 4, 4), Constraint.LINEAR, (4, 4)),
            r"\(1, 3, 4, 4\)",
        ),
        (
            lambda: Trajectory(torch.zeros(1, 2, 4, 4), Constraint.BILINEAR, (4, 4)),
            r"\(1, 2, 4, 4\)",
        ),
        (lambda: Trajectory(torch.zeros(1, 2, 0, 4), Constraint.LINEAR, (4, 4)), r"0, 4\)"),
        (lambda: Trajectory(torch.zeros(1, 2, 4, 4).int(), Constraint.LINEAR, (4, 4)), "int32"),
        (lambda: Trajectory(torch.zeros(1, 2, 4, 4), Constraint.LINEAR, (0, 4)), r"\(0, 4\)"),
        (
            lambda: Trajectory(torch.zeros(1, 2, 4, 4), Constraint.LINEAR, (4, 4), torch.ones(3)),
            r"\(3,\)",
        ),
        (
            lambda: Trajectory(
                torch.zeros(1, 2, 4, 4), Constraint.LINEAR, (4, 4), flipped=torch.ones(3, 3)
            ),
            r"\(3, 3\).*float32",
        ),
        (lambda: Trajectory.from_flow(torch.zeros(3, 4, 4)), r"\(3, 4, 4\)"),
        (lambda: Trajectory.fit(torch.zeros(2, 4, 4), MOMENTS, Constraint.LINEAR), r"\(2, 4, 4\)"),
        (lambda: Trajectory.zero((4, 4)).offsets(MOMENTS, rows=(3, 9)), r"\(3, 9\)"),
        (lambda: Trajectory.zero((4, 4)).offsets(MOMENTS, (4, 0)), r"\(4, 0\)"),
        (lambda: Trajectory.zero((4, 4)).reversed(torch.ones(4, 4)), r"\(4, 4\).*float32"),
        (lambda: Trajectory.zero((4, 4)).scaled(0, torch.ones(4)), r"\(4,\)"),
        (lambda: Trajectory.zero((4, 4)).polylines(0, 3), "0"),
        (lambda: Trajectory.zero((4, 4)).resized((4, -1)), r"\(4, -1\)"),
    ],
)
def test_wrong_shapes_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
