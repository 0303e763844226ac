"""Finished runs beside each other: what differs, what came out, and runs that can't be compared."""

from __future__ import annotations

import copy
import json

import pytest

from benchmarks.ablations import ablations_sections, main, read_run
from blurstudio.errors import DataError

RECIPE = {
    "name": "blind",
    "task": "deblur",
    "architecture": "deblur-unet",
    "seed": 6,
    "guide": "",
    "config": {"widths": [8, 8, 8], "depths": [1, 1, 1], "up_depths": [1, 1], "guided": False},
    "data": {"photos": ["photos"], "count": 50, "size": 64, "seed": 2, "held_out": 4},
    "schedule": {"steps": 10, "batch": 2, "crop": 32},
    "records": {"log_steps": 5},
}


@pytest.fixture
def finished(tmp_path):
    """Write the records of a run that took two minutes, with an hour's pause inside."""

    def write(name, psnr, steps=10, measured=None, **changes):
        recipe = copy.deepcopy(RECIPE) | {"name": name}
        recipe["schedule"]["steps"] = steps
        recipe["config"]["guided"] = bool(changes.get("guide"))
        recipe |= changes
        told = steps if measured is None else measured
        records = [
            {"kind": "start", "time": 0, "step": 0, "recipe": recipe, "device": "cpu"},
            {"kind": "checkpoint", "time": 60, "step": 5},
            {"kind": "start", "time": 3660, "step": 5, "recipe": recipe, "device": "cpu"},
            {"kind": "measure", "time": 3720, "step": told, "psnr": psnr, "gain": psnr - 26},
        ]
        folder = tmp_path / name
        folder.mkdir()
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / "records.jsonl").write_text(lines)
        return folder

    return write


def test_a_run_is_read_with_its_pauses_left_out(finished):
    run = read_run(finished("blind", 26.5))
    assert run.seconds == 120
    assert run.figures == {"psnr": 26.5, "gain": 0.5}
    assert run.parameters > 1000


def test_a_table_says_in_what_runs_differ_and_in_nothing_else(finished):
    runs = [
        read_run(finished("blind", 26.5)),
        read_run(finished("other", 26.4, seed=7)),
        read_run(finished("third", 26.3)),
    ]
    (section,) = ablations_sections(runs)
    rows = {line.split("|")[1].strip(): line for line in section.body.splitlines() if "`" in line}
    assert "as the others" in rows["`blind`"]
    assert "| seed = 7 | 26.40 | 0.40 |" in rows["`other`"]
    assert "10 equal steps" in section.title
    assert not section.figures


def test_keys_that_recipes_did_not_have_yet_are_no_difference_but_a_networks_own_are(finished):
    config = RECIPE["config"]
    runs = [
        read_run(finished("blind", 26.5)),
        read_run(finished("later", 26.6, loss={"anchor": 0.02})),
        read_run(finished("wider", 26.7, config=config | {"spectrum_channels": 16})),
    ]
    (section,) = ablations_sections(runs)
    body = section.body
    assert "loss.anchor" not in body
    assert "| `wider` | config.spectrum_channels = 16 |" in body


def test_guided_is_judged_against_blind_with_the_true_paths_as_bound(finished):
    runs = [
        read_run(finished("blind", 26.5)),
        read_run(finished("guided", 27.1, guide="motion")),
        read_run(finished("true", 28.0, guide="truth")),
    ]
    (section,) = ablations_sections(runs)
    (figure,) = section.figures
    assert figure.value == pytest.approx(0.6)
    assert figure.reached == "+0.60 dB (with the true paths +1.50 dB)"
    assert figure.verdict == "reached"


def test_runs_of_other_length_are_not_put_beside_each_other(finished):
    runs = [read_run(finished("short", 26.5)), read_run(finished("long", 27.0, steps=20))]
    with pytest.raises(DataError, match="different numbers of steps"):
        ablations_sections(runs)


def test_an_unfinished_run_is_a_plain_sentence(finished):
    with pytest.raises(DataError, match="not finished"):
        read_run(finished("half", 26.5, measured=5))


def test_the_page_gets_the_section_and_keeps_its_hand_written_end(finished, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Results\n\n## By hand\n\nWords.\n")
    assert main([str(finished("blind", 26.5)), "-o", str(page)]) == 0
    text = page.read_text()
    assert "<!-- begin ablations-deblur -->" in text
    assert "## By hand\n\nWords." in text


def test_each_task_has_a_section_so_that_one_is_renewed_without_the_runs_of_another(
    finished, tmp_path
):
    page = tmp_path / "page.md"
    motion = {"task": "motion", "architecture": "motion-spectral", "config": {}}
    assert main([str(finished("blind", 26.5)), "-o", str(page)]) == 0
    assert main([str(finished("paths", 27.5, **motion)), "-o", str(page)]) == 0
    text = page.read_text()
    assert "| `blind` |" in text
    assert "| `paths` |" in text


def test_a_folder_without_records_is_a_sentence_and_no_traceback(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert "name the folder of a training run" in capsys.readouterr().err
