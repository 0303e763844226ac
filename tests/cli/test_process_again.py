"""``blurstudio process`` once more: what is done stays done, and the rest is gone on with."""

from __future__ import annotations

import json

import cv2
import pytest

from blurstudio.cli import one_photo
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import WeightsError
from blurstudio.session import files
from blurstudio.session.document import Choices, Document, mark_of
from blurstudio.session.finished import NOTE
from blurstudio.session.regions import Edit, Region
from blurstudio.session.shapes import Shape, ShapeKind


@pytest.fixture
def out(tmp_path):
    """Return where results go."""
    return tmp_path / "out"


@pytest.fixture
def process(blurstudio, tiny_networks, out):
    """Process photos with tiny networks, and few files, into the folder out."""

    def run(*words):
        usual = ("-o", out, "--frames", 2, "--video", "gif", "--json")
        return blurstudio("process", *words, *usual, *tiny_networks)

    return run


@pytest.fixture
def another(photo, tmp_path):
    """Return a second photo."""
    path = tmp_path / "second.png"
    cv2.imwrite(str(path), cv2.flip(cv2.imread(str(photo)), 1))
    return path


def done(outcome):
    """Return the names of the photos that were worked on."""
    return [result["photo"].rpartition("/")[2] for result in outcome.document["results"]]


def skipped(outcome):
    """Return the names of the photos that were left as they are."""
    return [result["photo"].rpartition("/")[2] for result in outcome.document["skipped"]]


def options_of(home):
    """Return the choices that results were made with."""
    return json.loads((home / "analysis.json").read_text("utf-8"))["options"]


def test_what_is_whole_and_just_that_is_not_done_again(process, photo, another):
    assert done(process(photo)) == ["photo.png"]
    again = process(photo, another)
    assert (done(again), skipped(again)) == (["second.png"], ["photo.png"])
    assert again.code == 0
    assert "Done already" in again.err


def test_a_run_that_was_stopped_goes_on(process, photo, another, out, monkeypatch):
    write = one_photo.write

    def interrupted(analysis, request, *how):
        if request.name == "second.png":
            write(analysis, request, *how)
            raise KeyboardInterrupt
        return write(analysis, request, *how)

    monkeypatch.setattr(one_photo, "write", interrupted)
    stopped = process(photo, another)
    assert stopped.code == 130
    assert "1 of 2 photos are done. The same command goes on with the rest." in stopped.err
    assert not list(out.rglob(".blurstudio-*")), "nothing half written"
    monkeypatch.setattr(one_photo, "write", write)
    again = process(photo, another)
    assert (done(again), skipped(again)) == (["second.png"], ["photo.png"])


def test_other_choices_are_done(process, photo, out):
    process(photo)
    assert done(process(photo, "--reverse")) == ["photo.png"]
    assert options_of(out / "photo.png")["reverse"] is True
    assert done(process(photo)) == ["photo.png"], "those of the first run were written over"


@pytest.mark.parametrize(
    "words",
    [
        ("--still", "jpg"),
        ("--depth", 8),
        ("--quality", 70),
        ("--names", "{name}-{part}"),
        ("--frame-still", "jpg"),
        ("--frame-depth", 16),
        ("--frame-names", "{frame:03d}"),
        ("--fps", 7),
        ("--video-size", 48),
        ("--ping-pong",),
        ("--loops", 2),
        ("--flows", "pfm"),
    ],
)
def test_another_wish_for_the_files_is_done_once(process, photo, words):
    process(photo)
    again = process(photo, *words)
    assert (again.code, done(again)) == (0, ["photo.png"])
    assert skipped(process(photo, *words)) == ["photo.png"]


@pytest.mark.parametrize("change", ["photo", "result", "missing", "note"])
def test_what_changed_meanwhile_is_done_again(process, photo, another, out, change):
    process(photo)
    home = out / "photo.png"
    if change == "photo":
        photo.write_bytes(another.read_bytes())
    elif change == "result":
        (home / "flow.png").write_bytes(b"painted over")
    elif change == "missing":
        (home / "frames" / "0001.png").unlink()
    else:
        (home / NOTE).write_text("{")
    assert done(process(photo)) == ["photo.png"]
    assert skipped(process(photo)) == ["photo.png"]


def test_overwrite_does_everything_again(process, photo):
    process(photo)
    assert done(process(photo, "--on-conflict", "overwrite")) == ["photo.png"]


