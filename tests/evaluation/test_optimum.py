"""The best paths of a picture, fitted to known blur family by family, and averages along them."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from blurstudio.evaluation import metrics
from blurstudio.evaluation.averaging import PHOTO, VIDEO, ZHANG
from blurstudio.evaluation.descent import Task, descend
from blurstudio.evaluation.optimum import best_paths
from blurstudio.evaluation.reblur import score_reblur
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory

SIZE = (64, 96)


def textured(seed: int = 0) -> torch.Tensor:
    """A picture with detail of all sizes, (3, H, W)."""
    generator = torch.Generator().manual_seed(seed)
    layers = [
        F.interpolate(
            torch.rand(1, 3, SIZE[0] // step, SIZE[1] // step, generator=generator),
            SIZE,
            mode="bicubic",
        )[0]
        for step in (2, 4, 8, 16)
    ]
    return (0.25 * sum(layers)).clamp(0, 1)


def straight(dx: float, dy: float) -> Trajectory:
    maps = torch.tensor([float(dx), float(dy)]).view(1, 2, 1, 1)
    return Trajectory(maps, Constraint.LINEAR, SIZE)


@pytest.fixture(scope="module")
def moved():
    """A picture moved straight by 9 px, and the best paths of every family."""
    sharp = textured()
    blurred = ZHANG.reblur(sharp, straight(8, -4))
    return sharp, blurred, best_paths(sharp, blurred, ZHANG)


def test_straight_blur_is_explained_by_every_family(moved):
    sharp, blurred, best = moved
    assert metrics.psnr(sharp, blurred) < 30
    for trajectory in best.values():
        assert metrics.psnr(ZHANG.reblur(sharp, trajectory), blurred) > 40


def test_straight_blur_gives_back_the_path_up_to_the_direction_of_time(moved):
    _, _, best = moved
    dx, dy = best[Constraint.LINEAR].maps[0, :, 4:-4, 4:-4].flatten(1).median(1).values
    assert abs(float(dx)) == pytest.approx(8, abs=0.5)
    assert float(dy) == pytest.approx(-float(dx) / 2, abs=0.5)


def test_paths_come_on_a_grid_that_covers_the_picture(moved):
    _, _, best = moved
    assert {t.maps.shape[-2:] for t in best.values()} == {(16, 24)}
    assert best[Constraint.FREE].maps.shape[0] == 15
    assert all(t.size == SIZE for t in best.values())


def test_a_bend_needs_more_than_a_straight_path():
    sharp = textured(1)
    bent = torch.tensor([[6.0, 0.0], [0.0, 20.0]]).view(2, 2, 1, 1)
    blurred = PHOTO.reblur(sharp, Trajectory(bent, Constraint.QUADRATIC, SIZE))
    best = best_paths(sharp, blurred, PHOTO)
    psnr = {f: metrics.psnr(PHOTO.reblur(sharp, t), blurred) for f, t in best.items()}
    assert psnr[Constraint.QUADRATIC] > psnr[Constraint.LINEAR] + 2
    assert psnr[Constraint.FREE] >= max(psnr[Constraint.QUADRATIC], psnr[Constraint.BILINEAR]) - 0.1


def test_no_step_makes_a_picture_worse():
    sharp = textured(2)
    blurred = ZHANG.reblur(sharp, straight(3, 0))
    task = Task(sharp, blurred, torch.ones(1, *SIZE), ZHANG)
    errors = []
    maps = torch.tensor([1.0, 1.0]).view(1, 2, 1, 1)
    for _ in range(4):
        errors.append(float(task.errors(ZHANG.mean(sharp, maps, Constraint.LINEAR)).sum()))
        maps = descend(task, maps, Constraint.LINEAR, 1)
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < errors[0] / 4


def test_an_average_in_light_is_the_engines_reblur():
    sharp = textured(3)
    trajectory = straight(5, 2)
    expected = reblur_along(sharp, trajectory, 33)
    assert torch.allclose(PHOTO.reblur(sharp, trajectory), expected, atol=1e-5)


def test_a_picture_of_one_colour_has_an_exact_average():
    grey = torch.full((3, *SIZE), 0.3)
    for averaging in (ZHANG, VIDEO, PHOTO):
        assert torch.allclose(averaging.reblur(grey, straight(9, 9)), grey, atol=1e-5)
        assert float(averaging.weights.sum()) == pytest.approx(1)


@pytest.mark.parametrize("size", [(60, 96), (64, 90)])
def test_pictures_of_odd_sizes_are_refused(size):
    picture = torch.rand(3, *size)
    with pytest.raises(ValueError, match="multiples of 8"):
        best_paths(picture, picture, ZHANG)


def test_a_network_that_knows_the_path_reaches_the_best(moved):
    sharp, blurred, _ = moved
    maps = torch.tensor([[8.0, -4.0], [0.0, 0.0]]).view(2, 2, 1, 1)
    known = Trajectory(maps, Constraint.QUADRATIC, SIZE)
    score = score_reblur("picture", sharp, blurred, {"ours": lambda _: known}, ZHANG, ZHANG)
    assert set(score.read) == {("ours", Constraint.QUADRATIC), ("ours", Constraint.LINEAR)}
    for value in score.read.values():
        assert value > 60
    assert score.identity == metrics.psnr(sharp, blurred)
    assert score.true is None
