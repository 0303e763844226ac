"""Refining by exposing again: bends are found, nothing is invented, noise is not explained."""

from __future__ import annotations

import pytest
import torch
from exposure_pictures import parabola

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.refining import refine
from blurstudio.exposure.refining.fit import Stop
from blurstudio.exposure.refining.refine import refine_paths
from blurstudio.exposure.trajectory import Trajectory

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


def test_changed_paths_to_begin_with_are_kept_and_compared_with_those_given():
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


def noisy_bend():
    """A photo along bent paths with much noise, its sharp picture, and straight paths."""
    sharp = texture()
    noise = torch.randn(3, *SIZE, generator=torch.Generator().manual_seed(1))
    photo = reblur_along(sharp, quadratic((9.0, 0.0), (0.0, 12.0))) + 0.06 * noise
    return photo.clamp(0, 1), sharp, quadratic((9.0, 0.0), (0.0, 0.0))


def test_it_ends_where_pixels_held_out_gain_no_more(monkeypatch):
    monkeypatch.setattr(refine, "_LEVELS", ((384, 60),))
    fit = refine.refine_paths(*noisy_bend())
    assert fit.stop is Stop.SETTLED
    assert fit.steps < 60


def test_it_ends_when_all_steps_are_taken(monkeypatch):
    monkeypatch.setattr(refine, "_LEVELS", ((384, 5),))
    fit = refine.refine_paths(*noisy_bend())
    assert fit.stop is Stop.LIMIT
    assert fit.steps == 5


def test_why_it_ended_is_that_of_the_finest_level(monkeypatch):
    few = refine._PATIENCE - 1
    monkeypatch.setattr(refine, "_LEVELS", ((384, 60), (768, few)))
    fit = refine.refine_paths(*noisy_bend())
    assert few < fit.steps < 60 + few, "the first level settled before its limit"
    assert fit.stop is Stop.LIMIT


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


def test_a_photo_that_is_clipped_everywhere_leaves_the_paths_as_they_are():
    white = torch.ones(3, 120, 160)
    given = parabola((120, 160), (12.0, 0.0), (0.0, 2.0))
    fit = refine_paths(white, white, given)
    assert fit.stop is Stop.NO_GAIN
    assert torch.equal(fit.trajectory.maps, given.maps)


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
