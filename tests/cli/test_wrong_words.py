"""Wrong command lines: one sentence of ours and code 2, in JSON where that is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from blurstudio.cli.words import CommandLineError, refuse_empty


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--frames", "x"), "--frames: x is no whole number; see blurstudio process --help."),
        (("--frames", "1"), "--frames: 1 is too small, the least is 2; see"),
        (("--fps", "fast"), "--fps: fast is no number; see"),
        (("--video", "avi"), "--video: 'avi' is not one of 'mp4', 'mkv'"),
        (("--fram", "3"), "There is no option --fram; there is --frame-names, "),
        (("-o",), "There is nothing after -o; see blurstudio process --help."),
        (("--reverse=3",), "--reverse takes no value; see blurstudio process"),
        (("--memory", "inf"), "--memory: inf is too large, the most is 1000000; see"),
        (("--memory", "1e300"), "--memory: 1e300 is too large"),
        (("--memory", "nan"), "--memory: nan is no number"),
        (("--parts", "nope"), '"nope" can\'t be written; choose from'),
        (("--part", "1:0"), "runs backwards"),
        (("--flip", "2,0"), "outside the picture"),
        (("--video-size", "4k"), "is no size of a video"),
        (("--device", "gpu"), '"gpu" is no device; choose auto'),
        (("--precision", "half"), '"half" is no precision; choose'),
        (("--names", "{whom}"), "{whom} is no token here"),
    ],
)
def test_it_is_one_sentence_of_ours(blurstudio, photo, tmp_path, words, sentence):
    outcome = blurstudio("process", photo, "--json", "--output", tmp_path / "out", *words)
    assert (outcome.code, len(outcome.sentences)) == (2, 1)
    assert sentence in outcome.err
    assert outcome.document["error"]["kind"] == "CommandLineError"
    assert outcome.document["error"]["message"] + "\n" == outcome.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("process",), "PHOTO is missing; see blurstudio process --help."),
        (("render", "a"), "--output is missing; see blurstudio render --help."),
        (("doctor", "a", "b"), "There are words too many: a b; see blurstudio doctor --help."),
        (("render", "a", "-o", "b", "--size", 33), "--size: it must be a multiple of 4; see"),
    ],
)
def test_so_it_is_with_every_command(blurstudio, words, sentence):
    outcome = blurstudio(*words)
    assert (outcome.code, outcome.out, len(outcome.sentences)) == (2, "", 1)
    assert sentence in outcome.err


@pytest.mark.parametrize(
    "words",
    [("process", ""), ("inspect", "a", ""), ("",), ("process", "--", "--names=", "")],
)
def test_an_empty_name_is_not_the_current_folder(blurstudio, words):
    outcome = blurstudio(*words)
    assert (outcome.code, len(outcome.sentences)) == (2, 1)
    assert "A photo's name is empty; name a file or a folder" in outcome.err


@pytest.mark.parametrize("words", [("-o", ""), ("--output", ""), ("--output=",)])
def test_nor_is_an_empty_folder_for_results(blurstudio, photo, words):
    outcome = blurstudio("process", photo, *words)
    assert outcome.code == 2
    assert f"The word after {words[0].strip('=')} is empty" in outcome.err


def test_words_that_say_something_are_let_through():
    refuse_empty(("process", "a", "--names={part}", "--", "--b=", "-"))
    with pytest.raises(CommandLineError, match="after --b is empty"):
        refuse_empty(("process", "--b=", "--", "a"))


@pytest.mark.parametrize(("word", "like"), [("proces", "process"), ("Inspekt", "inspect")])
def test_a_mistyped_command_opens_nothing(blurstudio, photo, word, like):
    outcome = blurstudio(word, photo)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"There is no command {word}; did you mean {like}?\n"


def test_a_folder_may_be_called_like_that(blurstudio, photo, monkeypatch):
    monkeypatch.chdir(photo.parent)
    seen = []
    monkeypatch.setattr(
        "blurstudio.cli.opening.open_photos", lambda photos: seen.extend(map(str, photos)) or 0
    )
    (photo.parent / "proces").mkdir()
    assert blurstudio("proces").code == 0
    assert blurstudio("proces.jpg").code == 0
    assert blurstudio("holiday").code == 0
    assert seen == ["proces", "proces.jpg", "holiday"]


def run(words, **how):
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "blurstudio", *words], stderr=subprocess.PIPE, check=False, **how
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has /dev/full")
@pytest.mark.parametrize("words", [("models",), ("models", "--json"), ("--help",)])
def test_an_answer_that_can_not_be_written_is_a_sentence(words):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        ended = run(words, stdout=full)
    assert ended.returncode == 1
    assert ended.stderr == b"The answer can't be written: No space left on device.\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has /dev/full")
def test_an_error_is_told_even_where_no_answer_can_be(tmp_path):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        ended = run(("models", "nope", "--json"), stdout=full)
    assert ended.returncode == 1
    assert ended.stderr.startswith(b"There is no model named nope")
    assert ended.stderr.count(b"\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes it")
@pytest.mark.parametrize("words", ["models", "--help", "proces"])
def test_without_stdout_nothing_goes_wrong(words):
    command = f'"{sys.executable}" -m blurstudio {words} >&-'
    ended = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, check=False)
    assert ended.returncode == (2 if words == "proces" else 0)
    assert b"Traceback" not in ended.stderr
    assert b"fault" not in ended.stderr
