"""A traced shake is believed or not, and a refinement says what it did."""

from __future__ import annotations

import pytest

from blurstudio.engine.refinement import Refinement
from blurstudio.engine.shaking import is_unlikely
from blurstudio.exposure.fit import Fit, Stop
from blurstudio.exposure.reblur import ReblurReport
from blurstudio.exposure.trajectory import Trajectory


def figures(psnr, length):
    return ReblurReport(psnr, 1.3, length, True)


@pytest.mark.parametrize(
    ("after", "unlikely"),
    [
        (figures(15.4, 29.5), True),
        # A hand's shake is longer than the straight path that a network reads in it.
        (figures(30.7, 29.5), False),
        (figures(15.4, 6.0), False),
    ],
    ids=["far longer and far worse", "longer", "worse"],
)
def test_a_shake_is_not_believed_where_it_is_far_longer_and_explains_far_less(after, unlikely):
    assert is_unlikely(figures(32.0, 2.5), after, likeness=0.85) is unlikely


def test_a_still_photo_gets_no_shake_of_nothing():
    assert not is_unlikely(figures(50.0, 0.1), figures(40.0, 1.2), likeness=0.85)


def test_a_clear_shake_is_believed_however_long():
    assert not is_unlikely(figures(42.7, 7.5), figures(25.3, 38.5), likeness=0.95)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (0.0200004, "0.0 % better"),
        (0.019, "5.0 % better"),
        (0.021, "5.0 % worse along them, as it was made along others"),
    ],
)
def test_what_was_gained_or_lost_is_said_and_nothing_is_no_loss(after, words):
    fit = Fit(Trajectory.zero((40, 60)), 0.02, after, 3, Stop.SETTLED)
    assert words in Refinement(figures(32.0, 2.5), fit).sentence


def test_a_shake_that_is_not_believed_leaves_the_paths_and_says_why():
    kept = Fit(Trajectory.zero((40, 60)), 0.0, 0.0, 0, Stop.UNLIKELY)
    sentence = Refinement(figures(32.0, 2.5), kept).sentence
    assert sentence.startswith(
        "The paths stay as they were: the shake that was traced is far longer"
    )
