"""The camera's share: found exactly where only the camera moved, and beside what moved itself."""

from __future__ import annotations

import math

import pytest
import torch

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.camera import PARTS, ROTATIONS, fit_camera
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.trajectory import Trajectory

SIZE = (480, 640)
FOCAL = 700.0
# Pitch, yaw, roll in radians over the exposure: some 14 px of motion.
SHAKE = {"pitch": 0.012, "yaw": -0.02, "roll": 0.015}


def turned(motion, focal=FOCAL, grid=(48, 64), bend=0.0):
    """Paths of a camera that turns about its centre, from the exact projection."""
    y, x = torch.meshgrid(
        *(((torch.arange(n) + 0.5) / n - 0.5) * s for n, s in zip(grid, SIZE, strict=True)),
        indexing="ij",
    )
    rays = torch.stack([x, y, torch.full_like(x, focal)], -1).double()

    def seen(t):
        pitch, yaw, roll = (motion[part] * t for part in ROTATIONS)
        # Signs as in the fit: pitch moves along y, yaw along x, roll from x to y.
        turn = torch.tensor([[0, -roll, yaw], [roll, 0, pitch], [-yaw, -pitch, 0]])
        moved = rays @ torch.linalg.matrix_exp(turn.double()).T
        return torch.stack([moved[..., 0], moved[..., 1]]) / moved[..., 2] * focal

    first, last = (seen(t) - rays[..., :2].permute(2, 0, 1) for t in (-0.5, 0.5))
    maps = torch.stack([last - first, 2 * (first + last) + bend * (last - first)])
    return Trajectory(maps.float(), Constraint.QUADRATIC, SIZE)


def test_a_turning_camera_is_found():
    fit = fit_camera(turned(SHAKE), FOCAL)
    for part, angle in SHAKE.items():
        assert fit.motion[part] == pytest.approx(angle, rel=0.03)
    assert fit.residual.norm(dim=0).mean() < 0.1


def test_the_cameras_own_paths_bend_as_the_fitted_ones():
    bent = turned(SHAKE, bend=0.3)
    fit = fit_camera(bent, FOCAL)
    assert (as_quadratic(fit.trajectory) - as_quadratic(bent)).abs().mean() < 0.1


def test_a_moving_subject_does_not_disturb_the_camera_and_is_what_is_left():
    trajectory = turned(SHAKE)
    maps = trajectory.maps.clone()
    maps[0, 0, 10:35, 20:45] -= 38.0
    fit = fit_camera(Trajectory(maps, Constraint.QUADRATIC, SIZE), FOCAL)
    assert fit.motion["yaw"] == pytest.approx(SHAKE["yaw"], rel=0.05)
    inside = fit.residual[:, 12:33, 22:43].mean((1, 2))
    assert inside[0] == pytest.approx(-38, abs=2)
    assert fit.weight[12:33, 22:43].max() < 0.1
    assert fit.weight[40:, :15].min() > 0.8


def test_cells_read_backwards_are_turned_round():
    trajectory = turned(SHAKE)
    maps = trajectory.maps.clone()
    maps[0, :, :, 40:] *= -1
    fit = fit_camera(Trajectory(maps, Constraint.QUADRATIC, SIZE), FOCAL)
    assert abs(fit.motion["yaw"]) == pytest.approx(abs(SHAKE["yaw"]), rel=0.05)
    assert fit.residual.norm(dim=0).mean() < 0.2


def test_cells_that_are_not_sure_have_no_say():
    trajectory = turned(SHAKE)
    maps, sure = trajectory.maps.clone(), torch.ones(48, 64)
    maps[:, :, :, :40] = 25.0
    sure[:, :40] = 0.0
    fit = fit_camera(Trajectory(maps, Constraint.QUADRATIC, SIZE, confidence=sure), FOCAL)
    assert fit.motion["roll"] == pytest.approx(SHAKE["roll"], rel=0.1)


@pytest.mark.parametrize(
    ("part", "amount", "field"),
    [
        ("x", 9.0, lambda x, y: (9.0 + 0 * x, 0 * y)),
        ("zoom", 0.05, lambda x, y: (0.05 * x, 0.05 * y)),
        ("roll", 0.03, lambda x, y: (-0.03 * y, 0.03 * x)),
    ],
)
def test_every_part_alone_is_found_among_others(part, amount, field):
    y, x = torch.meshgrid(
        *(((torch.arange(n) + 0.5) / n - 0.5) * s for n, s in zip((24, 32), SIZE, strict=True)),
        indexing="ij",
    )
    maps = torch.zeros(2, 2, 24, 32)
    maps[0] = torch.stack(field(x, y))
    fit = fit_camera(Trajectory(maps, Constraint.QUADRATIC, SIZE), None, ("roll", "x", "y", "zoom"))
    for name, value in fit.motion.items():
        assert value == pytest.approx(amount if name == part else 0, abs=1e-4)


def test_where_nothing_moves_the_camera_stood_still():
    fit = fit_camera(Trajectory.zero(SIZE))
    assert all(abs(value) < 1e-9 for value in fit.motion.values())
    assert fit.focal == pytest.approx(1.2 * 640)


@pytest.mark.parametrize("grid", [(1, 1), (1, 9), (3, 2)])
def test_the_smallest_grids_have_an_answer(grid):
    maps = torch.full((2, 2, *grid), 3.0)
    fit = fit_camera(Trajectory(maps, Constraint.QUADRATIC, (16, 16)), parts=PARTS)
    assert all(math.isfinite(value) for value in fit.motion.values())


@pytest.mark.parametrize(
    ("options", "named"),
    [({"parts": ("tilt",)}, "tilt"), ({"parts": ()}, "some of"), ({"focal": 0.0}, "focal")],
)
def test_what_makes_no_sense_is_named(options, named):
    with pytest.raises(ValueError, match=named):
        fit_camera(turned(SHAKE), **options)