def test_skip_leaves_whatever_lies_there(process, photo, out):
    (out / "photo.png").mkdir(parents=True)
    (out / "photo.png" / "mine.txt").touch()
    outcome = process(photo, "--on-conflict", "skip")
    assert skipped(outcome) == ["photo.png"]
    assert "results already" in outcome.err
    assert [path.name for path in (out / "photo.png").iterdir()] == ["mine.txt"]


def test_number_writes_beside_what_lies_there_and_goes_on_too(process, photo, out):
    process(photo)
    assert done(process(photo, "--reverse", "--on-conflict", "number")) == ["photo.png"]
    assert sorted(path.name for path in out.iterdir()) == ["photo.png", "photo.png (2)"]
    assert options_of(out / "photo.png")["reverse"] is False
    assert options_of(out / "photo.png (2)")["reverse"] is True
    again = process(photo, "--reverse", "--on-conflict", "number")
    assert again.document["skipped"][0]["folder"].endswith("photo.png (2)")


def test_a_failure_in_the_middle_is_tried_again_the_next_time(process, photo, another, tmp_path):
    bad = tmp_path / "bad.png"
    bad.write_text("no picture at all")
    assert process(photo, bad, another).code == 1
    another.rename(bad)
    again = process(photo, bad)
    assert (again.code, done(again), skipped(again)) == (0, ["bad.png"], ["photo.png"])


@pytest.fixture
def document(photo):
    """Leave a document beside the photo: reversed, and half of it frozen."""
    shape = Shape(ShapeKind.RECTANGLE, ((0.0, 0.0), (48.0, 72.0)))
    regions = (Region(1, "Left", shape, edit=Edit.FREEZE),)
    options = AnalysisOptions(
        reverse=True, strength=0.25, motion_model="tiny-motion", deblur_model="tiny-deblur"
    )
    files.save(Document(mark_of(photo, (72, 96)), Choices(options, regions)))


@pytest.mark.usefixtures("document")
def test_a_document_counts_where_that_is_asked_for(process, photo, out):
    assert process(photo).code == 0
    assert options_of(out / "photo.png")["reverse"] is False
    outcome = process(photo, "--document")
    assert done(outcome) == ["photo.png"]
    assert options_of(out / "photo.png")["reverse"] is True
    figures = json.loads((out / "photo.png" / "analysis.json").read_text("utf-8"))
    assert "Left" in json.dumps(figures), "the edit of the region is part of the results"
    assert skipped(process(photo, "--document")) == ["photo.png"]


@pytest.mark.usefixtures("document")
def test_words_of_the_command_line_count_before_a_document(process, photo, out):
    process(photo, "--document", "--strength", 0.75)
    options = options_of(out / "photo.png")
    assert (options["strength"], options["reverse"]) == (0.75, True)


@pytest.mark.usefixtures("document")
def test_a_region_that_was_moved_is_another_wish(process, photo):
    process(photo, "--document")
    files.save(Document(mark_of(photo, (72, 96)), Choices(AnalysisOptions(reverse=True))))
    assert done(process(photo, "--document")) == ["photo.png"]


def test_a_damaged_document_is_said_and_set_aside(process, photo):
    files.beside(photo).write_text("{")
    [result] = process(photo, "--document").document["results"]
    assert "damaged" in result["notes"][0]
    assert not files.beside(photo).exists()


def test_folders_below_are_found_again_in_the_results(process, photo, another, tmp_path, out):
    holiday = tmp_path / "holiday"
    (holiday / "day 2").mkdir(parents=True)
    photo.rename(holiday / "photo.png")
    another.rename(holiday / "day 2" / "photo.png")
    assert done(process(holiday)) == ["photo.png"]
    again = process(holiday, "--recursive")
    assert (len(done(again)), len(skipped(again))) == (1, 1)
    assert (out / "day 2" / "photo.png" / "sharp.png").exists()


def test_help_says_how_a_run_goes_on(blurstudio):
    text = " ".join(blurstudio("process", "--help").out.split())
    assert "--on-conflict" in text
    assert "goes on when the same command is given again" in text


@pytest.mark.usefixtures("document", "tiny_networks")
def test_networks_of_documents_are_looked_for_with_their_photos(
    blurstudio, photo, out, monkeypatch
):
    from blurstudio.weights import registry

    def none(task):
        raise WeightsError("There is no network for {task} here.", task=task)

    monkeypatch.setattr(registry, "default_for", none)
    words = ("process", photo, "-o", out, "--parts", "sharp")
    assert blurstudio(*words).code == 1
    assert not out.exists()
    assert blurstudio(*words, "--document").code == 0
