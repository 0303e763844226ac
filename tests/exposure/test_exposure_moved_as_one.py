"""A shake is believed without being asked for where two halves of a photo tell the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from exposure_pictures import blocks

from blurstudio.exposure.kernel_curve import path_likeness
from blurstudio.exposure.kernels import kernel_at
from blurstudio.exposure.moved_as_one import believed_shake
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory
from tests.shaken_photos import hook, shaken, straight

SIZE = (240, 352)


@pytest.fixture(scope="module")
def photo() -> torch.Tensor:
    return reblur_along(blocks(SIZE, 1, 180), shaken(SIZE))


def test_a_photo_that_moved_as_one_is_believed(photo):
    told = []
    shake = believed_shake(photo, straight(SIZE), told.append)
    assert shake is not None
    drawn = kernel_at(shake.trajectory, 176, 120, 41)
    true = kernel_at(shaken(SIZE), 176, 120, 41)
    assert float((drawn * true).sum() / (drawn.norm() * true.norm())) > 0.5
    assert 0.8 <= shake.agreement <= 1
    assert torch.equal(
        shake.trajectory.confidence, torch.full_like(shake.trajectory.confidence, shake.agreement)
    )
    assert shake.trajectory.maps.shape[-2:] == (6, 7), "the grid is the one given"
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_a_photo_whose_halves_moved_differently_is_not(photo):
    other = reblur_along(blocks(SIZE, 1, 180), shaken(SIZE, hook().flip(1) * 1.4))
    mixed = torch.cat([photo[..., :176], other[..., 176:]], dim=-1)
    assert believed_shake(mixed, straight(SIZE)) is None


def test_a_sharp_photo_is_not_said_to_have_moved_along_a_dot():
    assert believed_shake(blocks(SIZE, 1, 180), straight(SIZE)) is None


def test_paths_that_surely_differ_over_the_photo_are_not_overruled(photo):
    known = straight(SIZE)
    maps = known.maps.clone()
    maps[..., :3] *= 3
    told = []
    sure = replace(known, maps=maps, confidence=torch.full((6, 7), 0.95))
    assert believed_shake(photo, sure, told.append) is None
    assert not told, "nothing had to be read for that"


def test_a_photo_of_nothing_or_too_small_moved_along_nothing():
    assert believed_shake(torch.full((3, *SIZE), 0.4), straight(SIZE)) is None
    assert believed_shake(torch.rand(3, 60, 90), Trajectory.zero((60, 90))) is None


def test_stopping_stops(photo):
    class StopHereError(Exception):
        pass

    def stop(_: float) -> None:
        raise StopHereError

    with pytest.raises(StopHereError):
        believed_shake(photo, straight(SIZE), stop)


def test_paths_are_as_alike_as_what_they_draw():
    path = hook()
    assert path_likeness(path, path) == pytest.approx(1.0, abs=1e-4)
    assert path_likeness(path, path.flip(0) + 3) == pytest.approx(1.0, abs=1e-3)
    turned = torch.stack([-path[:, 1], path[:, 0]], dim=1)
    assert path_likeness(path, turned) < 0.9
    line = torch.linspace(-12, 12, 33)
    across, down = (torch.stack(each, dim=1) for each in ((line, 0 * line), (0 * line, line)))
    assert path_likeness(across, down) < 0.4
