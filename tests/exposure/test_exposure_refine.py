"""Refining by exposing again: bends are found, nothing is invented, noise is not explained."""

from __future__ import annotations

import pytest
import torch

from blurstudio.exposure.consistency import STEPS, explain_more, worthwhile_steps
from blurstudio.exposure.fit import Stop
from blurstudio.exposure.light import linear_to_srgb, srgb_to_linear
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.refine import refine_paths
from blurstudio.exposure.trajectory import Constraint, Trajectory

SIZE = (96, 128)


def texture(seed=0):
    """Smooth random picture (3, H, W), sRGB."""
    generator = torch.Generator().manual_seed(seed)
    rough = torch.rand(1, 3, 24, 32, generator=generator)
    smooth = torch.nn.functional.interpolate(rough, SIZE, mode="bicubic")[0]
    return (0.5 + 0.8 * (smooth - 0.5)).clamp(0.05, 0.95)


def quadratic(a, b):
    """The same parabola everywhere, with a confidence of one half."""
    maps = torch.zeros(2, 2, 6, 8)
    maps[0] += torch.tensor(a).view(2, 1, 1)
    maps[1] += torch.tensor(b).view(2, 1, 1)
    return Trajectory(maps, Constraint.QUADRATIC, SIZE, torch.full((6, 8), 0.5))


def test_a_bend_that_the_paths_lacked_is_found_as_far_as_the_anchor_lets_it():
    sharp = texture()
    true = quadratic((9.0, 0.0), (0.0, 12.0))
    fit = refine_paths(reblur_along(sharp, true), sharp, quadratic((9.0, 0.0), (0.0, 0.0)))
    found = fit.trajectory.maps.mean((-2, -1))
    assert 2.5 < float(found[1, 1]) < 13
    assert abs(float(found[1, 0])) < 1
    assert found[0].tolist() == pytest.approx([9.0, 0.0]), "length and direction stay"
    assert fit.after < 0.8 * fit.before


def test_bent_paths_to_begin_with_are_kept_and_compared_with_those_given():
    sharp = texture()
    true, straight = quadratic((9.0, 0.0), (0.0, 12.0)), quadratic((9.0, 0.0), (0.0, 0.0))
    fit = refine_paths(reblur_along(sharp, true), sharp, straight, start=true)
    assert torch.equal(fit.trajectory.maps, true.maps)
    assert fit.after < 0.3 * fit.before


def test_right_paths_are_left_alone():
    sharp = texture()
    true = quadratic((7.0, 3.0), (0.0, 6.0))
    fit = refine_paths(reblur_along(sharp, true), sharp, true)
    assert fit.stop is Stop.NO_GAIN
    assert torch.equal(fit.trajectory.maps, true.maps)


def test_noise_is_not_explained_by_bends():
    sharp = texture()
    straight = quadratic((8.0, 0.0), (0.0, 0.0))
    noise = torch.randn(3, *SIZE, generator=torch.Generator().manual_seed(1))
    photo = (reblur_along(sharp, straight) + 0.03 * noise).clamp(0, 1)
    fit = refine_paths(photo, sharp, straight)
    assert float(fit.trajectory.maps[1].abs().mean()) < 1


@pytest.mark.parametrize("constraint", [Constraint.BILINEAR, Constraint.FREE])
def test_other_families_bend_as_well(constraint):
    sharp = texture()
    true = quadratic((9.0, 0.0), (0.0, 12.0))
    straight = Trajectory.fit(
        quadratic((9.0, 0.0), (0.0, 0.0)).offsets(torch.linspace(-0.5, 0.5, 15), (6, 8)),
        torch.linspace(-0.5, 0.5, 15),
        constraint,
    )
    # The fit above speaks of a picture of 6 x 8 px; its paths were scaled down with it.
    given = Trajectory(straight.maps, constraint, (6, 8)).resized(SIZE)
    fit = refine_paths(reblur_along(sharp, true), sharp, given)
    assert fit.after < 0.9 * fit.before
    middle = fit.trajectory.offsets((0.0,))
    assert float(middle.abs().max()) == pytest.approx(0, abs=1e-5)


def test_straight_paths_and_still_ones_are_told_apart_from_a_gain():
    sharp = texture()
    straight = Trajectory(torch.ones(1, 2, 4, 4), Constraint.LINEAR, SIZE)
    assert refine_paths(sharp, sharp, straight).stop is Stop.STRAIGHT
    assert refine_paths(sharp, sharp, quadratic((0.1, 0.0), (0.0, 0.0))).stop is Stop.STILL


