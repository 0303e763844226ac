"""How far paths of a photo spread, as two networks read it: sizes, devices' leavings, and sense."""

from __future__ import annotations

import pytest
import torch

from blurstudio.engine.device import choose_device
from blurstudio.engine.models import choose_model, loaded_network
from blurstudio.engine.spreading import Readers, estimate_spread, features_of
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.spread import FULL_TURN, axes_of
from blurstudio.exposure.trajectory import Constraint, Trajectory

SIZE = (192, 224)


@pytest.fixture(scope="module")
def compute():
    return choose_device("cpu", "float32")


@pytest.fixture(scope="module")
def readers(compute):
    """The shipped networks."""
    return Readers(
        *(loaded_network(choose_model(task, None), compute.device) for task in ("motion", "spread"))
    )


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


def main_axis(picture, readers, compute):
    """Median length of the main axis and its median angle to x, without its sign."""
    main, _ = axes_of(estimate_spread(picture, readers, compute)[:3])
    return float(main.norm(dim=0).median()), float((main[1].abs() / main.norm(dim=0)).median())


def test_features_of_a_picture_and_of_its_half_cover_it(readers):
    whole, half = features_of(torch.rand(3, 96, 160), readers.motion)
    assert whole.shape == (1, readers.onlooker.seen, 6, 10)
    assert half.shape == (1, readers.onlooker.seen, 3, 5)


def test_answers_are_in_px_have_an_error_and_can_be_worked_with(readers, compute):
    said = estimate_spread(photo((9.0, 0.0)), readers, compute)
    assert said.shape == (4, SIZE[0] // 16, SIZE[1] // 16)
    assert float(said[3].min()) > 0
    assert not said.is_inference()


@pytest.mark.parametrize(("a", "across"), [((12.0, 0.0), 0.0), ((0.0, 12.0), 1.0)])
def test_straight_paths_are_read_as_long_as_they_are(readers, compute, a, across):
    length, sine = main_axis(photo(a), readers, compute)
    assert length == pytest.approx(12, rel=0.3)
    assert sine == pytest.approx(across, abs=0.2)


def test_paths_that_return_are_read_as_long_as_straight_ones_that_spread_as_far(readers, compute):
    length, sine = main_axis(photo((0.0, 0.0), (12 * FULL_TURN, 0.0)), readers, compute)
    assert length == pytest.approx(12, rel=0.4)
    assert sine < 0.3
