"""Motions that places share: found among places that err, and taken where they belong."""

from __future__ import annotations

import pytest
import torch

from blurstudio.exposure.survey.shared_motion import shared_motion

GRID = (12, 16)


def camera(grid=GRID):
    """Paths of a camera that shifts, rolls and zooms, and their bends; (1, 2, h, w) px each."""
    rows, columns = grid
    y, x = torch.meshgrid(torch.arange(rows) + 0.5, torch.arange(columns) + 0.5, indexing="ij")
    x, y = (x - columns / 2) / columns, (y - rows / 2) / columns
    straight = torch.stack([12 + 3 * x - 4 * y, 5 + 4 * x + 3 * y])[None]
    return straight, torch.stack([2 - y, x - 4])[None]


def noisy(paths, share=0.2, seed=0):
    draw = torch.Generator().manual_seed(seed)
    size = share * paths.norm(dim=1, keepdim=True)
    return paths + size * torch.randn(paths.shape, generator=draw)


def error(pixels=2.0, grid=GRID):
    return torch.full((1, 1, *grid), pixels)


def off(found, true):
    return float((found - true).norm(dim=1).mean())


def test_places_that_err_one_by_one_are_nearer_to_the_truth_as_they_share_it():
    straight, bends = camera()
    read = noisy(straight), noisy(bends, seed=1)
    found = shared_motion(*read, error(3.0))
    assert off(found.straight, straight) < 0.4 * off(read[0], straight)
    assert off(found.bends, bends) < 0.4 * off(read[1], bends)
    assert float(found.alone.mean()) < 0.1


def test_a_thing_in_front_has_a_motion_of_its_own():
    straight, bends = camera()
    thing = (slice(None), slice(None), slice(3, 9), slice(8, 14))
    straight[thing], bends[thing] = torch.tensor([-4.0, 14.0]).view(2, 1, 1), 0.0
    read = noisy(straight, 0.1)
    found = shared_motion(read, noisy(bends, 0.1, seed=1), error()).straight
    inside, beside = (..., slice(4, 8), slice(9, 13)), (..., slice(0, 6))
    for place in (inside, beside):
        assert off(found[place], straight[place]) < 0.7 * off(read[place], straight[place])


def test_what_no_motion_explains_stays_as_it_was_read():
    straight, bends = camera()
    straight[..., 5:7, 7:9] = torch.tensor([30.0, -40.0]).view(2, 1, 1)
    # Two more that move as nothing else does, so that no motion is left over for the first.
    straight[..., :2, :2], straight[..., -2:, -2:] = -25.0, 33.0
    found = shared_motion(straight, bends, error(0.5))
    read = straight[..., 5:7, 7:9]
    assert off(found.straight[..., 5:7, 7:9], read) < 0.2 * off(camera()[0][..., 5:7, 7:9], read)


def test_places_may_be_read_backwards():
    straight, bends = camera()
    draw = torch.Generator().manual_seed(3)
    way = torch.randint(0, 2, (1, 1, *GRID), generator=draw) * 2.0 - 1
    # Most of them agree, as neighbours are made to.
    way[..., :8] = 1
    found = shared_motion(way * straight, bends, error())
    assert off(found.straight, way * straight) < 0.3
    assert off(found.bends, bends) < 0.3


def test_a_mirrored_picture_has_mirrored_motions():
    read = [noisy(each, 0.3) for each in camera()]
    found = shared_motion(*read, error())
    signs = torch.tensor([1.0, -1.0]).view(2, 1, 1)
    mirrored = shared_motion(*(each.flip(-2) * signs for each in read), error())
    assert torch.allclose(mirrored.straight.flip(-2) * signs, found.straight, atol=0.05)
    assert torch.allclose(mirrored.bends.flip(-2) * signs, found.bends, atol=0.05)


@pytest.mark.parametrize("grid", [(1, 1), (1, 9), (2, 2)])
def test_small_pictures_and_still_ones_are_read_too(grid):
    still = torch.zeros(1, 2, *grid)
    found = shared_motion(still, still, error(0.0, grid))
    assert torch.allclose(found.straight, still, atol=1e-4)
    moved = shared_motion(still + 5, still, error(1.0, grid))
    assert torch.allclose(moved.straight, still + 5, atol=0.2)


def test_pictures_of_a_batch_share_nothing():
    one, other = camera(), tuple(each.flip(1) for each in camera())
    both = [torch.cat(pair) for pair in zip(one, other, strict=True)]
    found = shared_motion(*both, error().repeat(2, 1, 1, 1))
    alone = shared_motion(*other, error())
    assert torch.allclose(found.straight[1:], alone.straight, atol=1e-3)
