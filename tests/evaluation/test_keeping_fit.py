"""Fitting how much of a refined picture is kept: the regression finds what the evidence says."""

from __future__ import annotations

import pytest
import torch

from benchmarks.keeping import Judged, expected, fitted, main


def exposures(count, told=True):
    """Exposures whose changes are good where the first of two numbers is positive."""
    made = []
    for seed in range(count):
        draw = torch.Generator().manual_seed(seed)
        evidence = torch.randn(200, 2, generator=draw)
        change = torch.full((200,), 2e-3)
        good = evidence[:, 0] > 0 if told else torch.randn(200, generator=draw) > 0
        made.append(Judged(evidence, torch.where(good, change, -change), change))
    return made


def test_a_gain_is_told_in_decibels():
    one = Judged(torch.zeros(2, 1), torch.tensor([0.2, 0.0]), torch.tensor([0.1, 0.1]))
    assert one.decibels(torch.zeros(2)) == 0
    assert one.decibels(torch.ones(2)) == pytest.approx(-10 * torch.log10(torch.tensor(0.8)))
    assert one.decibels(torch.tensor([0.0, 1.0])) < 0


def test_changes_are_kept_where_the_evidence_is_for_them():
    weights, bias = fitted(exposures(6))
    assert weights[0] > 5 * weights[1].abs()
    for_it, against = (torch.tensor([x, 0.0]) @ weights + bias for x in (1.5, -1.5))
    assert for_it.sigmoid() > 0.9
    assert against.sigmoid() < 0.1


def test_what_to_expect_is_measured_on_exposures_left_out():
    told, untold = expected(exposures(12)), expected(exposures(12, told=False))
    assert min(told) > 0.02
    assert sum(untold) < 0.1 * sum(told)


def test_bad_requests_are_answered_in_a_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path), "--count", "3"])
    assert "at least 12" in capsys.readouterr().err
