"""The player for scrubbing shows what exposure's own warp computes."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.drawing.frames import FramePlayer
from blurstudio.engine.drawing.warping import Warper
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.exposure.warp import gather
from tests.engine.conftest import waves

MAPS = {
    Constraint.LINEAR: 1,
    Constraint.QUADRATIC: 2,
    Constraint.BILINEAR: 2,
    Constraint.FREE: 5,
}


def trajectory_of(constraint, size, flipped=None):
    generator = torch.Generator().manual_seed(4)
    maps = torch.randn(MAPS[constraint], 2, 3, 4, generator=generator) * 6
    return Trajectory(maps, constraint, size, flipped=flipped)


def expected(picture, trajectory, t):
    size = picture.shape[:2]
    source = torch.from_numpy(picture).permute(2, 0, 1)[None].float()
    read = gather(source, trajectory.offsets((t,), size))
    return read[0].permute(1, 2, 0).numpy()


def as_bytes(height, width):
    return np.rint(waves(height, width) * 255).astype(np.uint8)


@pytest.mark.parametrize("constraint", list(Constraint))
@pytest.mark.parametrize("t", [-0.5, -0.3, 0.0, 0.17, 0.5])
def test_a_frame_is_the_sharp_picture_read_along_the_paths(constraint, t):
    picture = as_bytes(80, 110)
    trajectory = trajectory_of(constraint, (80, 110))
    frame = FramePlayer(picture, trajectory).frame(t)
    assert frame.dtype == np.uint8
    assert np.abs(frame - expected(picture, trajectory, t)).max() <= 2


@pytest.mark.parametrize("constraint", list(Constraint))
def test_places_read_backwards_are_read_backwards(constraint):
    picture = as_bytes(80, 110)
    flipped = torch.zeros(8, 11, dtype=torch.bool)
    flipped[:, 5:] = True
    trajectory = trajectory_of(constraint, (80, 110), flipped)
    player = FramePlayer(picture, trajectory)
    for t in (-0.4, 0.25):
        assert np.abs(player.frame(t) - expected(picture, trajectory, t)).max() <= 2


def test_at_the_displays_size_paths_shrink_with_the_picture():
    picture = as_bytes(160, 220)
    trajectory = trajectory_of(Constraint.QUADRATIC, (160, 220))
    player = FramePlayer(picture, trajectory, (80, 110))
    frame = player.frame(0.5)
    assert frame.shape == (80, 110, 3)
    still = player.frame(0.0)
    assert np.abs(frame - expected(still, trajectory, 0.5)).max() <= 2


def test_floats_are_shown_as_bytes_and_the_middle_is_the_sharp_picture():
    pixels = waves(30, 40)
    player = FramePlayer(pixels, Trajectory.zero((30, 40)))
    np.testing.assert_array_equal(player.frame(0.0), np.rint(pixels * 255).astype(np.uint8))
    np.testing.assert_array_equal(player.frame(0.5), player.frame(0.0))


def test_each_frame_is_an_array_of_its_own():
    player = FramePlayer(as_bytes(20, 20), trajectory_of(Constraint.LINEAR, (20, 20)))
    for t in (0.0, 0.5):
        first = player.frame(t)
        kept = first.copy()
        player.frame(t).fill(0)
        player.frame(-t)
        np.testing.assert_array_equal(first, kept)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (2, 3)])
def test_tiny_pictures_play(size):
    player = FramePlayer(as_bytes(*size), trajectory_of(Constraint.QUADRATIC, size))
    assert player.frame(0.5).shape == (*size, 3)


def test_a_wrong_shape_is_named():
    with pytest.raises(ValueError, match=r"\(H, W, 3\), got \(4, 4\)"):
        FramePlayer(np.zeros((4, 4), np.uint8), Trajectory.zero((4, 4)))


def jumping(size, step=24.0):
    """Paths of a square that moves before a background at rest."""
    maps = torch.zeros(1, 2, *size)
    maps[:, 0, 20:50, 30:70] = -2 * step
    return Trajectory(maps, Constraint.LINEAR, size)


@pytest.mark.parametrize("t", [-0.5, -0.2, 0.0, 0.35, 0.5])
def test_objects_before_others_lie_where_exact_frames_have_them(t):
    picture = as_bytes(80, 110)
    trajectory = jumping((80, 110))
    exact = Warper(picture.astype(np.float32) / 255, trajectory).frame(t)
    frame = FramePlayer(picture, trajectory).frame(t)
    assert np.abs(frame - exact * 255).max() <= 3
    np.testing.assert_array_equal(FramePlayer(picture, trajectory).frame(0.0), picture)


def test_an_object_that_rests_before_a_moving_background_rests():
    picture = as_bytes(80, 110)
    moving = jumping((80, 110))
    maps = moving.maps - moving.maps[:, :, 30:31, 40:41]
    frame = FramePlayer(picture, Trajectory(maps, Constraint.LINEAR, (80, 110))).frame(0.5)
    np.testing.assert_allclose(frame[22:48, 32:68], picture[22:48, 32:68], atol=1)
    assert np.abs(frame[:, :20].astype(int) - picture[:, :20]).mean() > 5


@pytest.mark.parametrize("constraint", list(Constraint))
def test_where_paths_jump_nowhere_an_exact_frame_is_one_warp(constraint):
    picture = waves(80, 110)
    trajectory = trajectory_of(constraint, (80, 110))
    frame = Warper(picture, trajectory).frame(0.4)
    np.testing.assert_array_equal(frame, expected(picture, trajectory, 0.4))
