"""The direction map: hues, grey where nothing moves, stripes where neighbours disagree."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.drawing.directions import LEGEND, direction_map
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.flow import colour_wheel
from blurstudio.exposure.trajectory import Trajectory


def trajectory(x, y, size=(80, 120)):
    a = torch.tensor([float(x), float(y)]).view(2, 1, 1).expand(2, 20, 30)
    return Trajectory(a[None].clone(), Constraint.LINEAR, size)


def saturation(picture):
    return (picture.max(-1).astype(int) - picture.min(-1)).mean()


@pytest.mark.parametrize("direction", [(1, 0), (0, 1), (-1, 0), (0, -1)])
def test_the_hue_is_where_the_content_went(direction):
    x, y = direction
    picture = direction_map(trajectory(-200 * x, -200 * y))
    hue = colour_wheel(torch.tensor([float(x), float(y)]).view(2, 1, 1))[:, 0, 0] * 255
    assert np.abs(picture.reshape(-1, 3) - hue.numpy()).max() < 5


def test_nothing_moving_is_grey_and_without_marks():
    picture = direction_map(trajectory(0, 0))
    assert (picture == picture[0, 0, 0]).all()
    assert saturation(direction_map(trajectory(0.02, 0))) < 5


def test_a_border_of_opposite_directions_is_striped_and_nothing_else():
    whole = trajectory(20, 3)
    turned = whole.reversed(torch.arange(30).expand(20, 30) >= 15)
    plain, marked = direction_map(whole), direction_map(turned)
    border = slice(14 * 4, 16 * 4)
    stripes = marked[:, border]
    assert saturation(stripes) == 0
    assert {0, 255} == set(np.unique(stripes))
    assert (marked[:, :40] == plain[:, :40]).all()
    assert saturation(marked[:, 80:]) > 100


@pytest.mark.parametrize("size", [(1, 1), (33, 17), (2000, 1500)])
def test_the_picture_has_the_size_that_was_asked_for(size):
    assert direction_map(trajectory(5, 5), size).shape == (*size, 3)


def test_the_legend_names_what_is_to_be_seen():
    assert [mark for mark, _ in LEGEND] == ["colour", "grey", "stripes"]
    assert all(words for _, words in LEGEND)
