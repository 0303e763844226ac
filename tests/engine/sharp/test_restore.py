"""Restoring: tiles from the memory at hand, and the CPU when a device has too little."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.sharp.restore import BYTES_PER_PIXEL, restore, tile_for
from blurstudio.errors import MemoryBudgetError
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory

CPU = choose_device("cpu", "float32")


class Brighter(nn.Module):
    multiple = 8
    margin = 16
    guided = False

    def __init__(self, most=10**9):
        super().__init__()
        self.areas = []
        self.most = most
        self.devices = []

    def to(self, device):
        self.devices.append(str(device))
        return self

    def forward(self, x):
        self.areas.append(x.shape[-1] * x.shape[-2])
        if self.areas[-1] > self.most:
            raise torch.OutOfMemoryError("full")
        return x + 0.25


def test_the_answer_is_clipped_and_an_ordinary_tensor():
    picture = torch.rand(3, 50, 70)
    sharp = restore(picture, Brighter(), CPU)
    torch.testing.assert_close(sharp, (picture + 0.25).clamp(max=1))
    assert not sharp.is_inference()


def test_a_smaller_allowance_means_smaller_tiles_and_the_same_picture():
    picture = torch.rand(3, 600, 700) / 2
    network = Brighter()
    small = replace(CPU, memory_bytes=300 * 300 * BYTES_PER_PIXEL[torch.float32])
    sharp = restore(picture, network, small)
    assert max(network.areas) <= 300 * 300
    assert len(network.areas) > 4
    torch.testing.assert_close(sharp, picture + 0.25)


def test_more_memory_never_means_a_smaller_tile():
    sides = [tile_for(replace(CPU, memory_bytes=2**n)) for n in range(0, 44, 4)]
    assert sides == sorted(sides)
    assert sides[0] >= 1


def test_a_device_without_room_leaves_the_work_to_the_cpu_and_says_so():
    class Card(Brighter):
        def forward(self, x):
            if self.devices[-1:] != ["cpu"]:
                raise torch.OutOfMemoryError("full")
            return super().forward(x)

    network, notes = Card(), []
    card = replace(CPU, device=torch.device("meta"), name="Small card")
    # Tensors stay on the CPU: only the name of the device matters here.
    network_input = torch.rand(3, 40, 40) / 2
    fake = _NoMove(card)
    sharp = restore(network_input, network, fake, on_note=notes.append)
    torch.testing.assert_close(sharp, network_input + 0.25)
    assert notes[-1] == "Small card has too little free memory, so the CPU did the work."
    assert network.devices[-1] == "meta"


def test_too_little_main_memory_is_an_error():
    with pytest.raises(MemoryBudgetError):
        restore(torch.rand(3, 100, 100), Brighter(most=0), CPU)


class _NoMove:
    """A device in name: its inference is the CPU's."""

    def __init__(self, card):
        self.__dict__.update(card.__dict__)

    def inference(self):
        return CPU.inference()


class Telling(Brighter):
    """Paints the first channel of its guide, enlarged, over the picture."""

    guided = True

    def forward(self, x, guide):
        self.areas.append(x.shape[-1] * x.shape[-2])
        return torch.nn.functional.interpolate(guide[:, :1], scale_factor=4).expand_as(x) / 20


def moving_right(size, grid=(150, 175)):
    """Paths that get longer to the right, from 0 to 20 px, straight and horizontal."""
    maps = torch.zeros(2, 2, *grid)
    maps[0, 0] = (torch.arange(grid[1]) + 0.5) / grid[1] * 20
    return Trajectory(maps, Constraint.QUADRATIC, size)


def test_a_guided_network_is_told_the_motion_at_its_place_in_every_tile():
    picture = torch.zeros(3, 600, 700)
    small = replace(CPU, memory_bytes=300 * 300 * BYTES_PER_PIXEL[torch.float32])
    network = Telling()
    told = restore(picture, network, small, moving_right((600, 700)))
    assert len(network.areas) > 4
    expected = (torch.arange(700) + 0.5) / 700
    torch.testing.assert_close(told[0, 300], expected, atol=0.004, rtol=0)


def test_the_motion_of_a_reduced_photo_is_told_in_pixels_of_the_photo():
    told = restore(torch.zeros(3, 64, 128), Telling(), CPU, moving_right((32, 64), (8, 16)))
    assert told[0, 32, 100:].mean() == pytest.approx(1.0)
    assert told[0, 32, 30] == pytest.approx(2 * 30.5 / 128, abs=0.04)


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (37, 130), (64, 64)])
def test_photos_of_any_size_are_told_about(size):
    sharp = restore(torch.rand(3, *size), Telling(), CPU, moving_right(size, (4, 4)))
    assert sharp.shape == (3, *size)


def test_time_run_backwards_tells_a_guided_network_the_same():
    size = (64, 96)
    trajectory = moving_right(size, (16, 24))
    mask = torch.zeros(size, dtype=torch.bool)
    mask[:, 40:] = True
    forward = restore(torch.zeros(3, *size), Telling(), CPU, trajectory)
    turned = restore(torch.zeros(3, *size), Telling(), CPU, trajectory.reversed(mask))
    torch.testing.assert_close(turned, forward)


def test_a_guided_network_without_a_trajectory_is_refused():
    with pytest.raises(ValueError, match="trajectory"):
        restore(torch.zeros(3, 64, 64), Telling(), CPU)
