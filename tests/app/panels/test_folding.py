"""Sections of the side panel: folded away by hand or key, kept so, and opened when needed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from blurstudio.app import settings_file as store
from blurstudio.app.settings import SECTIONS, Settings

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def analysed(window, person, make_photo):
    """Return a window with a full result."""
    window.resize(1200, 900)
    person.opens_and_waits(window, make_photo())
    return window


@pytest.fixture
def panel(analysed):
    """Return its side panel."""
    return analysed.parts.panel


def click(fold):
    """Click on a section's heading, on its right where the chevron is."""
    heading = fold.heading
    QTest.mouseClick(heading, LEFT, pos=QPoint(heading.width() - 10, heading.height() // 2))


def tab_to(panel, wanted):
    """Strike Tab in the side panel until something has the keys; returns what had them before."""
    seen = []
    for _ in range(60):
        held = QApplication.focusWidget()
        if held is wanted:
            return seen
        seen.append(held)
        QTest.keyClick(held, Qt.Key.Key_Tab)
    raise AssertionError(f"never came to {wanted}")


def test_all_sections_are_known_to_the_settings(panel):
    assert tuple(panel.folds) == SECTIONS
    assert panel.folded == ()


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("motion", "motion.paths.motion_model"),
        ("result", "result.amount"),
        ("regions", "regions._hint"),
        ("explanation", "report._meaning"),
        ("camera", "camera._text"),
    ],
)
def test_a_click_on_a_heading_folds_its_section_and_another_opens_it(panel, key, part):
    shown: QWidget = panel
    for name in part.split("."):
        shown = getattr(shown, name)
    assert shown.isVisible()
    click(panel.folds[key])
    assert not shown.isVisible()
    assert panel.folds[key].heading.isVisible()
    assert panel.folded == (key,)
    click(panel.folds[key])
    assert shown.isVisible()
    assert panel.folded == ()


def test_a_click_on_a_title_that_is_no_dotted_word_folds(panel):
    heading = panel.folds["motion"].heading
    over = panel.childAt(heading.word.mapTo(panel, heading.word.rect().center()))
    QTest.mouseClick(over, LEFT, pos=over.mapFrom(panel, over.mapTo(panel, QPoint(12, 10))))
    assert panel.folded == ("motion",)


def test_a_dotted_title_explains_itself_and_folds_nothing(analysed, panel):
    QTest.mouseClick(panel.folds["camera"].heading.word, LEFT)
    explanation = analysed.program.explaining.explanation
    assert explanation.word.text() == "camera's share"
    assert panel.folded == ()
    explanation.leave()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_fold_and_open_and_nothing_is_played(analysed, panel, key):
    heading = panel.folds["result"].heading
    heading.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(heading, key)
    assert panel.folded == ("result",)
    assert heading.hasFocus()
    QTest.keyClick(heading, key)
    assert panel.folded == ()
    assert not analysed.parts.timeline.playing


def test_a_key_that_is_held_folds_once(panel):
    heading = panel.folds["result"].heading
    for again in (False, True, True, True):
        press = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", again
        )
        QApplication.sendEvent(heading, press)
    assert panel.folded == ("result",)


def test_after_a_click_the_keys_stay_with_the_picture(analysed, panel):
    click(panel.folds["motion"])
    assert analysed.parts.canvas.hasFocus()


def test_shift_f1_explains_a_title(analysed, panel):
    heading = panel.folds["explanation"].heading
    heading.setFocus(Qt.FocusReason.TabFocusReason)
    analysed.commands["help.explain"].trigger()
    explanation = analysed.program.explaining.explanation
    assert explanation.word.text() == "reblur"
    explanation.leave()


def test_tab_passes_by_what_is_folded_and_comes_to_a_heading_before_its_controls(panel):
    motion, result = panel.folds["motion"].heading, panel.folds["result"].heading
    motion.setFocus(Qt.FocusReason.TabFocusReason)
    between = tab_to(panel, result)
    assert between[1] is panel.motion.paths.motion_model
    click(panel.folds["motion"])
    motion.setFocus(Qt.FocusReason.TabFocusReason)
    assert tab_to(panel, result) == [motion]


def test_keys_in_a_section_that_is_folded_go_to_its_heading(panel):
    panel.result.amount.setFocus(Qt.FocusReason.TabFocusReason)
    click(panel.folds["result"])
    assert panel.folds["result"].heading.hasFocus()


