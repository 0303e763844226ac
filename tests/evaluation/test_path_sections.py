"""The page's words on reblur and kernels: columns by network and family, targets, gaps."""

from __future__ import annotations

import pytest

from blurstudio.evaluation.circumstances import Circumstances
from blurstudio.evaluation.levin import KernelResult, KernelScore
from blurstudio.evaluation.path_sections import kernels_section, reblur_section
from blurstudio.evaluation.reblur import ReblurResult, ReblurScore
from blurstudio.exposure.basis import Constraint

CIRCUMSTANCES = Circumstances("command", "data", "none", (), "machine", "2026-01-01")


def best(psnr: float) -> dict[Constraint, float]:
    return dict.fromkeys(Constraint, psnr)


@pytest.fixture
def reblurs():
    read = {("motion", Constraint.QUADRATIC): 29.0, ("motion", Constraint.LINEAR): 28.0}
    return ReblurResult(
        (
            ReblurScore("a", 24.0, best(36.0), read),
            ReblurScore("b", 26.0, best(35.0), read),
        ),
        (ReblurScore("c", 20.0, best(40.0), read, true=39.0),),
    )


def rows(section, first: str) -> list[str]:
    for line in section.body.splitlines():
        if line.startswith(f"| {first} |"):
            return [cell.strip() for cell in line.strip("|").split("|")]
    raise AssertionError(first)


def test_every_family_has_its_row_with_the_papers_figure_and_gaps_where_nothing_answers(reblurs):
    section = reblur_section(reblurs, CIRCUMSTANCES)
    assert rows(section, "quadratic") == (
        ["quadratic", "34.68", "25.00", "29.00", "35.50", "20.00", "29.00", "40.00"]
    )
    assert rows(section, "free")[3] == "-"
    assert rows(section, "c")[-1] == "39.00"


def test_best_paths_are_judged_by_the_papers_figures_and_networks_by_their_gain(reblurs):
    figures = {f.name: f for f in reblur_section(reblurs, CIRCUMSTANCES).figures}
    assert figures["Best free paths, GoPro pairs"].verdict == "not reached"
    assert figures["Best linear paths, GoPro pairs"].reached.startswith("35.50 dB (")
    gain = figures["Paths of a network over no motion, GoPro pairs"]
    assert gain.value == pytest.approx(4)
    assert gain.reached == "+4.00 dB (`motion`, quadratic)"


def test_kernels_count_how_often_the_path_is_ahead_of_its_linear_part():
    scores = tuple(
        KernelScore(f"im{n}", "kernel1", 0.3, 0.5, path, 0.7) for n, path in enumerate((0.6, 0.4))
    )
    section = kernels_section(KernelResult(scores), CIRCUMSTANCES)
    assert section.figures[0].value == 1
    assert section.figures[0].target == "at least 24"
    assert "refined" not in section.body
    assert rows(section, "**mean**") == ["**mean**", "0.300", "0.500", "0.500", "0.700"]


def test_traced_kernels_have_a_column_of_their_own():
    scores = (KernelScore("im1", "kernel1", 0.3, 0.5, 0.4, 0.7, traced=0.65),)
    section = kernels_section(KernelResult(scores), CIRCUMSTANCES)
    assert section.figures[0].value == 1
    assert rows(section, "im1") == ["im1", "0.300", "0.500", "0.400", "0.650", "0.700"]
