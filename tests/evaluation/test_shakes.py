"""Photos that moved as one: how often that is found, and what path and picture gain by it."""

from __future__ import annotations

import pytest
import torch

from blurstudio.errors import DataError
from blurstudio.evaluation.circumstances import Circumstances
from blurstudio.evaluation.refinement import Explanation, OnePath
from blurstudio.evaluation.shakes import measure_shakes, shakes_section, shifted_psnr
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.report import ReblurReport
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.simulate.shaken import ShakenExposure

SIZE = (96, 120)
CIRCUMSTANCES = Circumstances("a command", "made here", "none", (), "a machine", "2026-01-01")
REPORT = ReblurReport(30.0, 1.0, 10.0, True)


def hook():
    t = times(33)
    return torch.stack([12 * t, 30 * t.square()], dim=1)


class Take:
    """An exposure whose blurred picture is its sharp one, moved by 2 px."""

    name = "a take"

    def render(self):
        sharp = torch.rand(3, *SIZE, generator=torch.Generator().manual_seed(0))
        return ShakenExposure(sharp.roll(2, -1) * 0.5, sharp, hook())


def explained(picture, *, found):
    straight = torch.zeros(2, 2, 4, 5)
    straight[0, 0] = 12.0
    before = Trajectory(straight, Constraint.QUADRATIC, SIZE, torch.full((4, 5), 0.5))
    maps = hook().view(-1, 2, 1, 1).expand(-1, -1, 4, 5)
    after = Trajectory(maps, Constraint.FREE, SIZE, torch.full((4, 5), 0.9))
    return (
        Explanation(before, picture, REPORT),
        Explanation(after if found is OnePath.ALL else before, picture * 2, REPORT, found),
    )


def test_a_shake_that_was_found_is_like_the_true_one_and_its_picture_gains():
    [score] = measure_shakes([Take()], lambda picture: explained(picture, found=OnePath.ALL))
    assert score.shaken is OnePath.ALL
    assert score.like_after > 0.99
    assert score.like_before < 0.9
    assert score.gain > 20
    assert score.psnr_before == score.psnr_blurred


def test_a_path_that_was_not_found_to_be_one_is_brought_to_one():
    [score] = measure_shakes([Take()], lambda picture: explained(picture, found=OnePath.NOTHING))
    assert not score.shaken
    assert score.like_after == pytest.approx(score.like_before)


def test_a_shifted_picture_is_as_good_as_one_that_is_not():
    sharp = torch.rand(3, *SIZE, generator=torch.Generator().manual_seed(1))
    assert shifted_psnr(sharp.roll((3, -5), (1, 2)), sharp) == shifted_psnr(sharp, sharp)


def test_the_section_says_how_many_were_found():
    scores = [
        *measure_shakes([Take()], lambda picture: explained(picture, found=OnePath.ALL)),
        *measure_shakes([Take()], lambda picture: explained(picture, found=OnePath.PICTURE)),
        *measure_shakes([Take()], lambda picture: explained(picture, found=OnePath.NOTHING)),
    ]
    section = shakes_section(scores, CIRCUMSTANCES)
    shown = {figure.name: figure.reached for figure in section.figures}
    assert shown["Exposures found to have moved as one"] == "2 of 3, 1 by the picture alone"
    assert "PSNR gained by refining, all" in shown
    assert "a take" in section.body


def test_nothing_found_is_no_figure_of_those_found():
    scores = measure_shakes([Take()], lambda picture: explained(picture, found=OnePath.NOTHING))
    assert len(shakes_section(scores, CIRCUMSTANCES).figures) == 2


def test_nothing_to_measure_is_an_error():
    with pytest.raises(DataError, match="no picture"):
        measure_shakes([], lambda picture: explained(picture, found=OnePath.ALL))
