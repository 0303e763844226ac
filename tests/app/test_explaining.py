"""Words explained beside the thing they name, and looked up in the glossary."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from blurstudio import glossary
from blurstudio.app.panels.settings.dialog import SettingsDialog
from blurstudio.app.panels.words.glossary import GlossaryDialog
from blurstudio.app.panels.words.term_label import TermLabel
from blurstudio.app.panels.words.term_names import CONTROLS, PICTURES, figure_terms
from blurstudio.errors import BlurStudioError

LEFT = Qt.MouseButton.LeftButton


def label(window, text):
    """Return the visible name in a panel with this text."""
    return next(
        made for made in window.findChildren(TermLabel) if made.text() == text and made.isVisible()
    )


@pytest.fixture
def explanation(window):
    """Return what pops up beside a word."""
    return window.program.explaining.explanation


@pytest.fixture
def shown(window, person, make_photo):
    """Return the window with a result."""
    person.opens_and_waits(window, make_photo())
    return window


@pytest.mark.parametrize(
    "term", sorted({*CONTROLS.values(), *figure_terms().values(), *PICTURES.values()})
)
def test_every_term_of_a_control_a_figure_or_a_picture_is_in_the_glossary(term):
    assert glossary.explain(term) is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Path shape", "constraint"),
        ("Read by", "motion network"),
        ("Refinement", "refinement"),
        ("Gradient energy", "reblur figure"),
        ("CAMERA AND SUBJECT", "camera's share"),
    ],
)
def test_a_click_on_a_name_explains_it(shown, explanation, qtbot, text, word):
    qtbot.mouseClick(label(shown, text), LEFT)
    assert explanation.isVisible()
    assert explanation.word.text() == word
    assert explanation.text.text() == glossary.explain(word).text


def test_a_word_is_explained_where_nothing_can_be_chosen_yet(
    window, person, engine, make_photo, explanation, qtbot
):
    engine.open.clear()
    person.opens(window, make_photo())
    name = label(window, "Path shape")
    assert not name.isEnabled()
    qtbot.mouseClick(name, LEFT)
    assert explanation.word.text() == "constraint"
    explanation.leave()


def test_it_stands_beside_its_word_and_within_the_window(shown, explanation, qtbot):
    name = label(shown, "Path shape")
    qtbot.mouseClick(name, LEFT)
    assert shown.rect().contains(explanation.geometry())
    assert not explanation.geometry().contains(name.mapTo(shown, name.rect().center()))


def test_esc_ends_it_and_nothing_else(shown, person, explanation, qtbot):
    person.strikes(shown, "X")
    qtbot.mouseClick(label(shown, "Path shape"), LEFT)
    person.strikes(shown, "Esc")
    assert explanation.isHidden()
    assert shown.commands["photo.flip"].isChecked()


def test_a_click_elsewhere_ends_it(shown, explanation, qtbot):
    qtbot.mouseClick(label(shown, "Path shape"), LEFT)
    qtbot.mouseClick(shown.parts.canvas, LEFT)
    assert explanation.isHidden()


def test_a_double_click_still_resets(shown, person, explanation, qtbot):
    panel = shown.parts.panel.motion
    panel.paths.constraint.pick("linear")
    person.sees_results(shown)
    qtbot.mouseDClick(label(shown, "Path shape"), LEFT)
    person.sees_results(shown)
    assert shown.controller.options.constraint is None


def test_a_name_without_a_word_of_the_glossary_is_no_link(shown, explanation, qtbot):
    name = next(made for made in shown.findChildren(TermLabel) if not made.term)
    qtbot.mouseClick(name, LEFT)
    assert explanation.isHidden()


def test_more_opens_the_glossary_at_the_word(shown, explanation, qtbot):
    qtbot.mouseClick(label(shown, "Path shape"), LEFT)
    qtbot.mouseClick(explanation.more, LEFT)
    dialog = shown.findChild(GlossaryDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.words.currentItem().text() == "constraint"
    assert "family of curves" in dialog.page.toPlainText()


def test_shift_f1_explains_the_control_with_the_keys(shown, person, explanation, qtbot):
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    person.strikes(shown, "M")
    control = QApplication.focusWidget()
    qtbot.keyClick(control, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert explanation.word.text() == "motion network"
    assert QApplication.focusWidget() is control


@pytest.mark.parametrize(("key", "word"), [("2", "latent sharp picture"), ("5", "residual")])
def test_shift_f1_over_the_picture_explains_the_picture(shown, person, explanation, key, word):
    person.strikes(shown, key, "Shift+F1")
    assert explanation.word.text() == word
    assert shown.rect().contains(explanation.geometry())
    explanation.leave()


def test_without_anything_to_explain_there_is_the_glossary(window, person, qtbot):
    qtbot.waitUntil(window.isActiveWindow)
    person.strikes(window, "Shift+F1")
    assert window.findChild(GlossaryDialog).isVisible()


def test_words_of_the_settings_are_explained_there(window, explanation, qtbot):
    window.commands["edit.settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    qtbot.mouseClick(label(dialog, "Path shap&e"), LEFT)
    assert explanation.word.text() == "constraint"
    assert explanation.window() is dialog
    explanation.leave()
    assert explanation.window() is window


@pytest.fixture
def words(window):
    """Return the glossary."""
    window.commands["help.glossary"].trigger()
    return window.findChild(GlossaryDialog)


def test_it_lists_every_word(words):
    assert words.listed == [entry.name for entry in glossary.entries()]


def test_letters_of_any_name_find_a_word(words, qtbot):
    qtbot.keyClicks(words.search, "path")
    assert "exposure trajectory" in words.listed
    assert "path error" in words.listed[:2]


def test_words_of_the_explanation_find_it_too(words, qtbot):
    qtbot.keyClicks(words.search, "ends whatever")
    assert words.listed == ["exposure"]


def test_what_no_word_is_called_is_said(words, qtbot):
    qtbot.keyClicks(words.search, "qqqq")
    assert words.listed == []
    assert "No word" in words.page.toPlainText()


def test_the_arrows_move_through_the_words_while_typing(words, qtbot):
    qtbot.keyClick(words.search, Qt.Key.Key_Down)
    assert words.words.currentRow() == 1
    assert words.search.hasFocus()
    assert words.listed[1] in words.page.toPlainText()


def test_which_words_to_leave_alone_is_said(words, qtbot):
    qtbot.keyClicks(words.search, "residual")
    assert "Not called here: error, difference" in words.page.toPlainText()


def test_a_missing_glossary_is_said_in_a_notice(window, monkeypatch):
    def missing():
        raise BlurStudioError("The glossary is missing; install Blur Studio again.")

    monkeypatch.setattr(glossary, "entries", missing)
    window.commands["help.glossary"].trigger()
    assert window.parts.notices.texts == ["The glossary is missing; install Blur Studio again."]
