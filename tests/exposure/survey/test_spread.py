"""How far paths spread: straight ones as long as they are, and others by their second moments."""

from __future__ import annotations

import math

import pytest
import torch

from blurstudio.exposure.survey.spread import FULL_TURN, axes_of, spread_of


def path(a, b=(0.0, 0.0)):
    return torch.tensor([a, b]).view(2, 2, 1, 1)


def axes(maps):
    """Main axis (x, y) and length of the minor one, px."""
    main, minor = axes_of(spread_of(maps))
    return main.flatten().tolist(), float(minor)


def test_a_straight_path_spreads_along_itself_as_far_as_it_is_long():
    main, minor = axes(path((6.0, -8.0)))
    assert main == pytest.approx([6.0, -8.0], abs=1e-3)
    assert minor == pytest.approx(0, abs=1e-3)


def test_a_path_that_only_returns_spreads_as_far_as_a_straight_one():
    main, minor = axes(path((0.0, 0.0), (0.0, 8 * FULL_TURN)))
    assert [abs(part) for part in main] == pytest.approx([0.0, 8.0], abs=1e-3)
    assert minor == pytest.approx(0, abs=1e-3)


def test_twelve_times_the_second_moments_are_the_spread_squared():
    draw = torch.Generator().manual_seed(4)
    maps = 10 * torch.randn(2, 2, 5, 6, generator=draw)
    moments = torch.linspace(-0.5, 0.5, 2001, dtype=torch.float64).view(-1, 1, 1, 1)
    offsets = maps[0] * moments + maps[1] * moments.square()
    apart = offsets - offsets.mean(0)
    true = 12 * torch.einsum("tihw,tjhw->ijhw", apart, apart) / len(moments)
    cosine, sine, trace = spread_of(maps).double()
    root = torch.stack([trace + cosine, sine, sine, trace - cosine]).view(2, 2, 5, 6) / 2
    squared = torch.einsum("ikhw,kjhw->ijhw", root, root)
    assert torch.allclose(squared, true, rtol=0.01, atol=0.05)


def test_paths_read_backwards_spread_the_same():
    there, back = path((7.0, 2.0), (3.0, -5.0)), path((-7.0, -2.0), (3.0, -5.0))
    assert torch.equal(spread_of(there), spread_of(back))


@pytest.mark.parametrize("angle", [0.2, 1.4, 2.9])
def test_a_turned_path_has_a_turned_spread(angle):
    turn = torch.tensor([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    maps = path((9.0, 1.0), (-4.0, 6.0))
    (x, y), minor = axes(maps)
    turned, same = axes(torch.einsum("ij,kjhw->kihw", turn, maps))
    expected = (turn @ torch.tensor([x, y])).tolist()
    side = math.copysign(1, expected[0] * turned[0] + expected[1] * turned[1])
    assert [side * part for part in turned] == pytest.approx(expected, abs=1e-3)
    assert same == pytest.approx(minor, abs=1e-3)


def test_what_no_path_spreads_like_is_brought_to_the_nearest():
    main, minor = axes_of(torch.tensor([8.0, 0.0, 2.0]).view(3, 1, 1))
    assert main.flatten().tolist() == pytest.approx([5.0, 0.0])
    assert float(minor) == 0


def test_still_places_have_no_spread():
    main, minor = axes_of(spread_of(torch.zeros(2, 2, 3, 3)))
    assert float(main.abs().max()) < 1e-2
    assert float(minor.max()) < 1e-2


@pytest.mark.parametrize("shape", [(2, 3, 3), (2, 3, 4, 4), (3, 2, 4, 4)])
def test_maps_of_no_quadratic_path_are_refused(shape):
    with pytest.raises(ValueError, match="maps must be"):
        spread_of(torch.zeros(shape))
