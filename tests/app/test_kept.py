"""Analyses are kept for choices that differ in little from theirs."""

from __future__ import annotations

from blurstudio.app.photo.kept import Kept
from blurstudio.engine.options import AnalysisOptions


class Stored:
    """An analysis as far as it is looked at for keeping."""

    def __init__(self, size=(60, 80), **choices):
        self.options = AnalysisOptions(**choices)
        self.photo = type("Photo", (), {"size": size})


def test_the_nearest_of_what_is_kept_is_taken():
    kept = Kept()
    first, linear = Stored(), Stored(constraint="linear")
    kept.add(first)
    kept.add(linear)
    assert kept.nearest(AnalysisOptions(reverse=True)) is first
    assert kept.nearest(AnalysisOptions(constraint="linear", strength=0.7)) is linear
    assert kept.nearest(AnalysisOptions()) is first


def test_of_large_photos_only_two_analyses_are_kept():
    kept = Kept()
    made = [Stored((6000, 8000), strength=value, deblurrer="deconvolution")
            for value in (0.1, 0.2, 0.3)]  # fmt: skip
    for analysis in made:
        kept.add(analysis)
    assert kept.nearest(made[0].options) is not made[0]
    assert kept.nearest(made[1].options) is made[1]


def test_nothing_is_kept_of_another_photo():
    kept = Kept()
    kept.add(Stored())
    kept.clear()
    assert kept.nearest(AnalysisOptions()) is None
