"""Confidence against what was found: levels, the gap between them, and the drawing."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from blurstudio.evaluation.calibration import Calibration, calibration_rows, draw_calibration
from blurstudio.evaluation.ranking import Ranking
from blurstudio.exposure.confidence import expected_error_share

SURE = torch.linspace(0.05, 0.95, 4000)
MOTION = torch.linspace(2, 9, 4000).flip(0)


def ranking(share):
    """Pixels of all confidences whose error is a share of their motion."""
    return Ranking.of(SURE, share * MOTION, MOTION)


def test_the_share_to_expect_falls_from_all_to_nothing():
    share = expected_error_share(torch.linspace(0, 1, 51))
    assert (share.diff() < 0).all()
    assert share[0] == 1
    assert share[-1] == 0


def test_errors_as_expected_leave_no_gap():
    calibration = Calibration.of(ranking(expected_error_share(SURE)))
    assert calibration.gap < 0.002
    for level in calibration.levels:
        assert level.found == pytest.approx(level.expected, abs=0.002)


def test_a_network_too_sure_of_itself_is_found_out():
    honest = expected_error_share(SURE)
    calibration = Calibration.of(ranking((honest + 0.2).clamp(max=1.2)))
    assert calibration.gap == pytest.approx(0.2, abs=0.01)
    assert all(level.found > level.expected for level in calibration.levels)


def test_levels_rise_and_hold_all_pixels():
    calibration = Calibration.of(ranking(torch.full_like(SURE, 0.5)))
    confidences = [level.confidence for level in calibration.levels]
    assert confidences == sorted(confidences)
    assert len(confidences) == 10
    assert sum(level.pixels for level in calibration.levels) == pytest.approx(1)
    assert all(level.found == pytest.approx(0.5) for level in calibration.levels)


def test_refined_paths_are_drawn_as_rings_beside_the_dots():
    calibration = Calibration.of(ranking(torch.full_like(SURE, 0.5)))
    dots = draw_calibration(calibration)
    both = draw_calibration(calibration, Calibration.of(ranking(torch.full_like(SURE, 0.25))))
    assert both.shape == dots.shape
    assert (both != dots).any()


def test_levels_of_next_to_no_pixels_are_left_out():
    few = Ranking.of(torch.tensor([0.1]), torch.tensor([3.0]), torch.tensor([3.0]))
    many = Ranking.of(torch.full((5000,), 0.8), torch.ones(5000), torch.full((5000,), 3.0))
    assert [level.confidence for level in Calibration.of(few + many).levels] == [
        pytest.approx(0.8, abs=1e-3)
    ]


def test_where_nothing_was_measured_there_is_no_gap_to_speak_of():
    calibration = Calibration.of(Ranking.empty())
    assert calibration.levels == ()
    assert math.isnan(calibration.gap)
    assert draw_calibration(calibration).dtype == np.uint8


def test_rows_are_words_of_the_levels():
    rows = calibration_rows(Calibration.of(ranking(torch.full_like(SURE, 0.5))))
    assert len(rows) == 10
    assert all(row[3] == "50 %" for row in rows)


def test_dots_are_drawn_where_the_figures_are():
    def lowest_dot(share):
        picture = draw_calibration(Calibration.of(ranking(torch.full_like(SURE, share))))
        red = (picture[..., 0].astype(int) - picture[..., 2]) > 100
        assert red.any()
        return np.nonzero(red.any(1))[0].mean()

    assert lowest_dot(0.1) > lowest_dot(0.5) > lowest_dot(0.9)
