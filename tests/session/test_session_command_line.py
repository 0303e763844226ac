"""Copied as a command line, and read back by the command line itself: the same choices."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from blurstudio.cli import process as command
from blurstudio.cli.commands import app
from blurstudio.engine.export.request import ExportRequest, Part
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.command_line import export_words, process_words, quoted

EVERYTHING = AnalysisOptions(
    device="cpu",
    precision="bfloat16",
    memory_limit=1_234_567_890,
    motion_model="/models/my motion's.safetensors",
    deblur_model="größer $HOME",
    max_side=1600,
    constraint="bilinear",
    refine="both",
    deblurrer="deconvolution",
    strength=1 / 3,
    reverse=True,
    flips=((0.1, 0.25), (1.0, 0.0), (1e-4, 0.3333)),
)


@pytest.fixture
def heard(monkeypatch):
    """Return what ``blurstudio process`` was asked to do, as it is asked."""
    asked = []

    def listen(photos, folder, settings, *, as_json):
        asked.append((photos, settings.options))
        return 0

    monkeypatch.setattr(command, "process_photos", listen)
    monkeypatch.setattr(command, "gather_photos", lambda photos, **_: list(photos))
    return asked


@pytest.mark.parametrize(
    "options",
    [
        AnalysisOptions(),
        EVERYTHING,
        AnalysisOptions(constraint="free", refine="path"),
        AnalysisOptions(strength=0.0, flips=((0.5, 0.5),)),
    ],
)
@pytest.mark.parametrize(
    "photo",
    ["/photos/cup.jpg", "/my photos/it's “a” $cup;.jpg", "/photos/-x\n*.png", "plain.jpg"],
)
def test_parsing_the_copied_line_gives_the_same_choices(heard, photo, options):
    line = quoted(process_words(Path(photo), options), "linux")
    program, *words = shlex.split(line)
    assert program == "blurstudio"
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert heard == [([Path(photo).absolute()], options)]


def test_only_what_was_chosen_is_spelled_out():
    words = process_words(Path("/photos/cup.jpg"), AnalysisOptions(reverse=True))
    assert words == ["blurstudio", "process", str(Path("/photos/cup.jpg").absolute()), "--reverse"]


def test_every_choice_has_words():
    """A choice added to the options must not be lost on the way to the command line."""
    from dataclasses import fields, replace

    usual = process_words(Path("/cup.jpg"), AnalysisOptions())
    for each in fields(AnalysisOptions):
        changed = replace(AnalysisOptions(), **{each.name: getattr(EVERYTHING, each.name)})
        assert process_words(Path("/cup.jpg"), changed) != usual, each.name


@pytest.mark.parametrize("per_cent", range(0, 100, 7))
def test_an_amount_is_spelled_in_per_cent_and_read_back(monkeypatch, per_cent):
    asked = []
    monkeypatch.setattr(command, "process_photos", lambda *how, as_json: asked.append(how[2]) or 0)
    monkeypatch.setattr(command, "gather_photos", lambda photos, **_: list(photos))
    words = process_words(Path("/cup.jpg"), AnalysisOptions(), per_cent / 100)
    assert words[-2:] == ["--amount", str(per_cent)]
    assert CliRunner().invoke(app, words[1:]).exit_code == 0
    assert asked[0].amount == per_cent


def test_windows_is_quoted_its_own_way():
    words = ["blurstudio", "process", r"C:\my photos\cup.jpg"]
    assert quoted(words, "win32") == r'blurstudio process "C:\my photos\cup.jpg"'


def test_an_export_is_asked_for_in_the_same_words(heard, tmp_path):
    request = ExportRequest(
        tmp_path / "to here",
        frozenset({Part.SHARP, Part.REPORT}),
        video="mkv",
        frames=7,
        interval=(-0.25, 0.125),
    )
    words = export_words(Path("/photos/a photo.jpg"), EVERYTHING, request)
    assert words[-10:] == [
        "-o", str(tmp_path / "to here"), "--parts", "sharp,report", "--frames", "7",
        "--video", "mkv", "--part", "0.25:0.625",
    ]  # fmt: skip
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code == 0
    assert heard[0][1] == EVERYTHING
