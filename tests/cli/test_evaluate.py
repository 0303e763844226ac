"""``blurstudio evaluate``: the figures on the page, in words and as JSON."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from blurstudio.evaluation.tables import Figure

FIGURES = (
    Figure("Deblurring", "at least 2.5 dB", "2.6 dB", "reached", 2.6),
    Figure("Path length", "", "9 px", "reported", 9.0),
)


@pytest.fixture
def measured(monkeypatch):
    """Calls of the evaluation room, instead of hours of measuring."""
    calls = []

    def evaluate(folder, only, page, limit, progress, *, options):
        calls.append((folder, list(only), page, limit, options.device))
        progress(0.5, "half")
        return (SimpleNamespace(name="kodak", title="Simulated exposures", figures=FIGURES),)

    monkeypatch.setattr("blurstudio.evaluation.run.evaluate", evaluate)
    return calls


def test_what_was_asked_for_reaches_the_evaluation(blurstudio, measured, tmp_path):
    page = tmp_path / "page.md"
    words = ("evaluate", "--data", tmp_path, "--only", "kodak", "--limit", 3, "-o", page)
    assert blurstudio(*words).code == 0
    assert measured == [(tmp_path, ["kodak"], page, 3, "auto")]


def test_a_quick_look_leaves_the_page_of_results_alone(blurstudio, measured, tmp_path):
    look = blurstudio("evaluate", "--data", tmp_path, "--limit", 2)
    assert "results.md" not in look.out
    assert "results.md" in blurstudio("evaluate", "--data", tmp_path).out
    assert [call[2] for call in measured] == [None, Path("docs/results.md")]
    quick = ("evaluate", "--data", tmp_path, "--limit", 2, "--json")
    assert blurstudio(*quick).document["page"] is None


def test_several_measurements_are_named_in_one_word_or_in_many(blurstudio, measured, tmp_path):
    words = ("evaluate", "--data", tmp_path, "--only", "reblur,kernels", "--only", "real")
    assert blurstudio(*words).code == 0
    assert measured[0][1] == ["reblur", "kernels", "real"]


def test_the_slow_measurements_run_only_when_all_are_asked_for(blurstudio, measured, tmp_path):
    blurstudio("evaluate", "--data", tmp_path)
    blurstudio("evaluate", "--data", tmp_path, "--all")
    assert measured[0][1] == []
    assert {"kodak", "reblur", "kernels", "refinement"} <= set(measured[1][1])


def test_figures_are_shown_beside_their_targets(blurstudio, measured, tmp_path):
    out = blurstudio("evaluate", "--data", tmp_path).out
    assert "Deblurring: 2.6 dB (target at least 2.5 dB: reached)" in out
    assert "Path length: 9 px\n" in out


def test_json_holds_the_figures_as_numbers(blurstudio, measured, tmp_path):
    document = blurstudio("evaluate", "--data", tmp_path, "--json").document
    assert document["sections"]["kodak"][0]["value"] == 2.6


def test_a_measurement_that_does_not_exist_is_a_sentence(blurstudio, tmp_path):
    outcome = blurstudio("evaluate", "--data", tmp_path, "--only", "beauty")
    assert outcome.code == 1
    assert "kodak" in outcome.err


def test_without_a_data_folder_it_says_how_to_name_one(blurstudio):
    outcome = blurstudio("evaluate")
    assert outcome.code == 1
    assert "--data" in outcome.err


def test_only_some_and_all_contradict_each_other(blurstudio, measured, tmp_path):
    outcome = blurstudio("evaluate", "--data", tmp_path, "--only", "real", "--all")
    assert (outcome.code, measured) == (2, [])
    assert "--only and --all contradict each other" in outcome.err


def test_a_page_that_can_not_be_written_is_said_before_measuring(blurstudio, measured, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for page in (tmp_path, file / "page.md"):
        outcome = blurstudio("evaluate", "--data", tmp_path, "-o", page)
        assert (outcome.code, measured) == (1, [])
        assert str(page) in outcome.err
    assert blurstudio("evaluate", "--data", tmp_path, "-o", tmp_path / "new" / "page.md").code == 0
