"""A refinement says what it did."""

from __future__ import annotations

import pytest

from blurstudio.engine.refining.refinement import Refinement
from blurstudio.exposure.refining.fit import Fit, Stop
from blurstudio.exposure.report import ReblurReport
from blurstudio.exposure.trajectory import Trajectory


def figures(psnr, length):
    return ReblurReport(psnr, 1.3, length, True)


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
