"""A hand moves all of a picture alike along hooks and loops, at most with a little roll."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.simulate.exposures import render
from blurstudio.simulate.hand import draw_hand
from blurstudio.simulate.paths import SceneMotion, arc_lengths
from blurstudio.simulate.settings import ExposureSettings

HELD = ExposureSettings(size=(48, 64), hand_share=1.0, sharp_share=0.0, strength=(12.0, 12.0))
CORNERS = np.array([[0.0, 0], [63, 0], [0, 47], [63, 47]])
TIMES = np.linspace(-0.5, 0.5, 65)


def paths(seed):
    camera = draw_hand(np.random.default_rng(seed), (48, 64))
    return SceneMotion(camera).scaled(12.0).paths(CORNERS, TIMES)[0]


def photo():
    return torch.rand(3, 96, 128, generator=torch.Generator().manual_seed(0))


def test_a_hand_is_where_it_is_at_mid_exposure():
    for seed in range(20):
        assert np.abs(paths(seed)[:, len(TIMES) // 2]).max() < 1e-9


def test_most_hands_move_all_of_a_picture_alike_and_the_others_roll_a_little():
    spread = []
    for seed in range(100):
        found = paths(seed)
        reach = np.linalg.norm(found - found.mean(1, keepdims=True), axis=-1).max()
        spread.append(np.linalg.norm(found - found.mean(0), axis=-1).max() / reach)
    alike = np.array(spread) < 1e-6
    assert 0.5 < alike.mean() < 0.8
    assert max(spread) < 1


def test_no_parabola_follows_most_hands():
    powers = np.stack([np.ones_like(TIMES), TIMES, TIMES**2], axis=1)
    left = []
    for seed in range(40):
        path = paths(seed)[0]
        rest = path - powers @ np.linalg.lstsq(powers, path, rcond=None)[0]
        left.append(np.linalg.norm(rest) / np.linalg.norm(path - path.mean(0)))
    assert np.median(left) > 0.15


def test_exposures_by_hand_have_nothing_before_the_camera_and_are_as_strong_as_asked():
    settings = replace(HELD, layer_share=1.0)
    exposure = render([photo()], settings, 3)
    assert int(exposure.layers.max()) == 0
    assert float(exposure.strength) == pytest.approx(12.0, rel=0.02)
    assert float(exposure.offsets[0, 8].abs().max()) == 0


def test_arc_length_of_a_drawn_hand_is_one_px():
    camera = draw_hand(np.random.default_rng(1), (48, 64))
    assert arc_lengths(camera.drift.knots[3:5].T) == pytest.approx(1.0)


def test_exposures_stay_what_they_were_where_no_hand_is_asked_for():
    settings = replace(HELD, hand_share=0.0, layer_share=1.0)
    layered = [int(render([photo()], settings, seed).layers.max()) for seed in range(4)]
    assert max(layered) > 0