def test_it_can_be_watched_and_stopped():
    sharp = texture()
    true = quadratic((9.0, 0.0), (0.0, 12.0))
    seen = []

    def watch(fraction, paths):
        seen.append((fraction, paths.constraint))
        if len(seen) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        refine_paths(reblur_along(sharp, true), sharp, quadratic((9.0, 0.0), (0.0, 0.0)), watch)
    fractions = [fraction for fraction, _ in seen]
    assert fractions == sorted(fractions)
    assert 0 < fractions[0] < fractions[-1] < 1


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (5, 7)])
def test_the_smallest_pictures_do_no_harm(size):
    picture = torch.full((3, *size), 0.5)
    paths = Trajectory(torch.full((2, 2, 1, 1), 5.0), Constraint.QUADRATIC, size)
    fit = refine_paths(picture, picture, paths)
    assert fit.stop is Stop.SMALL
    assert fit.trajectory is paths


def test_pictures_of_different_shapes_are_named():
    with pytest.raises(ValueError, match=r"\(3, 4, 4\) and \(3, 4, 5\)"):
        refine_paths(torch.zeros(3, 4, 4), torch.zeros(3, 4, 5), quadratic((1.0, 0), (0, 0)))


def psnr(one, other):
    return float(-10 * (one - other).square().mean().log10())


def explained(sharp_srgb, photo_srgb, paths, trust, noise=0.0):
    better = explain_more(
        srgb_to_linear(photo_srgb), srgb_to_linear(sharp_srgb), paths, trust, noise
    )
    return linear_to_srgb(better)


def test_a_picture_comes_nearer_to_the_truth_along_true_paths():
    sharp, paths = texture(), quadratic((7.0, 0.0), (0.0, 0.0))
    photo = reblur_along(sharp, paths)
    start = 0.5 * (sharp + photo)
    better = explained(start, photo, paths, torch.ones(SIZE))
    assert psnr(better, sharp) > psnr(start, sharp) + 1
    assert psnr(reblur_along(better, paths), photo) > psnr(reblur_along(start, paths), photo) + 3


def test_a_picture_stays_where_paths_are_not_trusted():
    sharp, paths = texture(), quadratic((7.0, 0.0), (0.0, 0.0))
    photo = reblur_along(sharp, paths)
    trust = torch.zeros(SIZE)
    trust[:, 64:] = 1
    better = explained(photo, photo, paths, trust)
    assert torch.allclose(better[:, :, :50], photo[:, :, :50], atol=1e-4)
    assert not torch.allclose(better[:, :, 80:], photo[:, :, 80:], atol=1e-3)


def test_a_residual_as_small_as_the_noise_is_left_alone():
    sharp, paths = texture(), quadratic((7.0, 0.0), (0.0, 0.0))
    photo = reblur_along(sharp, paths)
    start = 0.9 * sharp + 0.1 * photo
    assert torch.allclose(
        explained(start, photo, paths, torch.ones(SIZE), noise=0.05), start, atol=1e-4
    )
    assert not torch.allclose(explained(start, photo, paths, torch.ones(SIZE)), start, atol=1e-3)


def test_noise_is_left_in_peace_although_the_residual_is_a_little_larger():
    sharp, paths = texture(), quadratic((7.0, 0.0), (0.0, 0.0))
    noise = 0.03 * torch.randn(3, *SIZE, generator=torch.Generator().manual_seed(2))
    photo = (reblur_along(sharp, paths) + noise).clamp(0, 1)
    residual = float((reblur_along(sharp, paths) - photo).square().mean().sqrt())
    same = explained(sharp, photo, paths, torch.ones(SIZE), noise=0.9 * residual)
    assert torch.allclose(same, sharp, atol=1e-4)


def test_the_better_a_photo_is_explained_the_fewer_steps_are_taken():
    counts = [worthwhile_steps(psnr) for psnr in (20, 38, 39.3, 39.5, 39.8, 41, 100)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == counts[1] == STEPS
    assert counts[-1] == counts[-2] > 0
    assert len(set(counts)) > 2


def test_steps_gather_momentum():
    sharp, paths = texture(), quadratic((7.0, 0.0), (0.0, 0.0))
    photo, trust = reblur_along(sharp, paths), torch.ones(SIZE)
    light, start = srgb_to_linear(photo), srgb_to_linear(0.5 * (sharp + photo))
    together = explain_more(light, start, paths, trust, 0.0, steps=6)
    one_by_one = start
    for _ in range(6):
        one_by_one = explain_more(light, one_by_one, paths, trust, 0.0, steps=1)
    first, second = (reblur_along(linear_to_srgb(x), paths) for x in (one_by_one, together))
    assert psnr(second, photo) > psnr(first, photo) + 0.5


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"trust \(H, W\)"):
        explain_more(
            torch.zeros(3, 4, 4),
            torch.zeros(3, 4, 4),
            quadratic((1.0, 0), (0, 0)),
            torch.zeros(4, 5),
            0.0,
        )
