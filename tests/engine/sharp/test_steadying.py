"""A steadier sharp picture: mirrored photos are asked about too, and the answers averaged."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.sharp.restore import restore
from blurstudio.engine.sharp.steadying import steadied
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory

CPU = choose_device("cpu", "float32")


class Shade(nn.Module):
    """Adds a slope from left to right and from top to bottom, which mirrors turn round."""

    multiple = 8
    margin = 0
    guided = False

    def forward(self, x):
        down = torch.linspace(-0.1, 0.1, x.shape[-2])[:, None]
        return x + down + torch.linspace(-0.1, 0.1, x.shape[-1])


class Along(nn.Module):
    """Shows the guide that it was given."""

    multiple = 8
    margin = 0
    guided = True

    def __init__(self):
        super().__init__()
        self.guides = []

    def forward(self, x, guide):
        self.guides.append(guide)
        return x


def test_what_a_network_adds_on_one_side_only_is_averaged_away():
    picture = 0.3 + 0.4 * torch.rand(3, 48, 64)
    sharp = restore(picture, Shade(), CPU)
    assert (sharp - picture).abs().max() > 0.15
    torch.testing.assert_close(steadied(picture, sharp, Shade(), CPU, None), picture)


def test_the_first_answer_stays_as_it_was():
    picture = torch.rand(3, 32, 32)
    sharp = torch.zeros_like(picture)
    steadied(picture, sharp, Shade(), CPU, None)
    assert not sharp.any()


def test_mirrored_photos_come_with_mirrored_paths():
    maps = torch.randn(2, 2, 8, 8)
    paths = Trajectory(maps, Constraint.QUADRATIC, (32, 32), confidence=torch.rand(8, 8))
    network = Along()
    picture = torch.rand(3, 32, 32)
    steadied(picture, picture, network, CPU, paths)
    both, left_right, up_down = network.guides
    torch.testing.assert_close(both.flip(-1), up_down * _sign(both.flip(-1), up_down))
    torch.testing.assert_close(both.flip(-2), left_right * _sign(both.flip(-2), left_right))


def _sign(one, other):
    """What mirroring does to the numbers of a guide: some turn their sign, none their size."""
    torch.testing.assert_close(one.abs(), other.abs())
    return torch.where(one * other < 0, -1.0, 1.0)


def test_progress_reaches_the_end_and_never_falls():
    told = []
    picture = torch.rand(3, 32, 32)
    steadied(picture, picture, Shade(), CPU, None, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
