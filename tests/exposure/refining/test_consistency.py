"""Refining a sharp picture by what its reblur misses, and what the steps leave behind."""

from __future__ import annotations

import pytest
import torch

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.refining.consistency import STEPS, explain_more
from blurstudio.exposure.refining.course import Course, shown
from blurstudio.exposure.trajectory import Trajectory

SIZE = (64, 96)
SURE = torch.ones(SIZE)


def texture():
    noise = torch.rand(3, *SIZE, generator=torch.Generator().manual_seed(0))
    return torch.nn.functional.avg_pool2d(noise[None], 5, 1, 2)[0]


def moved(x):
    maps = torch.zeros(2, 2, 4, 6)
    maps[0, 0] = x
    return Trajectory(maps, Constraint.QUADRATIC, SIZE)


def psnr(one, other):
    return float(-10 * (one - other).square().mean().log10())


def followed(sharp_srgb, photo_srgb, paths, sure=SURE, noise=0.0, **how):
    light = srgb_to_linear(photo_srgb), srgb_to_linear(sharp_srgb)
    return explain_more(*light, paths, sure, noise, **how)


def explained(sharp_srgb, photo_srgb, paths, sure=SURE, noise=0.0):
    return followed(sharp_srgb, photo_srgb, paths, sure, noise).end


def test_a_picture_comes_nearer_to_the_truth_along_true_paths():
    sharp, paths = texture(), moved(7.0)
    photo = reblur_along(sharp, paths)
    start = 0.5 * (sharp + photo)
    better = explained(start, photo, paths)
    assert psnr(better, sharp) > psnr(start, sharp) + 1
    assert psnr(reblur_along(better, paths), photo) > psnr(reblur_along(start, paths), photo) + 3


def test_a_picture_stays_where_paths_are_not_sure():
    photo = reblur_along(texture(), moved(7.0))
    sure = torch.zeros(SIZE)
    sure[:, 64:] = 1
    better = explained(photo, photo, moved(7.0), sure)
    assert torch.allclose(better[:, :, :50], photo[:, :, :50], atol=1e-4)
    assert not torch.allclose(better[:, :, 80:], photo[:, :, 80:], atol=1e-3)


def test_a_residual_as_small_as_the_noise_is_left_alone():
    sharp, paths = texture(), moved(7.0)
    photo = reblur_along(sharp, paths)
    start = 0.9 * sharp + 0.1 * photo
    assert torch.allclose(explained(start, photo, paths, noise=0.05), start, atol=1e-4)
    assert not torch.allclose(explained(start, photo, paths), start, atol=1e-3)


def test_noise_is_left_in_peace_although_the_residual_is_a_little_larger():
    sharp, paths = texture(), moved(7.0)
    noise = 0.03 * torch.randn(3, *SIZE, generator=torch.Generator().manual_seed(2))
    photo = (reblur_along(sharp, paths) + noise).clamp(0, 1)
    residual = float((reblur_along(sharp, paths) - photo).square().mean().sqrt())
    same = explained(sharp, photo, paths, noise=0.9 * residual)
    assert torch.allclose(same, sharp, atol=1e-4)


def test_steps_gather_momentum():
    sharp, paths = texture(), moved(7.0)
    photo = reblur_along(sharp, paths)
    together = followed(0.5 * (sharp + photo), photo, paths).end
    one_by_one = 0.5 * (sharp + photo)
    for _ in range(STEPS):
        one_by_one = followed(one_by_one, photo, paths, steps=1).end
    assert psnr(together, sharp) > psnr(one_by_one, sharp) + 0.3


def test_steps_are_shortened_by_a_power_of_the_confidence():
    photo, half = reblur_along(texture(), moved(7.0)), torch.full(SIZE, 0.5)
    once = followed(photo, photo, moved(7.0), half, steps=1, trust=1.0).end
    twice = followed(photo, photo, moved(7.0), half, steps=1, trust=2.0).end
    changes = [srgb_to_linear(each) - srgb_to_linear(photo) for each in (once, twice)]
    assert torch.allclose(changes[0], 2 * changes[1], atol=1e-3)


def test_every_step_is_written_down():
    sharp, paths = texture(), moved(7.0)
    photo = reblur_along(sharp, paths)
    course = followed(photo, photo, paths)
    residuals = [float(each.mean()) for each in course.residuals]
    assert len(residuals) == STEPS
    assert residuals == sorted(residuals, reverse=True)
    assert torch.allclose(course.start, photo, atol=1e-5)
    assert psnr(course.start, sharp) < psnr(course.early, sharp) < psnr(course.end, sharp)


def test_residuals_are_shown_on_cells_of_four_pixels_as_logarithms():
    sharp, paths = texture(), moved(7.0)
    photo = reblur_along(sharp, paths)
    course = followed(photo, photo, paths)
    maps = shown(course).residuals
    assert maps.shape == (4, 16, 24)
    levels = maps.exp().mean((1, 2))
    asked = [course.residuals[step].mean() for step in (0, 1, 3, STEPS - 1)]
    assert torch.allclose(levels, torch.stack(asked), rtol=0.01, atol=2e-7)


def test_a_course_without_steps_shows_no_residual():
    maps = shown(Course(torch.rand(3, 30, 41))).residuals
    assert maps.shape == (4, 8, 11)
    assert float(maps.exp().max()) < 1e-6


@pytest.mark.parametrize("size", [(1, 1), (5, 40), (33, 47)])
def test_residuals_of_any_size_are_shown(size):
    course = Course(torch.rand(3, *size))
    course.add(torch.full(size, 0.01), torch.rand(3, *size))
    maps = shown(course).residuals
    assert maps.shape == (4, -(-size[0] // 4), -(-size[1] // 4))
    assert torch.allclose(maps.exp(), torch.tensor(0.01), rtol=0.01)


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"sure \(H, W\)"):
        explain_more(torch.zeros(3, 4, 4), torch.zeros(3, 4, 4), moved(1.0), torch.zeros(4, 5), 0.0)
