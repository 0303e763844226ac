"""The refining network: mirrors get mirrored answers, and untaught it bends nothing."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.exposure.hypotheses import HYPOTHESES, MIRRORED, REVERSED
from blurstudio.exposure.path_survey import LENGTHS, STATISTICS

SIGNS = {"mirrored": (1, -1), "reversed": (-1, -1)}
"""What becomes of bends along and across."""

FRAMES = {"mirrored": (1, -1), "reversed": (-1, -1)}
"""What becomes of straight parts."""


def survey(seed=0, count=2, grid=(5, 6)):
    """Evidence, straight parts and what is known besides as a survey might have them."""
    draw = torch.Generator().manual_seed(seed)
    evidence = torch.randn(count, len(LENGTHS), len(HYPOTHESES), STATISTICS, *grid, generator=draw)
    straight = 8 * torch.randn(count, 2, *grid, generator=draw)
    return evidence - 4, straight, torch.rand(count, 5, *grid, generator=draw) + 0.5


@pytest.fixture
def taught():
    """A small network whose last layer says something."""
    torch.manual_seed(1)
    network = networks.build("survey", width=8, depth=2, doubts=8).eval()
    with torch.no_grad():
        network.last.weight.normal_()
        network.doubts.last.weight.normal_()
    return network.requires_grad_(False)


@pytest.mark.parametrize("doubts", [0, 8], ids=["without doubts", "with doubts"])
def test_before_it_has_learned_anything_nothing_bends_and_all_is_as_sure_as_before(doubts):
    network = networks.build("survey", doubts=doubts)
    bends, doubt = (each.detach() for each in network(*survey()))
    assert bends.shape == (2, 2, 5, 6)
    assert float(bends.abs().max()) < 1e-5
    assert doubt.shape == (2, 1, 5, 6)
    assert not doubt.any()


@pytest.mark.parametrize(("turn", "places"), [("mirrored", MIRRORED), ("reversed", REVERSED)])
def test_a_mirrored_survey_bends_paths_the_other_way_and_is_doubted_as_much(taught, turn, places):
    evidence, straight, about = survey()
    bends, doubt = taught(evidence, straight, about)
    frames = straight * torch.tensor(FRAMES[turn]).view(2, 1, 1)
    turned, as_much = taught(evidence[:, :, list(places)], frames, about)
    signs = torch.tensor(SIGNS[turn]).view(2, 1, 1)
    assert float(bends.abs().max()) > 0.01
    assert torch.allclose(turned, bends * signs, atol=1e-4)
    assert float(doubt.abs().max()) > 0.01
    assert torch.allclose(as_much, doubt, atol=1e-4)


def test_paths_too_short_to_tell_stay_straight_but_are_doubted_too(taught):
    evidence, straight, about = survey()
    straight[:, :, 1, 2] = torch.tensor([1.5, -1.0])
    bends, doubt = taught(evidence, straight, about)
    assert not bends[:, :, 1, 2].any()
    assert bends[:, :, 1, 3].any()
    # They may turn back, which a straight part does not show.
    assert doubt[:, :, 1, 2].any()


def test_pictures_of_a_batch_are_weighed_by_themselves(taught):
    evidence, straight, about = survey(count=3)
    alone = taught(evidence[1:2], straight[1:2], about[1:2])
    for among, by_itself in zip(taught(evidence, straight, about), alone, strict=True):
        assert torch.allclose(among[1:2], by_itself, atol=1e-5)


def test_what_is_seen_near_by_counts_most_and_what_is_seen_elsewhere_too(taught):
    evidence, straight, about = survey(count=1, grid=(4, 40))
    before = taught(evidence, straight, about).bends
    evidence[..., -1] += torch.randn(len(LENGTHS), len(HYPOTHESES), STATISTICS, 4)
    change = (taught(evidence, straight, about).bends - before).abs()
    assert float(change[..., -2:].mean()) > 10 * float(change[..., :20].mean()) > 0
