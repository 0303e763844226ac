"""How a command line ends when something goes wrong: one sentence, an exit code, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from blurstudio.errors import PhotoError
from blurstudio.locations import user_cache_dir


def failing_with(error):
    def fail(*_):
        raise error

    return fail


@pytest.fixture
def doctor_raises(monkeypatch):
    """Make the shortest command raise what a test wants."""
    return lambda error: monkeypatch.setattr(
        "blurstudio.cli.checks.all_findings", failing_with(error)
    )


def test_an_error_of_the_family_is_one_sentence_and_code_one(blurstudio, doctor_raises):
    doctor_raises(PhotoError("The photo is empty; choose another."))
    outcome = blurstudio("doctor")
    assert (outcome.code, outcome.out, outcome.err) == (
        1,
        "",
        "The photo is empty; choose another.\n",
    )


def test_with_json_the_error_is_the_document(blurstudio, doctor_raises):
    doctor_raises(PhotoError("The photo is empty; choose another."))
    outcome = blurstudio("doctor", "--json")
    assert outcome.code == 1
    assert outcome.document == {
        "error": {"kind": "PhotoError", "message": "The photo is empty; choose another."}
    }


def test_a_fault_of_ours_is_a_sentence_and_the_rest_is_in_the_log(blurstudio, doctor_raises):
    doctor_raises(ZeroDivisionError("deep inside"))
    outcome = blurstudio("doctor")
    assert outcome.code == 2
    assert len(outcome.sentences) == 1
    assert "Traceback" not in outcome.err
    [log] = user_cache_dir().glob("*.log")
    assert str(log) in outcome.err
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert "deep inside" in log.read_text(encoding="utf-8")


def test_a_fault_is_told_even_where_no_log_can_be_written(blurstudio, doctor_raises):
    user_cache_dir().parent.mkdir(parents=True, exist_ok=True)
    user_cache_dir().write_text("a file where the folder should be")
    doctor_raises(ZeroDivisionError("deep inside"))
    outcome = blurstudio("doctor")
    assert outcome.code == 2
    assert "deep inside" in outcome.err


def test_ctrl_c_is_a_sentence_and_code_130(blurstudio, doctor_raises):
    doctor_raises(KeyboardInterrupt())
    outcome = blurstudio("doctor")
    assert outcome.code == 130
    assert len(outcome.sentences) == 1


def test_a_reader_that_goes_away_is_no_error():
    writer = (
        "import sys; from blurstudio.cli import main, output\n"
        "import blurstudio.cli.checks as checks\n"
        "checks.all_findings = lambda: (checks.Finding('a', 'b', 'c' * 1000) for _ in range(999))\n"
        "sys.exit(main(['doctor']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", writer], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_nan_in_an_answer_is_null_in_json(blurstudio, monkeypatch):
    from blurstudio.cli import checks

    monkeypatch.setattr(
        checks, "all_findings", lambda: [checks.Finding("a", "b", float("inf"), ok=True)]
    )
    assert blurstudio("doctor", "--json").document["findings"][0]["value"] is None


def test_a_name_that_the_terminal_cannot_show_is_escaped():
    run = subprocess.run(
        [sys.executable, "-m", "blurstudio", "process", "Käfer 写真.jpg", "--json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert run.returncode == 1
    assert b"Traceback" not in run.stderr
    assert json.loads(run.stdout)["errors"][0]["photo"].startswith("K")
