"""The refining network: mirrors get mirrored answers, and untaught it bends nothing."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.exposure.survey.hypotheses import HYPOTHESES, MIRRORED, REVERSED
from blurstudio.exposure.survey.path_survey import LENGTHS, STATISTICS
from blurstudio.exposure.survey.survey_frames import FRAMES

STRAIGHT = {"mirrored": (1, -1), "reversed": (-1, -1)}
"""What becomes of straight parts, in x and y."""

BENDS = {"mirrored": (1, -1), "reversed": (1, 1)}
"""What becomes of bends."""


def survey(seed=0, count=2, grid=(5, 6)):
    """Evidence, straight parts and what is known besides as a survey might have them."""
    draw = torch.Generator().manual_seed(seed)
    tried = (len(LENGTHS), len(HYPOTHESES), STATISTICS)
    evidence = torch.randn(count, FRAMES, *tried, *grid, generator=draw)
    straight = 8 * torch.randn(count, FRAMES, 2, *grid, generator=draw)
    return evidence - 4, straight, torch.rand(count, FRAMES, 5, *grid, generator=draw) + 0.5


@pytest.fixture
def taught():
    """A small network whose last layer says something."""
    torch.manual_seed(1)
    network = networks.build("survey", width=8, depth=2, doubts=8, shared=8)
    with torch.no_grad():
        for part in (network, network.doubts, network.shared):
            part.last.weight.normal_()
    return network.eval().requires_grad_(False)


@pytest.mark.parametrize("doubts", [0, 8], ids=["without doubts", "with doubts"])
def test_before_it_has_learned_anything_paths_go_a_little_of_the_way_to_their_main_axis(doubts):
    evidence, given, about = survey()
    path, axis = given.unbind(1)
    agrees = (path * axis).sum(1, keepdim=True).sign()
    network = networks.build("survey", doubts=doubts).requires_grad_(False)
    straight, bends, doubt = network(evidence, given, about)
    gone = (straight - path) / (agrees * axis - path)
    assert torch.allclose(gone, torch.full_like(gone, 0.12), atol=0.01)
    assert bends.shape == path.shape
    assert float(bends.abs().max()) < 1e-4
    assert doubt.shape == (2, 1, 5, 6)
    assert not doubt.any()


def test_before_it_has_learned_how_much_motions_are_shared_places_go_half_way_to_them():
    network = networks.build("survey", shared=8).requires_grad_(False)
    evidence, _, about = survey(grid=(8, 9))
    given = torch.tensor([8.0, 2.0]).view(1, 1, 2, 1, 1).repeat(2, FRAMES, 1, 8, 9)
    given[..., 3, 4] = torch.tensor([8.0, 5.0])
    straight = network(evidence, given, about).straight
    assert torch.allclose(straight[..., 0, 0], given[:, 0, :, 0, 0], atol=0.05)
    assert straight[:, 1, 3, 4].tolist() == pytest.approx([3.5, 3.5], abs=0.2)


@pytest.mark.parametrize(("turn", "places"), [("mirrored", MIRRORED), ("reversed", REVERSED)])
def test_a_mirrored_survey_gets_mirrored_paths_that_are_doubted_as_much(taught, turn, places):
    # Places are not mirrored here, as motions that they share would have to be.
    taught.shared = None
    evidence, given, about = survey()
    straight, bends, doubt = taught(evidence, given, about)
    signs = [torch.tensor(which[turn]).view(2, 1, 1) for which in (STRAIGHT, BENDS)]
    turned = taught(evidence[:, :, :, list(places)], given * signs[0], about)
    assert float(bends.abs().max()) > 0.1
    assert float(doubt.abs().max()) > 0.01
    assert torch.allclose(turned.straight, straight * signs[0], atol=1e-3)
    assert torch.allclose(turned.bends, bends * signs[1], atol=1e-3)
    assert torch.allclose(turned.doubt, doubt, atol=1e-3)


def test_in_which_direction_the_main_axis_points_makes_no_difference(taught):
    taught.shared = None
    evidence, given, about = survey()
    before = taught(evidence, given, about)
    given[:, 1] *= -1
    evidence[:, 1] = evidence[:, 1][:, :, list(REVERSED)]
    for one, other in zip(before, taught(evidence, given, about), strict=True):
        assert torch.allclose(one, other, atol=1e-3)


def test_windows_deconvolved_along_the_main_axis_tell_something(taught):
    evidence, given, about = survey()
    before = taught(evidence, given, about).bends
    evidence[:, 1] = survey(seed=5)[0][:, 1]
    assert float((taught(evidence, given, about).bends - before).abs().mean()) > 0.1


def test_paths_too_short_to_tell_stay_straight_but_are_doubted_too(taught):
    taught.shared = None
    evidence, given, about = survey()
    given[..., 1, 2] = torch.tensor([1.5, -1.0])
    _, bends, doubt = taught(evidence, given, about)
    assert not bends[:, :, 1, 2].any()
    assert bends[:, :, 1, 3].any()
    # They may turn back, which a straight part does not show.
    assert doubt[:, :, 1, 2].any()


def test_pictures_of_a_batch_are_weighed_by_themselves(taught):
    evidence, straight, about = survey(count=3)
    alone = taught(evidence[1:2], straight[1:2], about[1:2])
    for among, by_itself in zip(taught(evidence, straight, about), alone, strict=True):
        assert torch.allclose(among[1:2], by_itself, atol=1e-3)


def test_what_is_seen_near_by_counts_most_and_what_is_seen_elsewhere_too(taught):
    evidence, straight, about = survey(count=1, grid=(4, 40))
    before = taught(evidence, straight, about).bends
    evidence[..., -1] += torch.randn(evidence.shape[:-1])
    change = (taught(evidence, straight, about).bends - before).abs()
    assert float(change[..., -2:].mean()) > 10 * float(change[..., :20].mean()) > 0
