"""Pictures of blur length, confidence and difference, and the legends that give their numbers."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.drawing import legends
from blurstudio.engine.drawing.heat import (
    blur_picture,
    blur_top,
    confidence_picture,
    difference_picture,
)
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.media.heat import heat_colours

SHADES = heat_colours(256)


def rightwards(lengths, size=(60, 80), confidence=None):
    """Straight paths to the right of given lengths, side by side."""
    maps = torch.zeros(1, 2, 1, len(lengths))
    maps[0, 0, 0] = torch.tensor(lengths)
    return Trajectory(maps, Constraint.LINEAR, size, confidence)


@pytest.mark.parametrize(
    ("longest", "top"), [(0.0, 1.0), (0.4, 1.0), (8.0, 8.0), (8.1, 10.0), (27.0, 30.0), (101, 120)]
)
def test_the_scale_of_blur_ends_at_a_number_that_reads_well(longest, top):
    paths = rightwards([0.0, longest])
    assert blur_top(paths, paths.size) == pytest.approx(top)


def test_a_longer_blur_is_hotter_and_a_still_place_is_cold():
    picture = blur_picture(rightwards([0.0, 20.0]), (60, 80))
    assert picture.shape == (60, 80, 3)
    assert picture[30, 0].tolist() == SHADES[0].tolist()
    assert picture[30, -1].tolist() == SHADES[255].tolist()
    bright = picture[30].astype(int).sum(axis=1)
    assert (np.diff(bright) >= 0).all()


def test_lengths_of_a_quick_pass_are_told_in_px_of_the_photo():
    paths = rightwards([10.0, 10.0], size=(60, 80))
    assert blur_top(paths, (240, 320)) == pytest.approx(40.0)
    assert blur_picture(paths, (240, 320), (60, 80)).shape == (60, 80, 3)


def test_confidence_is_bright_where_the_paths_are_sure():
    paths = rightwards([5.0, 5.0], confidence=torch.tensor([[0.0, 1.0]]))
    picture = confidence_picture(paths, (60, 80))
    assert picture[10, 0].tolist() == SHADES[0].tolist()
    assert picture[10, -1].tolist() == SHADES[255].tolist()


def test_paths_without_confidence_count_as_sure():
    picture = confidence_picture(rightwards([5.0]), (6, 8))
    assert (picture == SHADES[255]).all()


def test_the_difference_is_light_where_the_sharp_picture_is_lighter():
    photo = np.full((6, 8, 3), 0.5, np.float32)
    sharp = photo.copy()
    sharp[0], sharp[1] = 0.6, 0.4
    picture = difference_picture(sharp, photo)
    assert picture[0, 0, 0] > 128 > picture[1, 0, 0]
    assert (picture[2:] == 128).all()


def test_ramps_tell_their_ends_and_wheels_their_rim():
    assert [text for _, text in legends.blur_legend(30.0).ticks] == ["0", "15", "30 px"]
    assert [text for _, text in legends.difference_legend().ticks] == ["−0.5", "0", "+0.5"]
    assert legends.flow_legend(27.34).ticks[-1] == (1.0, "27.3 px")
    assert legends.flow_legend(1.0).is_wheel
    assert not legends.blur_legend(1.0).is_wheel


def test_the_wheel_shows_what_moves_right_as_red_and_down_as_yellow_green():
    wheel = legends.direction_legend().scale
    middle = wheel.shape[0] // 2
    assert wheel[middle, -1].tolist() == pytest.approx([255, 0, 0], abs=3)
    assert wheel[-1, middle, 1] > 200
    assert wheel[-1, middle, 2] < 20


def test_a_network_that_tells_no_confidence_is_said_to():
    assert legends.confidence_legend(known=False).remarks
    assert not legends.confidence_legend().remarks
