"""The running average of weights: quick at first, then as slow as it is told to be."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from blurstudio.training.average import Average


@pytest.fixture
def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))


def moved(network, by):
    with torch.no_grad():
        for weight in network.parameters():
            weight += by


@pytest.mark.parametrize(("step", "kept"), [(0, 0.1), (8, 0.5), (10_000, 0.9)])
def test_it_goes_toward_the_present_weights_by_what_it_does_not_keep(network, step, kept):
    average = Average(network, 0.9)
    before = average.weights["0.weight"].clone()
    moved(network, 1.0)
    average.update(network, step)
    assert torch.allclose(average.weights["0.weight"], before + (1 - kept))


def test_it_holds_all_that_the_network_does_in_float32_and_leaves_it_alone(network):
    average = Average(network.half(), 0.9)
    moved(network, 1.0)
    state = {name: value.clone() for name, value in network.state_dict().items()}
    average.update(network, 3)
    assert average.weights.keys() == state.keys()
    assert all(value.dtype == torch.float32 for value in average.weights.values())
    assert not any(value.requires_grad for value in average.weights.values())
    assert all(torch.equal(value, state[name]) for name, value in network.state_dict().items())


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5])
def test_what_is_left_holds_a_share_of_what_the_network_was(network, share):
    average = Average(network, 0.9, share)
    before = {name: value.clone() for name, value in average.weights.items()}
    moved(network, 1.0)
    average.update(network, 10_000)
    for name, value in average.left.items():
        between = share * before[name] + (1 - share) * average.weights[name]
        assert torch.allclose(value, between)


def test_one_that_goes_on_from_what_was_kept_is_the_same_to_the_last_bit(network):
    straight, broken = Average(network, 0.99), Average(network, 0.99)
    for step in range(6):
        moved(network, 0.1 * step)
        straight.update(network, step)
        broken.update(network, step)
        if step == 2:
            kept = {name: value.clone() for name, value in broken.weights.items()}
            broken = Average(network, 0.99)
            broken.weights = kept
    assert all(torch.equal(broken.weights[name], straight.weights[name]) for name in kept)