def test_the_state_is_said_to_a_screen_reader(panel):
    heading = panel.folds["motion"].heading
    assert heading.accessibleName() == "Motion"
    assert heading.accessibleDescription() == "Open; Space folds it away"
    click(panel.folds["motion"])
    assert heading.accessibleDescription() == "Folded away; Space opens it"


def test_the_panel_is_as_wide_folded_as_open(panel, qtbot):
    font = panel.font()
    font.setPointSizeF(1.5 * font.pointSizeF())
    panel.widget().setFont(font)
    qtbot.waitUntil(lambda: panel.width() > 324)
    QApplication.processEvents()
    wide = panel.width()
    for fold in panel.folds.values():
        click(fold)
    QApplication.processEvents()
    assert panel.width() == wide


def test_a_section_without_sentences_is_hidden_folded_or_not(panel):
    panel.notes.show_sentences([])
    assert not panel.notes.isVisible()
    panel.fold(["notes", "camera"])
    assert not panel.notes.isVisible()
    panel.notes.show_sentences(["Read at half its size."])
    assert panel.folds["notes"].heading.isVisible()
    assert not panel.notes._text.isVisible()
    panel.camera.show_sentences([])
    panel.camera.show_sentences(["The camera shook."])
    assert not panel.camera._text.isVisible()


def test_another_photo_leaves_folded_what_is_folded(analysed, panel, person, make_photo):
    for key in ("explanation", "motion"):
        click(panel.folds[key])
    person.opens_and_waits(analysed, make_photo("another.png"))
    assert panel.folded == ("explanation", "motion")
    assert panel.report.fold.heading.isVisible()
    assert not panel.report._meaning.isVisible()


def test_what_is_folded_survives_a_restart(analysed, panel, make_window, settings_file):
    for key in ("result", "motion"):
        click(panel.folds[key])
    analysed.close()
    assert store.load(settings_file)[0].folded == ("motion", "result")
    again = make_window().parts.panel
    assert again.folded == ("motion", "result")
    assert again.motion.isHidden()
    assert not again.regions.isHidden()


@pytest.mark.parametrize(
    "line", ['folded = "motion"', 'folded = ["sky"]', "folded = [1]", "folded = true"]
)
def test_bad_values_in_the_settings_fold_nothing(make_window, engine, settings_file, line):
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text(f"{line}\n", encoding="utf-8")
    window = make_window()
    assert window.parts.panel.folded == ()
    assert window.settings == Settings()
    assert "folded" in window.parts.notices.texts[0]


def test_the_way_to_the_motion_panel_opens_it(analysed, panel, person):
    click(panel.folds["motion"])
    person.strikes(analysed, "M")
    assert panel.folded == ()
    assert panel.motion.paths.motion_model.hasFocus()


def test_the_way_to_the_motion_panel_scrolls_to_it(analysed, panel, person):
    analysed.resize(1200, 420)
    click(panel.folds["motion"])
    bar = panel.verticalScrollBar()
    bar.setValue(bar.maximum())
    person.strikes(analysed, "M")
    field = panel.motion.paths.motion_model
    top = field.mapTo(panel.viewport(), QPoint(0, 0)).y()
    assert 0 <= top <= panel.viewport().height() - field.height()


def test_the_palette_leads_into_a_folded_section(analysed, panel):
    click(panel.folds["motion"])
    analysed.commands["help.palette"].trigger()
    palette = analysed.program.commanding.palette
    QTest.keyClicks(palette.line, "motion panel")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert panel.folded == ()
    assert panel.motion.paths.motion_model.hasFocus()


def test_the_brush_comes_with_its_sliders(analysed, panel, person):
    click(panel.folds["result"])
    person.strikes(analysed, "Shift+B")
    assert panel.result.diameter.isVisible()


def test_a_region_that_is_drawn_shows_what_can_be_done_with_it(analysed, panel, person):
    click(panel.folds["regions"])
    person.strikes(analysed, "R")
    canvas = analysed.parts.canvas
    first, last = (canvas.from_picture(QPointF(*at)).toPoint() for at in ((10, 10), (40, 40)))
    QTest.mousePress(canvas, LEFT, pos=first)
    QTest.mouseMove(canvas, last)
    QTest.mouseRelease(canvas, LEFT, pos=last)
    assert len(analysed.controller.regions) == 1
    assert panel.regions.fields.isVisible()
    person.sees_results(analysed)


def test_refining_from_the_menu_works_while_its_button_is_folded_away(analysed, panel, person):
    click(panel.folds["motion"])
    analysed.commands["photo.refine"].trigger()
    person.sees_results(analysed)
    assert analysed.controller.options.refine == "path"
    assert panel.folded == ("motion",)
