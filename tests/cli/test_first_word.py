"""The first word decides: a command is that command, anything else is a photo to open."""

from __future__ import annotations

import subprocess
import sys

import pytest

from blurstudio import __version__
from blurstudio.cli import commands
from blurstudio.cli.opening import COMMANDS


@pytest.fixture
def opened(monkeypatch):
    """Photos that reached the window, instead of a window."""
    seen: list[tuple[list[str], object]] = []

    def run(paths, screenshot=None):
        seen.append(([path.name for path in paths], screenshot))
        return 0

    monkeypatch.setattr("blurstudio.app.launch.display.why_no_window", lambda: None)
    monkeypatch.setattr("blurstudio.app.run", run)
    return seen


def test_a_photo_is_opened_in_the_window(blurstudio, opened, photo):
    assert blurstudio(photo).code == 0
    assert opened == [(["photo.png"], None)]


def test_no_word_at_all_opens_an_empty_window(blurstudio, opened):
    assert blurstudio().code == 0
    assert opened == [([], None)]


def test_the_sample_is_opened_by_its_option(blurstudio, opened, photo, monkeypatch):
    monkeypatch.setattr("blurstudio.cli.opening.sample_photo", lambda: photo)
    assert blurstudio("--sample").code == 0
    assert opened == [(["photo.png"], None)]


def test_a_folder_opens_its_photos(blurstudio, opened, photo):
    (photo.parent / "notes.txt").write_text("no photo")
    (photo.parent / "another.JPG").write_bytes(photo.read_bytes())
    assert blurstudio(photo.parent).code == 0
    assert opened == [(["another.JPG", "photo.png"], None)]


def test_an_option_before_the_photo_belongs_to_opening(blurstudio, opened, photo, tmp_path):
    picture = tmp_path / "window.png"
    assert blurstudio("--screenshot", picture, photo).code == 0
    assert opened == [(["photo.png"], picture)]


def test_a_photo_named_like_a_command_is_opened_after_two_dashes(blurstudio, opened, photo):
    named = photo.rename(photo.with_name("process"))
    assert blurstudio("--", named).code == 0
    assert opened == [(["process"], None)]


def test_the_door_knows_every_command():
    assert {command.name for command in commands.app.registered_commands} == COMMANDS


def test_opening_a_photo_needs_no_parser():
    """Nor anything else that keeps the window waiting."""
    code = (
        "import sys; from pathlib import Path; from blurstudio.cli import main, opening;"
        "opening.open_photos = lambda photos, **_: len(list(photos));"
        "assert main(['a.png', 'b.png']) == 2;"
        "print(sorted({'typer', 'pydantic', 'torch', 'PySide6'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(blurstudio, command):
    outcome = blurstudio(command, "--help")
    assert outcome.code == 0
    assert "--json" in outcome.out


def test_help_is_not_cut_in_a_terminal_of_80_columns(blurstudio, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert "\u2026" not in blurstudio("process", "--help").out


def test_help_lists_every_command(blurstudio):
    outcome = blurstudio("--help")
    assert outcome.code == 0
    assert all(command in outcome.out for command in COMMANDS)


def test_the_version_is_one_line(blurstudio):
    assert blurstudio("--version").out == f"Blur Studio {__version__}\n"


def test_an_unknown_option_is_a_wrong_command_line(blurstudio, photo):
    outcome = blurstudio("process", photo, "--frame-rate", 3)
    assert outcome.code == 2
    assert "--frame-rate" in outcome.err
    assert not outcome.out


def test_a_number_out_of_range_is_a_wrong_command_line(blurstudio, photo):
    outcome = blurstudio("process", photo, "--frames", 1)
    assert outcome.code == 2
    assert "--frames" in outcome.err
