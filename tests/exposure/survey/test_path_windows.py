"""Windows in the frames of paths: turned and scaled until every path looks the same."""

from __future__ import annotations

import math

import pytest
import torch

from blurstudio.exposure.survey.path_windows import SIDE, levels, path_windows

CENTRE = torch.tensor([[64.0, 64.0]])


def waves(angle, length, size=(128, 128)):
    """Waves along a direction, one after another every `length` px, with a crest in the middle."""
    y, x = torch.meshgrid(*(torch.arange(side) + 0.5 - side / 2 for side in size), indexing="ij")
    return 0.5 + 0.5 * torch.cos(2 * math.pi * (x * math.cos(angle) + y * math.sin(angle)) / length)


def window(grey, straight, length=16.0, centre=CENTRE):
    return path_windows(levels(grey), centre, torch.tensor([straight]), length)[0]


@pytest.mark.parametrize("angle", [0.0, 0.6, 2.0, -1.1])
@pytest.mark.parametrize("reach", [8.0, 16.0, 32.0])
def test_waves_as_long_as_their_path_look_the_same_whatever_its_direction_and_length(angle, reach):
    straight = [reach * math.cos(angle), reach * math.sin(angle)]
    found = window(waves(angle, reach), straight)
    x = torch.arange(SIDE) - (SIDE - 1) / 2
    wanted = (0.5 + 0.5 * torch.cos(2 * math.pi * x / 16)).expand(SIDE, -1)
    inner = slice(24, 40)
    assert (found - wanted)[inner, inner].abs().max() < 0.12


def test_y_lies_a_quarter_turn_from_the_path_from_x_towards_y():
    grey = torch.zeros(128, 128)
    grey[80:84, 62:66] = 1
    # Below the middle: beside a path to the right, y down.
    found = window(grey, [16.0, 0.0])
    assert found[48:52, 30:34].mean() > 0.5
    # The same for a path to the left, turned by half a turn.
    assert window(grey, [-16.0, 0.0])[12:16, 30:34].mean() > 0.5


def test_beyond_the_edge_the_edge_is_repeated():
    grey = torch.linspace(0, 1, 64).expand(64, -1)
    found = window(grey, [16.0, 0.0], centre=torch.tensor([[0.0, 32.0]]))
    assert found[:, :24].abs().max() < 0.02
    assert bool((found[32, 34:].diff() > 0).all())


def test_paths_of_no_length_get_a_window_all_the_same():
    assert bool(window(torch.rand(64, 64), [0.0, 0.0]).isfinite().all())
