"""Bends that places of a picture have in common: summed up wherever they were surveyed."""

from __future__ import annotations

import pytest
import torch

from blurstudio.exposure.survey.hypotheses import HYPOTHESES, Hypothesis
from blurstudio.networks.common_bends import CommonBends, neighbours

SHARES = torch.tensor([[h.along, h.across] for h in HYPOTHESES])
WIDTH, TOLD = 6, 3
NEAR_BY, TO_ONE_SIDE, EVERYWHERE = slice(0, 3), slice(3, 6), slice(6, 9)


def directions(*vectors):
    """Straight paths of a picture of cells side by side, (1, 1, 2, 1, w)."""
    return torch.tensor(vectors).T[None, None, :, None]


@pytest.fixture
def common():
    torch.manual_seed(3)
    return CommonBends(WIDTH, TOLD).eval().requires_grad_(False)


def told_apart(seen, straight, common):
    """How much the sums change at every place when a hypothesis of the first place does."""
    near = neighbours(straight, SHARES)
    before = common(seen, near)
    seen = seen.clone()
    seen[0, HYPOTHESES.index(Hypothesis(along=0.9)), :, 0, 0] += 3
    return (common(seen, near) - before).abs()


def seen_at(places):
    draw = torch.Generator().manual_seed(1)
    return torch.randn(1, len(HYPOTHESES), WIDTH, 1, places, generator=draw)


def test_places_whose_paths_run_otherwise_hear_of_the_same_bend_in_px(common):
    straight = directions((10.0, 0.0), *([(0.0, 10.0)] * 19))
    change = told_apart(seen_at(20), straight, common)[0, :, EVERYWHERE, 0, -1].mean(1)
    # 0.9 along (10, 0) is 0.9 across the other way where paths run down.
    most = sorted(range(len(HYPOTHESES)), key=lambda k: -float(change[k]))[:3]
    assert HYPOTHESES.index(Hypothesis(across=-0.9)) in most
    assert float(change[HYPOTHESES.index(Hypothesis(across=0.9))]) < 0.2 * float(change.max())


def test_what_is_near_by_is_summed_up_apart_from_all(common):
    change = told_apart(seen_at(20), directions(*([(10.0, 0.0)] * 20)), common)
    assert float(change[:, :, NEAR_BY, 0, 1].max()) > 0.01
    assert float(change[:, :, NEAR_BY, 0, -1].max()) == pytest.approx(0, abs=1e-5)
    assert float(change[:, :, EVERYWHERE, 0, -1].max()) > 0.01


def test_what_both_sides_of_a_bend_share_is_taken_off(common):
    near = neighbours(directions(*([(10.0, 0.0)] * 4)), SHARES)
    same = torch.ones(1, len(HYPOTHESES), WIDTH, 1, 4)
    told = common(same, near)
    assert float(told[:, :, TO_ONE_SIDE].abs().max()) < 0.01
    assert float(told[:, :, NEAR_BY].abs().max()) > 0.1


@pytest.mark.parametrize("scale", [0.05, 1.0, 8.0])
def test_every_hypothesis_has_neighbours_however_long_paths_are(scale):
    straight = scale * directions((10.0, 2.0), (9.0, 4.0), (12.0, -1.0))
    reached = neighbours(straight, SHARES).amax(1)
    assert float(reached.min()) > 0.3


def test_paths_of_no_length_break_nothing(common):
    near = neighbours(torch.zeros(1, 1, 2, 2, 3), SHARES)
    told = common(torch.randn(1, len(HYPOTHESES), WIDTH, 2, 3), near)
    assert bool(told.isfinite().all())
