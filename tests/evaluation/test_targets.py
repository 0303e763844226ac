"""What is wanted of a figure, and what is said of one that reaches it or doesn't."""

from __future__ import annotations

import pytest

from blurstudio.evaluation.targets import (
    GOPRO_WORST,
    PATH_EVERYWHERE,
    Bound,
    Side,
    Target,
)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (19.9, "GPU target reached"),
        (20.0, "GPU target reached"),
        (39.0, "CPU target reached, GPU target not"),
        (40.1, "not reached"),
        (float("nan"), "not reached"),
    ],
)
def test_a_verdict_names_the_hardest_target_reached(value, verdict):
    assert PATH_EVERYWHERE.verdict(value) == verdict


def test_a_gain_of_nothing_is_not_worse_and_a_loss_is():
    assert GOPRO_WORST.verdict(0.0) == "reached"
    assert GOPRO_WORST.verdict(-0.01) == "not reached"
    assert GOPRO_WORST.write(-0.014) == "-0.01 dB"


def test_a_target_says_what_it_wants():
    assert PATH_EVERYWHERE.text() == "at most 20 % (GPU), 40 % (CPU)"
    assert Target(Side.AT_MOST, (Bound(0.3),), "times").text() == "at most 0.3 times"
