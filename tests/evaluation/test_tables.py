"""A section and its tables as Markdown."""

from __future__ import annotations

from blurstudio.evaluation.circumstances import Circumstances
from blurstudio.evaluation.tables import Figure, Section, table
from blurstudio.evaluation.targets import KODAK_GAIN

WHERE = Circumstances(
    command="blurstudio evaluate --data DIR --only kodak",
    data="two made-up photos",
    seed="7",
    models=("`motion`; sha256 `ab12`", "`deblur`; sha256 `cd34`"),
    machine="2 processor cores",
    date="2024-05-06",
)


def test_a_section_states_figures_command_date_seed_data_networks_and_machine():
    figures = (Figure.judged("Deblurring gain", 1.5, KODAK_GAIN),)
    text = Section("kodak", "Kodak photos", figures, "Some words.", WHERE).markdown()
    for stated in (
        "## Kodak photos",
        "| Deblurring gain | at least 2.5 dB (GPU), 1.2 dB (CPU) |",
        "| +1.50 dB | CPU target reached, GPU target not |",
        "`blurstudio evaluate --data DIR --only kodak`",
        "2024-05-06",
        "Seed: 7",
        "two made-up photos",
        "sha256 `ab12`",
        "sha256 `cd34`",
        "2 processor cores",
    ):
        assert stated in text


def test_a_bar_in_a_cell_does_not_break_the_table():
    assert table(("a", "b"), [("x|y", "z")]).splitlines()[2] == r"| x\|y | z |"
