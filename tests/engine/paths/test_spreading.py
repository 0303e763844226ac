"""How far paths of a photo spread, as the motion network reads it: sizes, units, and sense."""

from __future__ import annotations

import pytest
import torch

from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.models import choose_model, loaded_network
from blurstudio.engine.paths.spreading import estimate_spread
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.survey.spread import FULL_TURN, axes_of
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.networks import build
from tests.tiny_networks import NETWORKS

SIZE = (192, 224)


@pytest.fixture(scope="module")
def compute():
    return choose_device("cpu", "float32")


@pytest.fixture(scope="module")
def reader(compute):
    """The shipped network."""
    return loaded_network(choose_model("motion", None), compute.device)


def photo(a, b=(0.0, 0.0)):
    """Rectangles over each other, exposed along a path; `(3, H, W)`."""
    draw = torch.Generator().manual_seed(3)
    sharp = torch.full((3, *SIZE), 0.5)
    for _ in range(160):
        top, left = (int(torch.randint(side, (1,), generator=draw)) for side in SIZE)
        high, wide = (int(side) for side in torch.randint(4, 40, (2,), generator=draw))
        colour = 0.1 + 0.8 * torch.rand(3, 1, 1, generator=draw)
        sharp[:, top : top + high, left : left + wide] = colour
    maps = torch.tensor([a, b]).view(2, 2, 1, 1).expand(2, 2, 8, 10)
    return reblur_along(sharp, Trajectory(maps, Constraint.QUADRATIC, SIZE))


def main_axis(picture, reader, compute):
    """Median length of the main axis and its median angle to x, without its sign."""
    main, _ = axes_of(estimate_spread(picture, reader, compute)[:3])
    return float(main.norm(dim=0).median()), float((main[1].abs() / main.norm(dim=0)).median())


@pytest.mark.parametrize("size", [(96, 160), (112, 144), (16, 48)])
def test_answers_cover_pictures_whose_halves_fit_no_grid(reader, compute, size):
    said = estimate_spread(torch.rand(3, *size), reader, compute)
    assert said.shape == (4, size[0] // 16, size[1] // 16)


def test_a_motion_network_without_an_onlooker_does_not_tell(compute):
    blind = build("motion-spectral", **(NETWORKS["motion"][1] | {"onlooker": []}))
    assert estimate_spread(torch.rand(3, 64, 64), blind, compute) is None


def test_answers_are_in_px_have_an_error_and_can_be_worked_with(reader, compute):
    said = estimate_spread(photo((9.0, 0.0)), reader, compute)
    assert said.shape == (4, SIZE[0] // 16, SIZE[1] // 16)
    assert float(said[3].min()) > 0
    assert not said.is_inference()


@pytest.mark.parametrize(("a", "across"), [((12.0, 0.0), 0.0), ((0.0, 12.0), 1.0)])
def test_straight_paths_are_read_as_long_as_they_are(reader, compute, a, across):
    length, sine = main_axis(photo(a), reader, compute)
    assert length == pytest.approx(12, rel=0.3)
    assert sine == pytest.approx(across, abs=0.2)


def test_paths_that_return_are_read_as_long_as_straight_ones_that_spread_as_far(reader, compute):
    length, sine = main_axis(photo((0.0, 0.0), (12 * FULL_TURN, 0.0)), reader, compute)
    assert length == pytest.approx(12, rel=0.4)
    assert sine < 0.3
