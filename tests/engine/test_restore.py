"""Restoring: tiles from the memory at hand, and the CPU when a device has too little."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from blurstudio.engine.device import choose_device
from blurstudio.engine.restore import BYTES_PER_PIXEL, restore, tile_for
from blurstudio.errors import MemoryBudgetError

CPU = choose_device("cpu", "float32")


class Brighter(nn.Module):
    multiple = 8
    margin = 16

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
