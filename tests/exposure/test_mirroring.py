"""Paths of a mirrored picture: what moved to the right moves to the left."""

from __future__ import annotations

import pytest
import torch

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.mirroring import LEFT_RIGHT, UP_DOWN, mirrored
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory

WAYS = [(LEFT_RIGHT,), (UP_DOWN,), (LEFT_RIGHT, UP_DOWN)]


def some_paths(constraint=Constraint.QUADRATIC, count=2):
    return Trajectory(
        4 * torch.randn(count, 2, 6, 8),
        constraint,
        (24, 32),
        confidence=torch.rand(6, 8),
        flipped=torch.rand(6, 8) > 0.5,
    )


@pytest.mark.parametrize("dims", WAYS)
@pytest.mark.parametrize(
    ("constraint", "count"),
    [(Constraint.LINEAR, 1), (Constraint.BILINEAR, 2), (Constraint.QUADRATIC, 2)],
)
def test_a_mirrored_picture_exposes_to_the_mirrored_photo(dims, constraint, count):
    sharp, paths = torch.rand(3, 24, 32), some_paths(constraint, count)
    exposed = reblur_along(sharp.flip(dims), mirrored(paths, dims))
    torch.testing.assert_close(exposed.flip(dims), reblur_along(sharp, paths), atol=2e-4, rtol=0)


@pytest.mark.parametrize("dims", WAYS)
def test_mirroring_twice_changes_nothing(dims):
    paths = some_paths()
    again = mirrored(mirrored(paths, dims), dims)
    for name in ("maps", "confidence", "flipped"):
        torch.testing.assert_close(getattr(again, name), getattr(paths, name))


def test_confidence_and_places_read_backwards_move_along():
    paths = some_paths()
    turned = mirrored(paths, (LEFT_RIGHT,))
    torch.testing.assert_close(turned.confidence, paths.confidence.flip(-1))
    assert torch.equal(turned.flipped, paths.flipped.flip(-1))
    assert mirrored(Trajectory.zero((24, 32)), (UP_DOWN,)).confidence is None
