"""Motion of a photo from an offset network: its grid, its direction, its place in an analysis."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from blurstudio import networks
from blurstudio.engine.analysis import Analysis
from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.paths.motion import estimate_motion
from blurstudio.exposure.basis import Constraint, evaluate_maps, times
from blurstudio.exposure.reblur import reblur, reblur_along
from blurstudio.networks.constraints import path_samples
from blurstudio.weights.cards import ModelCard
from blurstudio.weights.registry import save_network

CPU = choose_device("cpu", "float32")
FAMILIES = [c.value for c in Constraint]


class Oracle(networks.OffsetNet):
    """Answers with the same ends everywhere, whatever it is shown."""

    def __init__(self, constraint: str, answer: list[float]) -> None:
        super().__init__(constraint)
        self.answer = torch.tensor(answer).view(1, -1, 1, 1)

    def forward(self, blurred):
        return self.answer.expand(1, -1, *blurred.shape[-2:]).clone()


def ends(constraint: str, first: tuple[float, float], last: tuple[float, float]) -> list[float]:
    if constraint == "linear":
        return list(first)
    if constraint == "free":
        steps = torch.linspace(0, 1, 15)[torch.randperm(15, generator=torch.manual_seed(0))]
        start, end = torch.tensor(first), torch.tensor(last)
        return (start + steps[:, None] * (end - start)).flatten().tolist()
    return [*first, *last]


@pytest.mark.parametrize("constraint", FAMILIES)
def test_paths_keep_their_family_on_a_grid_of_a_quarter(constraint):
    oracle = Oracle(constraint, ends(constraint, (7.0, 3.5), (-7.0, -3.5)))
    trajectory = estimate_motion(torch.rand(3, 38, 61), oracle, CPU)
    assert trajectory.size == (38, 61)
    assert trajectory.constraint is Constraint(constraint)
    assert trajectory.maps.shape[-2:] == (10, 16)
    first, last = trajectory.endpoints()
    # Content, -u, goes right; the ends lie half a step beyond the outermost samples.
    torch.testing.assert_close(first[:, 5, 5], torch.tensor([7.5, 3.75]), atol=1e-3, rtol=0)
    torch.testing.assert_close(last[:, 5, 5], torch.tensor([-7.5, -3.75]), atol=1e-3, rtol=0)


def test_a_large_photo_is_read_reduced_and_its_paths_grow_with_it():
    oracle = Oracle("linear", [7.0, 0.0])
    trajectory = estimate_motion(torch.rand(3, 80, 160), oracle, CPU, max_pixels=3200)
    assert trajectory.size == (80, 160)
    assert float(trajectory.endpoints()[0][0, 40, 80]) == pytest.approx(15, abs=1e-3)


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (31, 33)])
def test_tiny_and_narrow_pictures_are_read(size):
    torch.manual_seed(0)
    network = networks.build("offsets").eval().requires_grad_(False)
    trajectory = estimate_motion(torch.rand(3, *size), network, CPU)
    assert trajectory.size == size
    assert trajectory.maps.isfinite().all()
    assert trajectory.confidence is None


def test_what_comes_out_can_be_refined_with_gradients():
    trajectory = estimate_motion(torch.rand(3, 32, 32), Oracle("quadratic", [1.0] * 4), CPU)
    assert not trajectory.maps.is_inference()


class Undecided(Oracle):
    """Answers with the same path everywhere, forwards or backwards as a coin says."""

    def forward(self, blurred):
        forwards = super().forward(blurred)
        first, last = forwards.chunk(2, 1)
        coin = torch.rand(blurred.shape[-2:], generator=torch.manual_seed(0)) < 0.5
        return torch.where(coin, forwards, torch.cat([last, first], 1))


@pytest.mark.parametrize("constraint", ["bilinear", "quadratic"])
def test_random_directions_come_to_agree(constraint):
    picture, answer = torch.rand(3, 48, 48), [6.0, 2.0, -5.0, -3.0]
    decided = estimate_motion(picture, Oracle(constraint, answer), CPU)
    agreed = estimate_motion(picture, Undecided(constraint, answer), CPU)
    torch.testing.assert_close(agreed.maps, decided.maps)


@pytest.mark.parametrize("constraint", FAMILIES)
def test_the_photo_exposed_along_the_paths_is_the_networks_own_reblur(constraint):
    oracle = Oracle(constraint, ends(constraint, (6.0, 2.0), (-5.0, -3.0)))
    y, x = torch.meshgrid(torch.arange(64), torch.arange(64), indexing="ij")
    sharp = torch.stack([0.5 + 0.4 * torch.sin(x / (3 + c)) * torch.cos(y / 4) for c in range(3)])
    samples = path_samples(oracle(sharp[None]), Constraint(constraint))
    own = reblur(sharp[None], samples, torch.full((15,), 1 / 15))[0]
    trajectory = estimate_motion(sharp, oracle, CPU)
    along = reblur(sharp[None], trajectory.offsets(times(129))[None])[0]
    error = (own - along)[:, 10:-10, 10:-10].square().mean().sqrt()
    still = (own - sharp)[:, 10:-10, 10:-10].square().mean().sqrt()
    # Free samples lose one offset to the sharp moment; the others only their steps.
    assert float(error) < (0.04 if constraint == "free" else 0.02) * float(still)
    assert reblur_along(sharp, trajectory).shape == sharp.shape


def test_an_analysis_takes_an_offset_network_for_its_motion(options, photo, tmp_path):
    torch.manual_seed(0)
    network = networks.build("offsets", constraint="bilinear")
    torch.nn.init.constant_(network.head.module.bias, 2.0)
    card = ModelCard("tiny-offsets", "motion", "offsets", {"constraint": "bilinear"})
    path = save_network(network, card, tmp_path).weights
    analysis = Analysis(photo, replace(options, motion_model=str(path)))
    assert analysis.trajectory.constraint is Constraint.BILINEAR
    assert analysis.sharp.shape == photo.pixels.shape
    ends = evaluate_maps(analysis.trajectory.maps, Constraint.BILINEAR, torch.tensor([-0.5, 0.5]))
    assert float(ends.norm(dim=1).mean()) > 1


def test_an_analysis_takes_a_bent_network_for_its_sharp_picture(options, photo, tmp_path):
    torch.manual_seed(0)
    config = {"widths": [8, 8, 8], "depth": 1, "levels": 1, "unshuffle": 2, "bent": 1}
    network = networks.build("deblur-bent", **config)
    card = ModelCard("tiny-bent", "deblur", "deblur-bent", config)
    path = save_network(network, card, tmp_path).weights
    sharp = Analysis(photo, replace(options, deblur_model=str(path))).sharp
    assert sharp.shape == photo.pixels.shape
    assert abs(sharp - photo.pixels).mean() < 0.2
