"""The benchmarks measure what they say: the network they compare with, times, memory, photos."""

from __future__ import annotations

import sys

import cv2
import numpy as np
import pytest
import torch

from benchmarks.memory import peak_memory
from benchmarks.nafnet import NAFNet
from benchmarks.photos import blurred_picture, write_photo
from benchmarks.timing import interleaved


def test_nafnet_32_has_the_size_its_paper_states():
    parameters = sum(each.numel() for each in NAFNet().parameters())
    assert parameters == pytest.approx(17.1e6, rel=0.002)


def test_nafnet_answers_with_a_picture_of_the_same_size():
    network = NAFNet(width=4, encoder=(1, 1), decoder=(1, 1)).eval()
    picture = torch.rand(1, 3, 16, 24)
    with torch.no_grad():
        assert network(picture).shape == picture.shape


def test_every_parameter_of_nafnet_takes_part():
    network = NAFNet(width=4, encoder=(1, 2), decoder=(1, 1))
    for name, parameter in network.named_parameters():
        # The residual scales start at zero, which would hide what is behind them.
        if name.endswith(("beta", "gamma")):
            torch.nn.init.ones_(parameter)
    network(torch.rand(1, 3, 16, 16)).square().mean().backward()
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.abs().sum() > 0, name


def test_nafnet_refuses_sides_it_cannot_halve():
    with pytest.raises(ValueError, match=r"multiples of 16.*\(1, 3, 16, 24\)"):
        NAFNet(width=2, encoder=(1, 1, 1, 1))(torch.rand(1, 3, 16, 24))


def test_contestants_take_turns_and_their_medians_count():
    order = []
    now = 0.0
    lengths = {"a": iter([100.0, 1.0, 9.0, 2.0]), "b": iter([100.0, 5.0, 5.0, 5.0])}

    def contestant(name):
        def run():
            nonlocal now
            order.append(name)
            now += next(lengths[name])

        return run

    told = []
    medians = interleaved(
        {name: contestant(name) for name in lengths},
        repeats=3,
        clock=lambda: now,
        progress=lambda fraction, text: told.append((fraction, text)),
    )
    assert order == ["a", "b"] * 4
    assert medians == {"a": 2.0, "b": 5.0}
    assert told[0] == (0.0, "a")
    assert told[-1] == (7 / 8, "b")


def test_peak_memory_is_that_of_the_program_not_of_who_started_it():
    ours = np.ones(200 << 20, dtype=np.uint8)
    small = peak_memory([sys.executable, "-c", "print('hello')"])
    large = peak_memory([sys.executable, "-c", f"print(len(b'x' * {120 << 20}))"])
    assert small.exit_code == large.exit_code == 0
    assert small.memory < len(ours) // 2
    assert large.memory - small.memory == pytest.approx(120 << 20, rel=0.2)


def test_a_program_that_fails_says_so():
    assert peak_memory([sys.executable, "-c", "raise SystemExit(3)"]).exit_code == 3


def test_made_up_photos_are_blurred_sideways_and_always_the_same(tmp_path):
    first, second = blurred_picture(80, 120), blurred_picture(80, 120)
    assert first.shape == (80, 120, 3)
    assert np.array_equal(first, second)
    across, down = (np.abs(np.diff(first.astype(float), axis=axis)).mean() for axis in (1, 0))
    assert across < down / 2
    path = write_photo(tmp_path / "photo.jpg", 80, 120)
    assert cv2.imread(str(path)).shape == (80, 120, 3)
