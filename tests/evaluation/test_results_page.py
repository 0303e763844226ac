"""The results page: sections renewed alone, everything else kept, a summary of all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blurstudio.errors import DataError, ExportError
from blurstudio.evaluation.circumstances import Circumstances
from blurstudio.evaluation.results_page import renew_page, renewed
from blurstudio.evaluation.tables import Figure, Section
from blurstudio.evaluation.targets import KODAK_GAIN

WHERE = Circumstances("a command", "made here", "none", (), "a machine", "2026-01-01")


def section(name: str = "kodak", value: float = 1.5, **changes) -> Section:
    figures = (Figure.judged("Deblurring gain", value, KODAK_GAIN),)
    title = {"kodak": "Kodak photos", "gopro": "GoPro pairs", "real": "Real photos"}.get(name, name)
    return replace(Section(name, title, figures, "Some words.", WHERE), **changes)


def test_a_new_page_starts_with_the_summary():
    page = renewed("# Results\n", [section(), section("gopro", 3.0)])
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert headings == ["# Results", "## Summary", "## Kodak photos", "## GoPro pairs"]


def test_the_summary_names_every_figure_with_its_section_and_target():
    page = renewed("# Results\n", [section(), section("gopro", 3.0)])
    summary = page.split("<!-- end summary -->")[0]
    assert "| [Kodak photos](#kodak-photos) | Deblurring gain | at least 2.5 dB (GPU)" in summary
    assert "| [GoPro pairs](#gopro-pairs) | Deblurring gain |" in summary
    assert "+1.50 dB | CPU target reached, GPU target not |" in summary
    assert "+3.00 dB | GPU target reached |" in summary


def test_renewing_one_section_keeps_the_others_and_what_a_person_wrote():
    page = renewed("# Results\n", [section(), section("gopro", 3.0), section("real", 0.1)])
    page = page.replace("<!-- begin gopro -->", "A word by hand.\n\n<!-- begin gopro -->")
    again = renewed(page, [section("gopro", 2.0)])
    assert "A word by hand." in again
    assert section().markdown() in again
    assert section("real", 0.1).markdown() in again
    assert section("gopro", 2.0).markdown() in again
    assert "+3.00 dB" not in again
    assert again.count("## GoPro pairs") == 1


def test_renewing_with_the_same_figures_changes_nothing():
    page = renewed("# Results\n", [section(), section("gopro")])
    assert renewed(page, [section()]) == page
    assert renewed(page, [section("gopro"), section()]) == page
    assert renewed(page, []) == page


def test_sections_stand_in_the_order_of_reading_whatever_came_first():
    page = renewed("# Results\n", [section("speed")])
    page = renewed(page, [section("real")])
    page = renewed(page, [section("kodak"), section("gopro")])
    begun = [line for line in page.splitlines() if line.startswith("<!-- begin")]
    names = ("summary", "kodak", "gopro", "real", "speed")
    assert begun == [f"<!-- begin {name} -->" for name in names]


def test_a_part_of_a_measurement_says_so_in_section_and_summary():
    page = renewed("# Results\n", [section(partial="2 of 96 exposures")])
    assert "A quick look, not the full measurement: 2 of 96 exposures" in page
    assert page.count("+1.50 dB (2 of 96 exposures)") == 2


def test_a_page_that_lost_a_marker_is_refused_and_stays_as_it_is(tmp_path):
    page = tmp_path / "results.md"
    renew_page(page, [section()])
    damaged = page.read_text(encoding="utf-8").replace("<!-- end kodak -->", "")
    page.write_text(damaged, encoding="utf-8")
    with pytest.raises(DataError, match="end kodak"):
        renew_page(page, [section()])
    assert page.read_text(encoding="utf-8") == damaged


def test_the_page_and_its_folder_are_made(tmp_path):
    page = tmp_path / "docs" / "results.md"
    renew_page(page, [section()])
    assert page.read_text(encoding="utf-8").startswith("# Results\n")
    assert [path.name for path in page.parent.iterdir()] == ["results.md"]


def test_a_page_that_cannot_be_read_or_placed_is_a_plain_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="name another page"):
        renew_page(tmp_path / "file" / "deeper" / "results.md", [section()])
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="can't be read"):
        renew_page(tmp_path / "binary.md", [section()])
