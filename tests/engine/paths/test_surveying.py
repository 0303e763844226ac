"""Bends that the shipped refining network reads from photos: to the right side, every family."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.models import choose_model, loaded_network
from blurstudio.engine.paths.surveying import surveyed_paths
from blurstudio.errors import Cancelled
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory

SIZE = (192, 224)
STRAIGHT, BEND = (-9.0, -9.0), 9.0


@pytest.fixture(scope="module")
def compute():
    return choose_device("cpu", "float32")


@pytest.fixture(scope="module")
def network(compute):
    return loaded_network(choose_model("refine", None), compute.device)


@pytest.fixture(scope="module")
def reader(compute):
    """The shipped network that tells how far paths spread."""
    return loaded_network(choose_model("motion", None), compute.device)


def parabola(bend=(0.0, 0.0), straight=STRAIGHT, size=SIZE):
    """The same path everywhere, rather sure."""
    maps = torch.zeros(2, 2, 8, 10)
    maps[0] += torch.tensor(straight).view(2, 1, 1)
    maps[1] += torch.tensor(bend).view(2, 1, 1)
    return Trajectory(maps, Constraint.QUADRATIC, size, torch.full((8, 10), 0.8))


def photo(bend):
    """Rectangles over each other, exposed along a path; `(3, H, W)`."""
    draw = torch.Generator().manual_seed(3)
    sharp = torch.full((3, *SIZE), 0.5)
    for _ in range(120):
        top, left = (int(torch.randint(side, (1,), generator=draw)) for side in SIZE)
        high, wide = (int(side) for side in torch.randint(5, 45, (2,), generator=draw))
        colour = 0.1 + 0.8 * torch.rand(3, 1, 1, generator=draw)
        sharp[:, top : top + high, left : left + wide] = colour
    return reblur_along(sharp, parabola(bend))


@pytest.mark.parametrize("side", [-1, 1])
def test_paths_bend_to_the_side_that_the_photo_shows_and_keep_their_direction(
    reader, network, compute, side
):
    told = []
    given = parabola()
    seen = photo((BEND * side, -BEND * side))
    bent = surveyed_paths(seen, given, reader, network, compute, told.append)
    bend = bent.maps[1].mean((-2, -1))
    assert float(bend[0]) * side > 4
    assert float(bend[1]) * side < -4
    kept = bent.maps[0].mean((-2, -1)) / torch.tensor(STRAIGHT)
    assert kept.tolist() == pytest.approx([1.0, 1.0], abs=0.15)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_bends_come_in_px_of_the_photo_however_large_it_is(reader, network, compute):
    large = F.interpolate(photo((BEND, -BEND))[None], scale_factor=5, mode="bilinear")[0]
    size = (SIZE[0] * 5, SIZE[1] * 5)
    bent = surveyed_paths(large, parabola().resized(size), reader, network, compute)
    assert bent.size == size
    assert float(bent.maps[1, 0].mean()) > 5 * 2


def test_torch_has_its_threads_again_after_a_survey_and_after_a_stop_in_the_midst_of_it(
    reader, network, compute, monkeypatch
):
    asked = []
    monkeypatch.setattr(torch, "get_num_threads", lambda: 3)
    monkeypatch.setattr(torch, "set_num_threads", asked.append)

    def stopping(_fraction):
        raise Cancelled

    surveyed_paths(photo((0.0, 0.0)), parabola(), reader, network, compute)
    with pytest.raises(Cancelled):
        surveyed_paths(photo((0.0, 0.0)), parabola(), reader, network, compute, stopping)
    assert asked == [1, 1, 3, 1, 1, 3]


@pytest.mark.parametrize("constraint", [Constraint.BILINEAR, Constraint.FREE])
def test_other_families_bend_as_well(reader, network, compute, constraint):
    moments = times(15)
    fitted = Trajectory.fit(parabola().offsets(moments, (8, 10)), moments, constraint)
    given = Trajectory(fitted.maps, constraint, (8, 10)).resized(SIZE)
    bent = surveyed_paths(photo((BEND, -BEND)), given, reader, network, compute)
    assert bent.constraint is constraint
    ends = bent.offsets((-0.5, 0.5)).mean((-2, -1))
    assert float(ends[:, 0].mean()) > 1


def test_what_can_not_bend_or_be_read_comes_back_as_it_is(reader, network, compute):
    seen = photo((0.0, 0.0))
    straight = Trajectory(torch.ones(1, 2, 4, 4), Constraint.LINEAR, SIZE)
    still = parabola(straight=(0.2, 0.0))
    tiny = parabola(size=(40, 300))
    assert surveyed_paths(seen, straight, reader, network, compute) is straight
    assert surveyed_paths(seen, still, reader, network, compute) is still
    assert surveyed_paths(torch.rand(3, 40, 300), tiny, reader, network, compute) is tiny
