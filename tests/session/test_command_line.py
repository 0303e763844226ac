"""Copied as a command line, and read back by the command line itself: the same choices."""

from __future__ import annotations

import shlex
from dataclasses import fields, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from blurstudio.cli import process as command
from blurstudio.cli.commands import app
from blurstudio.engine.export.request import (
    STILLS,
    VIDEO_FITS,
    VIDEOS,
    Conflict,
    ExportRequest,
    Part,
)
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.blend import Blend, Brush, BrushMask, Stroke
from blurstudio.session.command_line import USUAL, export_words, process_words, quoted
from blurstudio.session.document import Choices
from blurstudio.session.own_analysis import OwnAnalysis
from blurstudio.session.regions import Edit, Region
from blurstudio.session.shapes import Shape, ShapeKind

CUP = Path("/photos/cup.jpg")
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
EVERY_WISH = ExportRequest(
    Path("/to here"),
    frozenset({Part.SHARP, Part.FRAMES, Part.FLOW, Part.REPORT}),
    still="jpg",
    video="mkv",
    frames=7,
    interval=(-0.25, 0.125),
    fps=24000 / 1001,
    depth=8,
    quality=80,
    frame_still="tif",
    frame_depth=32,
    pattern="{name}'s {part}",
    frame_pattern="-{frame:03d} $x",
    conflict=Conflict.SKIP,
    video_fit=(1600, 0),
    pingpong=True,
    loops=3,
    flows=("kitti", "pfm"),
)
SHAPE = Shape(ShapeKind.RECTANGLE, ((0.0, 0.0), (48.0, 72.0)))


@pytest.fixture
def heard(monkeypatch):
    """Return what ``blurstudio process`` was asked to do, as it is asked."""
    asked = []

    def listen(photos, settings, _unread, *, as_json):
        asked.append((photos, settings))
        return 0

    monkeypatch.setattr(command, "process_photos", listen)
    monkeypatch.setattr(command, "gather_photos", lambda photos, **_: list(photos))
    return asked


@pytest.fixture
def understood(heard):
    """Let the command line read words, and return what it makes of them."""

    def read(words):
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == 0, result.output
        return heard[-1][1]

    return read


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
def test_parsing_the_copied_line_gives_the_same_choices(heard, understood, photo, options):
    line = quoted(process_words(Path(photo), Choices(options)), "linux")
    program, *words = shlex.split(line)
    assert program == "blurstudio"
    assert understood(words).options == options
    assert heard[0][0] == [Path(photo).absolute()]


def test_only_what_was_chosen_is_spelled_out():
    words = process_words(CUP, Choices(AnalysisOptions(reverse=True)))
    assert words == ["blurstudio", "process", str(CUP.absolute()), "--reverse"]


def test_every_choice_has_words():
    """A choice added to the options must not be lost on the way to the command line."""
    usual = process_words(CUP, Choices())
    for each in fields(AnalysisOptions):
        changed = replace(AnalysisOptions(), **{each.name: getattr(EVERYTHING, each.name)})
        assert process_words(CUP, Choices(changed)) != usual, each.name


@pytest.mark.parametrize("per_cent", range(0, 100, 7))
def test_an_amount_is_spelled_in_per_cent_and_read_back(understood, per_cent):
    words = process_words(CUP, Choices(blend=Blend(per_cent / 100)))
    assert words[-2:] == ["--amount", str(per_cent)]
    assert understood(words[1:]).amount == per_cent


def test_windows_is_quoted_its_own_way():
    words = ["blurstudio", "process", r"C:\my photos\cup.jpg"]
    assert quoted(words, "win32") == r'blurstudio process "C:\my photos\cup.jpg"'


def test_a_command_without_words_writes_the_usual(understood):
    settings = understood(["process", str(CUP)])
    assert settings.request == USUAL
    assert settings.conflict is None
    assert not settings.document


@pytest.mark.parametrize(
    "changes",
    [
        {},
        *({each.name: getattr(EVERY_WISH, each.name)} for each in fields(ExportRequest)),
        *({"still": still, "frame_still": still} for still in STILLS),
        *({"video": video} for video in VIDEOS),
        *({"video_fit": fit} for fit in VIDEO_FITS.values()),
        {"video_fit": (0, 720)},
        *({"interval": (start / 100 - 0.5, 0.5)} for start in (1, 7, 29, 57, 99)),
    ],
)
def test_an_export_is_read_back_as_it_was_asked_for(understood, changes):
    request = replace(ExportRequest(Path("/out"), frozenset({Part.VIDEO})), **changes)
    settings = understood(export_words(CUP, Choices(), request)[1:])
    conflict = settings.conflict or Conflict.OVERWRITE
    assert replace(settings.request, conflict=conflict) == request


def test_everything_at_once_is_read_back(understood):
    choices = Choices(EVERYTHING, blend=Blend(0.6))
    line = quoted(export_words(CUP, choices, EVERY_WISH), "linux")
    settings = understood(shlex.split(line)[1:])
    assert replace(settings.request, conflict=settings.conflict) == EVERY_WISH
    assert (settings.options, settings.amount) == (EVERYTHING, 60)


def test_of_an_export_too_only_what_was_chosen_is_spelled_out(tmp_path):
    request = replace(USUAL, folder=tmp_path, parts=frozenset({Part.SHARP}), video_fit=(1920, 1080))
    words = export_words(CUP, Choices(), request)
    assert words[3:] == ["-o", str(tmp_path), "--parts", "sharp", "--video-size", "1920x1080"]


@pytest.mark.parametrize(
    ("photo", "name", "told"),
    [
        ("/photos/cup.jpg", "cup.jpg", False),
        ("/photos/cup.jpg", "cup.jpg (2)", True),
        ("/out/cup.jpg", "cup results", False),
    ],
)
def test_a_folder_with_a_number_is_asked_for_again(photo, name, told):
    request = replace(USUAL, folder=Path("/out"), name=name, parts=frozenset({Part.SHARP}))
    words = export_words(Path(photo), Choices(), request)
    assert (words[-2:] == ["--on-conflict", "number"]) is told


def test_flow_without_a_kind_of_file_is_none(understood):
    request = replace(USUAL, parts=frozenset({Part.SHARP, Part.FLOW}), flows=())
    words = export_words(CUP, Choices(), request)
    assert understood(words[1:]).request.parts == {Part.SHARP}


@pytest.mark.parametrize(
    ("choices", "read"),
    [
        (Choices(), False),
        (Choices(regions=(Region(1, "Car", SHAPE),)), False),
        (Choices(regions=(Region(1, "Car", SHAPE, edit=Edit.FREEZE),)), True),
        (Choices(regions=(Region(1, "Car", SHAPE, edit=Edit.FREEZE, visible=False),)), False),
        (Choices(regions=(Region(1, "Car", SHAPE, own=OwnAnalysis()),)), True),
        (Choices(blend=Blend(mask=BrushMask(strokes=(Stroke(((0.5, 0.5),), Brush()),)))), True),
    ],
)
def test_regions_and_strokes_are_read_from_the_document(understood, choices, read):
    words = process_words(CUP, choices)
    assert ("--document" in words) is read
    assert understood(words[1:]).document is read


def test_masks_of_regions_need_the_document_as_well():
    request = replace(USUAL, parts=frozenset({Part.MASKS}))
    assert "--document" not in export_words(CUP, Choices(), request)
    assert "--document" in export_words(CUP, Choices(regions=(Region(1, "Car", SHAPE),)), request)
