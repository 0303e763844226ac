"""The keeping network: which part of a change it keeps, and what it is shown."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.networks.keeping import RESIDUALS


def shown(height=64, width=96):
    """A photo, three pictures of a course, residuals and a guide."""
    draw = torch.Generator().manual_seed(0)
    pictures = [torch.rand(1, 3, height, width, generator=draw) for _ in range(4)]
    cells = (height // 4, width // 4)
    residuals = -8 * torch.rand(1, RESIDUALS, *cells, generator=draw)
    return [*pictures, residuals, torch.rand(1, 5, *cells, generator=draw)]


@pytest.fixture
def network():
    torch.manual_seed(0)
    return networks.build("keeping", widths=[8, 8, 8], depths=[1, 1, 1])


def test_a_network_that_knows_nothing_keeps_half_of_every_change(network):
    _, start, _, end, *_ = given = shown()
    with torch.no_grad():
        assert torch.allclose(network(*given), 0.5 * (start + end), atol=1e-5)


def test_what_was_not_changed_can_still_be_mended(network):
    given = shown()
    given[2] = given[3] = given[1]
    torch.nn.init.normal_(network.head.module.weight, std=0.1)
    with torch.no_grad():
        mended = network(*given)
    assert mended.shape == given[1].shape
    assert not torch.allclose(mended, given[1], atol=1e-2)


@pytest.mark.parametrize("which", range(6))
def test_everything_that_is_shown_is_looked_at(network, which):
    torch.nn.init.normal_(network.head.module.weight, std=0.1)
    given = shown()
    other = list(given)
    other[which] = given[which] * 0.8
    with torch.no_grad():
        assert not torch.allclose(network(*given), network(*other), atol=1e-5)


@pytest.mark.parametrize(
    ("which", "shape", "words"),
    [
        (1, (1, 3, 60, 96), "multiples of 16"),
        (0, (1, 3, 64, 64), "three more of that shape"),
        (4, (1, 3, 16, 24), r"residuals \(1, 4, 16, 24\)"),
        (5, (1, 5, 16, 16), r"a guide \(1, 5, 16, 24\)"),
    ],
    ids=["odd sides", "another photo", "too few residuals", "another guide"],
)
def test_shapes_that_do_not_fit_are_named(network, which, shape, words):
    given = shown()
    given[which] = torch.zeros(shape)
    with pytest.raises(ValueError, match=words):
        network(*given)
