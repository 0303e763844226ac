"""The turned camera: angles from names, a focal length from the others, errors in degrees."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from blurstudio.errors import DataError
from blurstudio.evaluation.camera import camera_turns, measure_camera
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory

SIZE = (60, 80)
FOCAL = 500.0


def turning(pitch: float, yaw: float, roll: float) -> Trajectory:
    """Paths of a camera that turns by small angles in degrees about the picture's axes."""
    y, x = torch.meshgrid(torch.arange(60) - 29.5, torch.arange(80) - 39.5, indexing="ij")
    p, w, r = (math.radians(angle) for angle in (pitch, yaw, roll))
    maps = torch.zeros(2, 2, *SIZE)
    maps[0, 0] = w * (FOCAL + x * x / FOCAL) + p * x * y / FOCAL - r * y
    maps[0, 1] = p * (FOCAL + y * y / FOCAL) + w * x * y / FOCAL + r * x
    return Trajectory(maps, Constraint.QUADRATIC, SIZE)


@pytest.fixture
def folder(tmp_path, write_picture):
    names = ("1_roll2_pitch1_yaw-3_xmot0_ymot0", "2_roll-1_pitch2_yaw0_xmot0_ymot0",
             "3_roll0_pitch-2_yaw1_xmot3.2_ymot0")  # fmt: skip
    for number, name in enumerate(names, start=1):
        picture = np.full((*SIZE, 3), 60 * number, np.uint8)
        write_picture(tmp_path / f"{name}.jpg", picture)
        write_picture(tmp_path / f"{name}_gt.jpg", picture)
    return tmp_path


def test_angles_are_read_from_names_and_sharp_photos_are_left_out(folder):
    turns = camera_turns(folder)
    assert [turn.angles for turn in turns] == [(2, -1, 3), (-1, -2, 0), (0, 2, -1)]
    assert [turn.shifted for turn in turns] == [False, False, True]


def test_true_paths_have_next_to_no_error_and_tell_the_focal_length(folder):
    turns = camera_turns(folder)
    told = []

    def estimate(picture):
        turn = turns[round(float(picture.mean()) * 255 / 60) - 1]
        # Which way time ran is anybody's guess.
        return turning(*turn.angles).reversed()

    result = measure_camera(turns, estimate, progress=lambda *said: told.append(said))
    assert result.error < 0.05
    assert result.error_unshifted < 0.05
    assert result.still == pytest.approx((6 + 3 + 3) / 9)
    assert all(score.focal == pytest.approx(FOCAL, abs=25) for score in result.scores)
    assert told[-1][0] == 1.0


def test_one_photo_alone_can_not_be_judged(folder):
    with pytest.raises(DataError, match="at least two"):
        measure_camera(camera_turns(folder), lambda _: turning(0, 0, 0), limit=1)


def test_a_folder_without_such_photos_is_a_plain_sentence(tmp_path):
    with pytest.raises(DataError, match="roll0_pitch0"):
        camera_turns(tmp_path)
