"""Verdicts: how much, which way, and whether camera or subject moved, in words."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.findings.verdict import verdict_on
from blurstudio.engine.findings.words import direction_of, place_of
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory
from tests.engine.conftest import photo_of, waves

SIZE = (240, 320)


@pytest.fixture(scope="module")
def pixels():
    return waves(*SIZE)


def moving(dx=0.0, dy=0.0, grid=(60, 80)):
    maps = torch.zeros(2, 2, *grid)
    maps[0, 0], maps[0, 1] = dx, dy
    return Trajectory(maps, Constraint.QUADRATIC, SIZE)


def test_a_still_photo_is_sharp(pixels):
    verdict = verdict_on(photo_of(pixels), moving())
    assert verdict.sharp
    assert verdict.sentence.startswith("Sharp")
    assert verdict.subjects == ()


def test_camera_shake_is_told_with_its_length_and_direction(pixels):
    verdict = verdict_on(photo_of(pixels), moving(dy=14.0))
    assert verdict.sentence == "Camera shake, 14 px, vertical."
    assert verdict.blur_length == pytest.approx(14, abs=0.1)
    assert verdict.camera_length == pytest.approx(14, abs=0.5)


def test_a_subject_that_moves_beside_the_camera_is_found_in_its_place(pixels):
    trajectory = moving(dy=14.0)
    trajectory.maps[0, 0, 5:20, 55:75] += 38.0
    verdict = verdict_on(photo_of(pixels), trajectory)
    [subject] = verdict.subjects
    assert subject.place == "top right"
    assert subject.added == pytest.approx(38, abs=1)
    assert subject.area == pytest.approx(15 * 20 / (60 * 80), abs=0.02)
    assert verdict.sentence.startswith("Camera shake, 14 px, vertical; what is at the top right")
    assert verdict.sentence.endswith("px, horizontal.")


def test_a_subject_before_a_still_camera_moved_alone(pixels):
    trajectory = moving()
    trajectory.maps[0, 0, 25:40, 30:50] = 20.0
    verdict = verdict_on(photo_of(pixels), trajectory)
    assert verdict.camera_length < 1
    assert verdict.sentence == "What is at the centre moved 20 px, horizontal."


def test_what_is_not_sure_is_no_subject(pixels):
    trajectory = moving(dy=14.0)
    trajectory.maps[0, 0, 5:20, 55:75] += 38.0
    sure = torch.ones(60, 80)
    sure[5:20, 55:75] = 0.2
    unsure = Trajectory(trajectory.maps, Constraint.QUADRATIC, SIZE, confidence=sure)
    assert verdict_on(photo_of(pixels), unsure).subjects == ()


def test_a_turning_camera_is_told_as_such(pixels):
    y, x = torch.meshgrid(torch.arange(60) * 4.0 - 118, torch.arange(80) * 4.0 - 158, indexing="ij")
    trajectory = moving()
    trajectory.maps[0, 0], trajectory.maps[0, 1] = -0.1 * y, 0.1 * x
    verdict = verdict_on(photo_of(pixels), trajectory)
    assert "turning about the lens's axis" in verdict.sentence
    assert abs(verdict.rotation[2]) == pytest.approx(np.degrees(0.1), rel=0.02)


def test_the_exposure_that_would_have_been_short_enough(pixels):
    verdict = verdict_on(photo_of(pixels, exposure_time=0.1), moving(dx=20.0))
    assert verdict.longest_exposure == pytest.approx(0.1 / 20, rel=0.01)
    assert verdict_on(photo_of(pixels), moving(dx=20.0)).longest_exposure is None


def test_the_speed_of_turning_needs_focal_length_and_time(pixels):
    # 320 px across 36 mm: 45 mm are 400 px, and 20 px are 20 / 400 radians.
    known = photo_of(pixels, exposure_time=0.1, focal_length_35mm=45.0)
    verdict = verdict_on(known, moving(dx=20.0))
    assert verdict.focal_known
    assert verdict.degrees_per_second == pytest.approx(np.degrees(20 / 400) / 0.1, rel=0.1)
    unknown = verdict_on(photo_of(pixels, exposure_time=0.1), moving(dx=20.0))
    assert not unknown.focal_known
    assert unknown.degrees_per_second is None


def test_paths_of_a_reduced_photo_count_in_pixels_of_the_photo(pixels):
    half = Trajectory(moving(dx=10.0).maps, Constraint.QUADRATIC, (120, 160))
    assert verdict_on(photo_of(pixels), half).blur_length == pytest.approx(20, abs=0.2)


@pytest.mark.parametrize("size", [(1, 1), (3, 40)])
def test_the_smallest_photos_have_a_verdict(size):
    trajectory = Trajectory(torch.full((2, 2, 1, 1), 2.0), Constraint.QUADRATIC, size)
    assert verdict_on(photo_of(waves(*size)), trajectory).sentence


@pytest.mark.parametrize(
    ("x", "y", "name"),
    [
        (5, 0, "horizontal"),
        (-5, 0.5, "horizontal"),
        (0.2, 7, "vertical"),
        (4, 4, "from top left to bottom right"),
        (-4, 4, "from bottom left to top right"),
        (0, 0, ""),
    ],
)
def test_directions_have_names_whichever_way_time_ran(x, y, name):
    moved = np.array([x, y], float)[:, None, None] * np.ones((2, 4, 4))
    assert direction_of(moved) == direction_of(-moved) == name


def test_directions_that_disagree_have_none():
    angles = np.linspace(0, np.pi, 16, endpoint=False)
    assert direction_of(np.stack([np.cos(angles), np.sin(angles)])) == "in changing directions"
    some = np.array([[5.0, 5, 5, 3], [0.0, 0, 0, 3]])
    assert direction_of(some) == "mostly horizontal"


def test_places_have_names():
    assert place_of(0.5, 0.5) == "centre"
    assert place_of(0.01, 0.99) == "bottom left"
    assert place_of(1.0, 0.4) == "right"
    assert place_of(0.5, 0.0) == "top"
