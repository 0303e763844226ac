"""Paths of a part: read in another frame, and laid into those of the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.patching import laid_in, moved_to, runs_against
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.exposure.window import Window

SIZE = (96, 128)
WINDOW = Window(16, 32, 80, 112)
MOMENTS = (-0.5, -0.2, 0.35, 0.5)


def paths(size=SIZE, grid=(24, 32), constraint=Constraint.QUADRATIC, seed=0):
    """Paths that are other ones in every cell."""
    count = {Constraint.LINEAR: 1, Constraint.FREE: 15}.get(constraint, 2)
    torch.manual_seed(seed)
    maps = 5 * torch.randn(count, 2, *grid)
    return Trajectory(maps, constraint, size, torch.rand(grid))


def part(grid=(16, 20), constraint=Constraint.QUADRATIC):
    return paths(WINDOW.size, grid, constraint, seed=1)


def mask_of(box):
    mask = torch.zeros(SIZE)
    mask[box.rows, box.columns] = 1
    return mask


@pytest.fixture
def mask():
    """Return a mask well within the window."""
    return mask_of(Window(24, 40, 72, 104))


def test_outside_the_mask_paths_are_the_same_to_the_last_bit(mask):
    whole = paths()
    laid = laid_in(whole, part(), WINDOW, mask)
    before, after = (each.offsets(MOMENTS) for each in (whole, laid))
    outside = mask == 0
    assert torch.equal(after[..., outside], before[..., outside])
    assert laid.maps.shape == whole.maps.shape
    cells = (laid.maps != whole.maps).any(dim=0).any(dim=0)
    assert torch.equal(laid.maps[..., ~cells], whole.maps[..., ~cells])
    assert bool(cells.any())


def test_well_inside_the_mask_paths_are_those_of_the_part(mask):
    laid = laid_in(paths(), part(), WINDOW, mask)
    inside = Window(40, 60, 56, 84)
    expected = part().offsets(MOMENTS)[..., 40 - 16 : 56 - 16, 60 - 32 : 84 - 32]
    found = laid.offsets(MOMENTS)[..., inside.rows, inside.columns]
    assert found == pytest.approx(expected, abs=1e-4)


def test_a_coarse_grid_is_refined_and_keeps_its_paths(mask):
    whole = paths(grid=(6, 8))
    laid = laid_in(whole, part(), WINDOW, mask)
    assert laid.maps.shape[-2:] == (30, 40)
    before, after = (each.offsets(MOMENTS)[..., mask == 0] for each in (whole, laid))
    assert after == pytest.approx(before, abs=1e-4)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (Constraint.LINEAR, Constraint.QUADRATIC, Constraint.QUADRATIC),
        (Constraint.LINEAR, Constraint.BILINEAR, Constraint.BILINEAR),
        (Constraint.QUADRATIC, Constraint.FREE, Constraint.FREE),
        (Constraint.FREE, Constraint.LINEAR, Constraint.FREE),
        (Constraint.QUADRATIC, Constraint.BILINEAR, Constraint.FREE),
    ],
)
def test_a_family_is_found_that_holds_both(mask, ours, theirs, expected):
    whole, own = paths(constraint=ours), part(constraint=theirs)
    laid = laid_in(whole, own, WINDOW, mask)
    assert laid.constraint is expected
    before, after = (each.offsets(MOMENTS)[..., mask == 0] for each in (whole, laid))
    # A parabola of a few px is drawn by 14 straight pieces.
    assert after == pytest.approx(before, abs=0.05)


def test_feathers_mix_the_paths(mask):
    whole, own = paths(), part()
    laid = laid_in(whole, own, WINDOW, 0.25 * mask)
    moved = laid.maps - whole.maps
    full = laid_in(whole, own, WINDOW, mask).maps - whole.maps
    assert moved == pytest.approx(0.25 * full, abs=1e-4)


def test_an_empty_mask_changes_nothing():
    whole = paths()
    laid = laid_in(whole, part(), WINDOW, torch.zeros(SIZE))
    assert torch.equal(laid.maps, whole.maps)
    assert torch.equal(laid.confidence, whole.confidence)


def test_flipped_places_stay_flipped(mask):
    whole = paths().reversed(torch.ones(SIZE, dtype=torch.bool))
    laid = laid_in(whole, part(), WINDOW, mask)
    assert torch.equal(laid.flipped, whole.flipped)


def test_it_is_seen_when_a_part_runs_the_other_way():
    whole = paths()
    same = moved_to(whole, Window(0, 0, *SIZE), SIZE, WINDOW, SIZE)
    assert not runs_against(same, WINDOW, whole)
    assert runs_against(same.reversed(), WINDOW, whole)


def test_a_part_is_read_in_a_reduced_picture_as_there():
    even = replace(part(), maps=torch.ones(2, 2, 16, 20) * torch.tensor([4.0, -2.0]).view(2, 1, 1))
    half = (48, 64)
    seen = moved_to(even, WINDOW, SIZE, WINDOW.resized(SIZE, half), half)
    assert seen.size == (32, 40)
    assert torch.equal(seen.maps[:, :, 3, 3], 0.5 * even.maps[:, :, 3, 3])
