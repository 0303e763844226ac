"""How letters are found in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blurstudio.app.actions.fuzzy import fit


def found(letters, text):
    """Return the letters of the text that were taken."""
    way = fit(letters, text)
    return None if way is None else "".join(text[place] for place in way.places)


def test_letters_need_not_be_neighbours():
    assert found("sbs", "Side by side") == "Sbs"


def test_letters_have_to_come_in_order():
    assert fit("tif", "Fit") is None


def test_heads_of_words_are_preferred():
    assert fit("pb", "Play backwards").places == (0, 5)


def test_letters_side_by_side_beat_scattered_ones():
    assert fit("exp", "Export").score > fit("exp", "Next picture").score


def test_an_early_word_beats_a_late_one():
    assert fit("re", "Reset all").score > fit("re", "Time reversed").score


def test_no_letters_fit_everything():
    assert fit(" ", "Fit").places == ()


@given(st.text(max_size=30), st.text(max_size=5))
def test_places_name_the_letters_in_order(text, letters):
    way = fit(letters, text)
    if way is not None:
        assert list(way.places) == sorted(set(way.places))
        wanted = [letter for letter in letters.casefold() if not letter.isspace()]
        assert [text[place].casefold() for place in way.places] == wanted
