"""Sentences that carry their template and values, and errors that carry sentences."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from blurstudio.errors import BlurStudioError, Cancelled, PhotoError
from blurstudio.sentences import Sentence, sentence


def test_a_sentence_is_its_english_text():
    said = sentence("{path} is {seconds:.1f} s long.", path="a.mp4", seconds=2)
    assert said == str(said) == "a.mp4 is 2.0 s long."
    assert said.template == "{path} is {seconds:.1f} s long."
    assert said.values == {"path": "a.mp4", "seconds": 2}
    assert json.dumps([said]) == '["a.mp4 is 2.0 s long."]'


def test_sentences_within_sentences_stay_sentences():
    why = sentence("it is empty")
    said = sentence("{path} can't be read ({why}).", path="a.png", why=why)
    assert said == "a.png can't be read (it is empty)."
    assert isinstance(said.values["why"], Sentence)


@pytest.mark.parametrize("name", ["{0}", "{name}", "a } brace {", "{path!r:>99}"])
def test_braces_in_the_texts_of_others_are_just_braces(name):
    assert sentence("{path} is a folder.", path=name) == f"{name} is a folder."
    error = PhotoError("{path}: {why}", path="x", why=OSError(name))
    assert str(error) == f"x: {name}"


def test_without_values_nothing_is_filled_in():
    assert sentence("Write {part}, for example.") == "Write {part}, for example."
    assert str(PhotoError("Write {part}, for example.")) == "Write {part}, for example."
    assert sentence(sentence("{a}", a=1)).values == {"a": 1}


def test_an_error_carries_the_one_that_caused_it():
    cause = BlurStudioError("{count} files are missing", count=3)
    error = PhotoError("{path} can't be read: {why}.", path="a.png", why=cause)
    assert str(error) == "a.png can't be read: 3 files are missing."
    assert error.sentence.values["why"].template == "{count} files are missing"


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_copies_and_pickles_are_whole(again):
    error = again(PhotoError("{path} is {{{why}}}", path="a", why=sentence("{n} px", n=2)))
    assert type(error) is PhotoError
    assert str(error) == "a is {2 px}"
    assert again(error.sentence).values["why"].values == {"n": 2}


def test_cancelled_work_has_a_sentence_of_its_own():
    assert Cancelled().sentence == "The work was cancelled."
