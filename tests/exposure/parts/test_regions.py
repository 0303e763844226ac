"""Motion regions: what one click flips, and that no flip changes the reblur."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import random, seeds, small, smooth
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.parts.regions import flip_at, motion_regions
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory

GRID = (40, 60)
SIZE = (160, 240)


def disc():
    y, x = torch.meshgrid(torch.arange(40), torch.arange(60), indexing="ij")
    return (y - 18) ** 2 + (x - 38) ** 2 < 9**2


def scene(object_motion=(2.0, -14.0), noise=0.0, seed=0, constraint=Constraint.QUADRATIC):
    """A camera that pans and rolls a little before a disc that moves otherwise; random signs."""
    y, x = torch.meshgrid(torch.arange(40.0) - 20, torch.arange(60.0) - 30, indexing="ij")
    a = torch.stack((10 - 0.06 * y, 0.06 * x))
    a = torch.where(disc(), torch.tensor(object_motion).view(2, 1, 1), a)
    a = a + noise * random(seed, *a.shape, low=-1, high=1) * a.norm(dim=0)
    a = torch.where(random(seed + 1, *GRID) > 0.5, a, -a)
    b = smooth(seed + 2, 2, *GRID)
    maps = {
        Constraint.LINEAR: [a],
        Constraint.QUADRATIC: [a, b],
        Constraint.BILINEAR: [b - a / 2, b + a / 2],
        Constraint.FREE: [b - a / 2, b - a / 4, 0 * a, b + a / 4, b + a / 2],
    }[constraint]
    return Trajectory(torch.stack(maps), constraint, SIZE)


def region_at(trajectory, x, y):
    """Mask of what a click at a place flips."""
    return flip_at(trajectory, [(x, y)]).flipped


def overlap(mask, other):
    return float((mask & other).sum() / (mask | other).sum())


@pytest.mark.parametrize("constraint", list(Constraint))
def test_a_click_on_a_moving_disc_takes_the_disc_and_no_more(constraint):
    mask = region_at(scene(constraint=constraint), 38.5 / 60, 18.5 / 40)
    assert overlap(mask, disc()) > 0.8
    rest = region_at(scene(constraint=constraint), 0.05, 0.95)
    assert overlap(rest, ~disc()) > 0.9
    assert not (mask & rest).any()


@pytest.mark.parametrize("seed", [0, 5, 9])
def test_noise_does_not_hide_the_disc(seed):
    assert overlap(region_at(scene(noise=0.2, seed=seed), 38.5 / 60, 18.5 / 40), disc()) > 0.6


@pytest.mark.parametrize("turning", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_motion_that_is_all_alike_is_one_region(seed, turning):
    y, x = torch.meshgrid(torch.arange(40.0) - 17, torch.arange(60.0) - 31, indexing="ij")
    a = torch.stack((-y, x)) * 0.5 if turning else torch.tensor([6.0, 2]).view(2, 1, 1) + 0 * x
    a = torch.where(random(seed, *GRID) > 0.5, a, -a)
    assert not motion_regions(Trajectory(a[None], Constraint.LINEAR, SIZE)).any()


def test_regions_are_numbered_by_size_and_debris_is_none_of_them():
    trajectory = scene()
    trajectory.maps[0, :, 3:5, 4] = torch.tensor([3.0, -30.0])[:, None]
    labels = motion_regions(trajectory)
    areas = torch.bincount(labels.flatten())
    assert labels.shape == GRID
    assert labels.dtype == torch.int64
    assert areas.tolist() == sorted(areas.tolist(), reverse=True)
    assert labels[3, 4] == 0


@given(seeds, st.floats(0, 1), st.floats(0, 1))
@small
def test_a_region_holds_the_place_that_was_clicked(seed, x, y):
    maps = smooth(seed, 2, 2, 9, 7) * 20
    trajectory = Trajectory(maps, Constraint.QUADRATIC, (36, 28), random(seed + 1, 9, 7))
    mask = region_at(trajectory, x, y)
    assert mask[min(int(y * 9), 8), min(int(x * 7), 6)]


def test_flips_of_before_do_not_change_the_regions():
    trajectory = scene()
    flipped = trajectory.reversed(random(7, 11, 13) > 0.5)
    assert torch.equal(motion_regions(flipped), motion_regions(trajectory))


@pytest.mark.parametrize("places", [((0.64, 0.46),), ((0.1, 0.9),), ((0.64, 0.46), (0.1, 0.9))])
@pytest.mark.parametrize("constraint", list(Constraint))
def test_no_flip_changes_the_reblur(constraint, places):
    trajectory = scene(constraint=constraint)
    sharp = random(3, 3, *SIZE)
    flipped = flip_at(trajectory, places)
    assert not torch.equal(flipped.endpoints()[0], trajectory.endpoints()[0])
    before, after = (reblur_along(sharp, each, 17) for each in (trajectory, flipped))
    torch.testing.assert_close(after, before, atol=1e-6, rtol=0)


def test_flipping_twice_restores():
    trajectory = scene()
    first = trajectory.endpoints()[0]
    once = flip_at(trajectory, [(0.64, 0.46)])
    assert not torch.equal(once.endpoints()[0], first)
    assert torch.equal(flip_at(once, [(0.64, 0.46)]).endpoints()[0], first)
    assert torch.equal(flip_at(trajectory, [(0.64, 0.46), (0.63, 0.47)]).endpoints()[0], first)


def test_nothing_clicked_changes_nothing():
    trajectory = scene()
    assert flip_at(trajectory, []) is trajectory


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 2)])
def test_tiny_grids_have_regions(size):
    trajectory = Trajectory(random(1, 1, 2, *size), Constraint.LINEAR, (4, 4))
    assert region_at(trajectory, 1.0, 1.0)[-1, -1]


def test_a_place_outside_the_picture_is_refused():
    with pytest.raises(ValueError, match=r"\(1\.2, 0\.5\)"):
        region_at(scene(), 1.2, 0.5)
