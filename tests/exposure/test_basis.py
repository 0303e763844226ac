"""Path families: moments, weights, evaluation, reversal and fitting of maps."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import constraints, random, seeds, small
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.basis import (
    Constraint,
    evaluate_maps,
    fit_maps,
    reverse_maps,
    times,
    trapezoid_weights,
)

COUNT = {
    Constraint.LINEAR: 1,
    Constraint.BILINEAR: 2,
    Constraint.QUADRATIC: 2,
    Constraint.FREE: 5,
}


@given(st.integers(1, 200))
@small
def test_moments_span_the_exposure_and_mirror_exactly(count):
    moments = times(count)
    assert torch.equal(moments, -moments.flip(0))
    assert moments[-1] == (0.5 if count > 1 else 0)
    assert torch.allclose(moments, torch.linspace(-0.5, 0.5, count) * (count > 1), atol=1e-7)


@given(st.integers(1, 200))
@small
def test_weights_sum_to_one_and_the_ends_count_half(count):
    weights = trapezoid_weights(count)
    assert float(weights.sum()) == pytest.approx(1, abs=1e-5)
    if count > 2:
        assert float(weights[0]) == pytest.approx(float(weights[1]) / 2)


def test_trapezoid_weights_do_not_overstate_the_length_of_a_path():
    # The spread of a straight path of length 1 is 1 / 12; a plain mean of 7 moments gives 1 / 9.
    moments = times(7)
    assert float(trapezoid_weights(7) @ moments**2) == pytest.approx(1 / 12, rel=0.06)
    assert float((moments**2).mean()) == pytest.approx(1 / 9)


@given(seeds, constraints)
@small
def test_every_path_is_zero_in_the_middle(seed, constraint):
    maps = random(seed, COUNT[constraint], 2, 3, 4, low=-9, high=9)
    assert not evaluate_maps(maps, constraint, torch.zeros(1)).any()


def test_what_the_maps_of_each_family_mean():
    first, second = torch.tensor([3.0, -1.0]), torch.tensor([0.5, 2.0])
    maps = torch.stack((first, second)).view(2, 2, 1, 1)
    moments = torch.tensor([-0.5, -0.25, 0.5])

    def path(maps, constraint):
        return evaluate_maps(maps, constraint, moments)[:, :, 0, 0]

    t = moments[:, None]
    assert torch.allclose(path(maps[:1], Constraint.LINEAR), first * t)
    assert torch.allclose(path(maps, Constraint.QUADRATIC), first * t + second * t**2)
    assert torch.allclose(path(maps, Constraint.BILINEAR), torch.stack((first, first / 2, second)))
    knots = torch.stack((first, first * 9, second)).view(3, 2, 1, 1)
    assert torch.allclose(path(knots, Constraint.FREE), torch.stack((first, first / 2, second)))


@given(seeds, constraints)
@small
def test_reversed_maps_are_the_path_run_backwards(seed, constraint):
    maps = random(seed, 2, COUNT[constraint], 2, 3, 4, low=-9, high=9)
    forward = evaluate_maps(maps, constraint, times(9))
    backward = evaluate_maps(reverse_maps(maps, constraint), constraint, times(9))
    assert torch.allclose(backward, forward.flip(-4), atol=1e-5)
    assert torch.equal(reverse_maps(reverse_maps(maps, constraint), constraint), maps)


@given(seeds, constraints, st.integers(5, 17))
@small
def test_fitting_finds_a_path_of_its_own_family_again(seed, constraint, count):
    maps = random(seed, 2, COUNT[constraint], 2, 3, 4, low=-9, high=9)
    offsets = evaluate_maps(maps, constraint, times(count))
    found = fit_maps(offsets, times(count), constraint, knots=5)
    again = evaluate_maps(found, constraint, times(33))
    assert torch.allclose(again, evaluate_maps(maps, constraint, times(33)), atol=1e-4)


@given(seeds)
@small
def test_the_fit_is_the_nearest_path_of_its_family(seed):
    offsets = random(seed, 7, 2, 2, 2, low=-5, high=5)
    best = fit_maps(offsets, times(7), Constraint.QUADRATIC)
    nudged = best + random(seed + 1, *best.shape, low=-0.1, high=0.1)

    def distance(maps):
        return ((evaluate_maps(maps, Constraint.QUADRATIC, times(7)) - offsets) ** 2).sum()

    assert distance(best) <= distance(nudged)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: times(0), "0"),
        (lambda: trapezoid_weights(0), "0"),
        (lambda: evaluate_maps(torch.zeros(2, 3), Constraint.LINEAR, times(3)), r"\(2, 3\)"),
        (
            lambda: evaluate_maps(torch.zeros(1, 2, 3, 4), Constraint.QUADRATIC, times(3)),
            r"\(1, 2, 3, 4\)",
        ),
        (
            lambda: evaluate_maps(torch.zeros(4, 2, 3, 4), Constraint.FREE, times(3)),
            r"odd.*\(4, 2, 3, 4\)",
        ),
        (
            lambda: evaluate_maps(torch.zeros(1, 2, 3, 4), Constraint.LINEAR, torch.zeros(2, 2)),
            r"\(2, 2\)",
        ),
        (
            lambda: fit_maps(torch.zeros(5, 2, 3, 4), times(7), Constraint.LINEAR),
            r"\(5, 2, 3, 4\)",
        ),
        (lambda: fit_maps(torch.zeros(5, 2, 3, 4), times(5), Constraint.FREE, 4), "got 4"),
    ],
)
def test_wrong_shapes_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
