"""The tour: once by itself on the sample, and again from the menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from blurstudio.app import settings_file as store
from blurstudio.app.panels.empty import samples
from blurstudio.app.program import touring


@pytest.fixture
def sample(monkeypatch, make_photo):
    """Put a small photo in the place of the samples."""
    path = make_photo("sample.png")
    monkeypatch.setattr(touring, "samples", lambda: [path])
    return path


@pytest.fixture
def tour(window, sample, person):
    """Return the tour, begun from the menu."""
    window.commands["help.tour"].trigger()
    person.sees_results(window)
    assert window.program.touring.card.isVisible()
    return window.program.touring.card


def press(qtbot, key, *modifiers):
    """Strike a key where the keys are."""
    qtbot.keyClick(QApplication.focusWidget(), key, *modifiers)


def test_the_first_start_opens_the_sample_with_the_tour(window, sample, person, settings_file):
    window.open_paths(window.program.touring.welcome([]))
    person.sees_results(window)
    assert window.controller.opened.path == sample
    assert window.program.touring.card.isVisible()
    assert store.load(settings_file)[0].tour_seen


def test_it_comes_once(window, sample, person, make_window):
    window.open_paths(window.program.touring.welcome([]))
    person.sees_results(window)
    window.close()
    again = make_window()
    assert list(again.program.touring.welcome([])) == []


def test_the_sample_named_at_the_start_is_toured_too(window, sample, person):
    window.open_paths(window.program.touring.welcome([sample]))
    person.sees_results(window)
    assert window.program.touring.card is not None


def test_a_photo_of_ones_own_is_not_interrupted(window, sample, person, make_photo):
    own = make_photo("own.png")
    window.open_paths(window.program.touring.welcome([own]))
    person.sees_results(window)
    assert window.program.touring.card is None
    assert not window.settings.tour_seen


def test_it_is_about_real_parts_of_the_window(tour, window, qtbot):
    holes = []
    for _ in range(6):
        assert window.rect().contains(tour.hole)
        assert not tour.hole.isEmpty(), tour.step.title
        holes.append(tour.hole)
        press(qtbot, Qt.Key.Key_Right)
    assert len({hole.getRect() for hole in holes}) == 6
    timeline = window.parts.timeline
    assert holes[2].contains(timeline.mapTo(window, timeline.rect().center()))


def test_the_card_does_not_cover_what_it_explains(tour, window, qtbot):
    for number in range(6):
        if number:
            assert not tour.card.geometry().intersects(tour.hole), tour.step.title
        press(qtbot, Qt.Key.Key_Right)


def test_keys_alone_lead_through_it(tour, window, qtbot):
    first = tour.title.text()
    assert tour.next.hasFocus()
    assert tour.count.text() == "1 of 6"
    press(qtbot, Qt.Key.Key_Space)
    assert tour.count.text() == "2 of 6"
    press(qtbot, Qt.Key.Key_Left)
    assert tour.title.text() == first
    press(qtbot, Qt.Key.Key_Tab)
    assert tour.skip.hasFocus(), "Back can't be used on the first step"
    press(qtbot, Qt.Key.Key_Tab)
    assert tour.next.hasFocus()


def test_after_the_last_step_it_is_done(tour, window, qtbot):
    for _ in range(5):
        qtbot.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    assert tour.next.text() == "&Done"
    qtbot.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    assert window.program.touring.card is None
    assert window.parts.canvas.hasFocus()


def test_back_leads_back(tour, qtbot):
    qtbot.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tour.back, Qt.MouseButton.LeftButton)
    assert tour.count.text() == "1 of 6"
    assert not tour.back.isEnabled()


def test_esc_ends_it(tour, window, qtbot):
    press(qtbot, Qt.Key.Key_Escape)
    assert window.program.touring.card is None


def test_skip_ends_it_and_it_can_be_taken_again(tour, window, qtbot):
    qtbot.mouseClick(tour.skip, Qt.MouseButton.LeftButton)
    window.commands["help.tour"].trigger()
    assert window.program.touring.card.count.text() == "1 of 6"


def test_it_stays_on_its_part_when_the_window_changes(tour, window, qtbot):
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Right)
    window.resize(900, 640)
    QApplication.processEvents()
    timeline = window.parts.timeline
    assert tour.geometry() == window.rect()
    assert tour.hole.contains(timeline.mapTo(window, timeline.rect().center()))
    assert window.rect().contains(tour.card.geometry())


def test_it_names_the_keys_as_they_are_now(window, sample, person, qtbot):
    from PySide6.QtGui import QKeySequence

    from blurstudio.app.actions.table import ACTIONS

    spec = next(spec for spec in ACTIONS if spec.id == "play.toggle")
    window.commands.set_keys(spec, [QKeySequence("Ctrl+P")])
    window.commands["help.tour"].trigger()
    person.sees_results(window)
    tour = window.program.touring.card
    tour.go_on()
    tour.go_on()
    assert "Ctrl+P plays it" in tour.text.text()


def test_a_hidden_panel_is_shown_for_it_and_hidden_again(window, sample, person):
    window.commands["view.panel"].setChecked(False)
    window.commands["help.tour"].trigger()
    person.sees_results(window)
    assert window.parts.panel.isVisible()
    window.program.touring.card.end()
    assert not window.parts.panel.isVisible()


def test_all_but_the_hole_is_dimmed(tour, window, qtbot):
    press(qtbot, Qt.Key.Key_Right)
    bar, status = tour.hole.topLeft() + QPoint(9, 9), window.rect().bottomLeft() + QPoint(9, -9)
    dimmed = window.grab().toImage()
    tour.hide()
    plain = window.grab().toImage()
    tour.show()
    assert dimmed.pixelColor(bar) == plain.pixelColor(bar)
    assert dimmed.pixelColor(status).lightness() < plain.pixelColor(status).lightness()


def test_without_samples_a_sentence_says_so(window, monkeypatch):
    monkeypatch.setattr(touring, "samples", list)
    window.commands["help.tour"].trigger()
    assert "sample is missing" in window.parts.notices.texts[0]


def test_a_checkout_has_a_sample():
    assert samples()


def test_its_step_about_the_panel_opens_sections_and_folds_them_again(
    window, sample, person, qtbot
):
    panel = window.parts.panel
    folded = ("explanation", "motion", "regions")
    panel.fold(folded)
    window.commands["help.tour"].trigger()
    person.sees_results(window)
    assert panel.folded == folded
    for _ in range(4):
        press(qtbot, Qt.Key.Key_Right)
    assert panel.folded == ("regions",)
    press(qtbot, Qt.Key.Key_Escape)
    assert panel.folded == folded


def test_a_window_that_is_closed_during_it_keeps_the_panel_as_it_was(
    window, sample, person, qtbot, settings_file
):
    window.commands["view.panel"].setChecked(False)
    window.parts.panel.fold(("motion",))
    window.commands["help.tour"].trigger()
    person.sees_results(window)
    for _ in range(4):
        press(qtbot, Qt.Key.Key_Right)
    window.close()
    kept = store.load(settings_file)[0]
    assert (kept.folded, kept.show_panel) == (("motion",), False)


@pytest.mark.parametrize("times", [1.5, 2.0])
def test_nothing_it_says_is_cut_off_where_letters_are_large(
    window, sample, person, qtbot, qapp, times
):
    font = qapp.font()
    large = QFont(font)
    large.setPointSizeF(times * font.pointSizeF())
    window.resize(640, 420)
    qapp.setFont(large)
    try:
        window.commands["help.tour"].trigger()
        person.sees_results(window)
        card = window.program.touring.card
        for _ in range(6):
            for label in (card.title, card.text):
                assert label.height() >= label.heightForWidth(label.width()) > 0
                words = label.fontMetrics().boundingRect(
                    label.rect(), Qt.TextFlag.TextWordWrap, label.text()
                )
                assert label.rect().contains(words), card.step.title
            assert window.rect().contains(card.card.geometry()), card.step.title
            press(qtbot, Qt.Key.Key_Right)
    finally:
        qapp.setFont(font)
