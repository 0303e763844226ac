"""Light: encoding and decoding undo each other, and nothing breaks at black or beyond white."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import random, seeds, small
from hypothesis import given

from blurstudio.exposure.light import clip, linear_to_srgb, srgb_to_linear


@small
@given(seeds)
def test_encoding_undoes_decoding_also_outside_the_visible_range(seed):
    encoded = random(seed, 200, low=-0.5, high=1.8)
    assert torch.allclose(linear_to_srgb(srgb_to_linear(encoded)), encoded, atol=2e-6)


def test_known_values_of_the_curve():
    encoded = torch.tensor([0.0, 0.5, 1.0])
    assert torch.allclose(srgb_to_linear(encoded), torch.tensor([0.0, 0.214041, 1.0]), atol=1e-6)


def test_both_curves_rise_everywhere():
    ramp = torch.linspace(-0.1, 2, 5000)
    assert (srgb_to_linear(ramp).diff() > 0).all()
    assert (linear_to_srgb(ramp).diff() > 0).all()


@pytest.mark.parametrize("curve", [srgb_to_linear, linear_to_srgb])
def test_gradients_are_finite_and_positive_at_black_and_beyond_white(curve):
    light = torch.tensor([-0.1, 0.0, 0.0031308, 0.04045, 1.0, 4.0], requires_grad=True)
    (gradient,) = torch.autograd.grad(curve(light).sum(), light)
    assert gradient.isfinite().all()
    assert (gradient > 0).all()


def test_clipping_keeps_what_a_sensor_can_hold():
    assert clip(torch.tensor([-1.0, 0.25, 3.0])).tolist() == [0.0, 0.25, 1.0]
