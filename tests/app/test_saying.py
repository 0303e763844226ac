"""Sentences of the rooms below, said in the language of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTranslator

from blurstudio.app.saying import CONTEXT, say
from blurstudio.engine.findings.verdict import Subject, Verdict
from blurstudio.engine.findings.words import place_of
from blurstudio.engine.refining.refinement import Refinement
from blurstudio.errors import PhotoError
from blurstudio.exposure.refining.fit import Fit, Stop
from blurstudio.sentences import sentence

GERMAN = {
    "{path} {why}.": "{path}: {why}.",
    "is empty; copy it again from where it came": "leer, bitte neu kopieren",
    "{count} of {total}": "{total}, davon {count}",
    "lost {count}": "{number} verloren",
    "half {count}": "{count",
    "wrong {count}": "{count:q} {count.x}",
    "What is at the {place} moved {length:.0f} px": "{place} bewegte sich etwas um {length:.0f} px",
    "top left": "oben links",
    "{told}.": "{told}!",
    "The paths stay as they were: {why}.": "Die Bahnen bleiben: {why}.",
    "nothing moves": "nichts bewegt sich",
}


class German(QTranslator):
    """Knows a few sentences."""

    def translate(self, context, text, _disambiguation=None, _count=-1):
        return GERMAN.get(text) if context == CONTEXT else None

    def isEmpty(self):
        return False


@pytest.fixture
def german(qapp):
    """Let the app speak German."""
    made = German()
    qapp.installTranslator(made)
    yield
    qapp.removeTranslator(made)


@pytest.mark.usefixtures("german")
class TestInAnotherLanguage:
    """With a language installed."""

    def test_an_error_is_said_with_the_one_within_it(self):
        error = PhotoError(
            "{path} {why}.",
            path="a.png",
            why=sentence("is empty; copy it again from where it came"),
        )
        assert say(error) == "a.png: leer, bitte neu kopieren."
        assert str(error) == "a.png is empty; copy it again from where it came."

    def test_values_may_stand_in_another_order(self):
        assert say(sentence("{count} of {total}", count=2, total=7)) == "7, davon 2"

    @pytest.mark.parametrize("kind", ["lost", "half", "wrong"])
    def test_a_broken_translation_leaves_the_sentence_english(self, kind, caplog):
        template = kind + " {count}"
        assert say(sentence(template, count=3)) == f"{kind} 3"
        assert "places for values" in caplog.text

    def test_what_isnt_translated_is_english_around_what_is(self):
        assert say(sentence("at the {place}", place=place_of(0, 0))) == "at the oben links"

    def test_braces_in_the_name_of_a_file_do_no_harm(self):
        error = PhotoError("{path} {why}.", path="{count}.png", why="{0}")
        assert say(error) == "{count}.png: {0}."

    def test_a_verdict_is_said_with_its_places(self):
        subject = Subject(place_of(0, 0), 0.1, 12.4, "in changing directions")
        verdict = Verdict(8, 9, 0, "", (0, 0, 0), False, None, (subject,), None)
        assert say(verdict.sentence) == "oben links bewegte sich etwas um 12 px!"

    def test_a_refinement_is_said_with_its_reason(self):
        refinement = Refinement(None, Fit(None, 0.0, 0.0, 0, Stop.STILL))
        assert say(refinement.sentence) == "Die Bahnen bleiben: nichts bewegt sich."


def test_without_another_language_it_is_english():
    assert say(sentence("{count} of {total}", count=2, total=7)) == "2 of 7"


@pytest.mark.parametrize("text", ["", "a photo {0}.png"])
def test_a_plain_text_is_left_alone(text):
    assert say(text) == text
    assert say(sentence(text)) == text
