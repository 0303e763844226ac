"""The command palette under a hand on the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from blurstudio.app.actions.action_spec import Needs
from blurstudio.app.actions.table import ACTIONS
from blurstudio.app.panels.keys.listing import KeyList
from blurstudio.app.reasons import why_not


@pytest.fixture
def palette(window, person, qtbot):
    """Return the palette, opened by its key."""
    qtbot.waitUntil(window.isActiveWindow)
    person.strikes(window, "Ctrl+Shift+P")
    opened = window.program.commanding.palette
    assert opened.isVisible()
    assert opened.line.hasFocus()
    return opened


def names(palette):
    """Return what is listed, from top to bottom."""
    return [finding.name for finding in palette.findings]


def test_it_lists_every_action_with_key_and_tooltip(palette):
    listed = {finding.id: finding for finding in palette.findings}
    assert set(listed) == {spec.id for spec in ACTIONS}
    assert listed["file.open"].name == "File: Open photo…"
    assert listed["file.open"].keys == "Ctrl+O"
    assert listed["file.open"].about == "Open a blurred photo"


def test_some_letters_find_an_action(palette, qtbot):
    qtbot.keyClicks(palette.line, "flscr")
    assert names(palette)[0] == "View: Full screen"


def test_a_word_of_the_tooltip_finds_it_too(palette, qtbot):
    qtbot.keyClicks(palette.line, "licences")
    assert names(palette) == ["Help: About Blur Studio"]


def test_what_nothing_is_called_is_said(palette, qtbot):
    qtbot.keyClicks(palette.line, "qqq")
    assert palette.findings == []
    assert palette.nothing.isVisible()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_enter_does_it_and_the_keys_go_back(palette, window, qtbot):
    qtbot.keyClicks(palette.line, "full screen")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.isFullScreen()
    assert palette.isHidden()
    assert window.parts.canvas.hasFocus()


def test_the_arrows_move_in_the_list(palette, window, qtbot):
    first, second = palette.findings[:2]
    assert palette.current == first
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.current == second
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.current == palette.findings[-1]
    qtbot.keyClick(palette.line, Qt.Key.Key_PageDown)
    assert palette.current == palette.findings[-1]
    assert palette.line.hasFocus()


def test_a_click_does_it(palette, window, qtbot):
    qtbot.keyClicks(palette.line, "full screen")
    place = palette.list.visualRect(palette.list.model().index(0, 0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.isFullScreen()


def test_what_cannot_be_done_is_grey_and_says_why(palette, window, qtbot):
    qtbot.keyClicks(palette.line, "export")
    finding = palette.current
    assert finding.name == "File: Export…"
    assert not finding.possible
    assert finding.about == "There is no result yet."
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


@pytest.mark.parametrize("needs", [need for need in Needs if need is not Needs.NOTHING])
def test_every_need_has_a_reason_of_its_own(needs):
    spec = next(spec for spec in ACTIONS if spec.needs is needs)
    assert why_not(spec) != "Not possible just now."


def test_a_switch_that_is_on_is_marked(palette):
    listed = {finding.id: finding for finding in palette.findings}
    assert listed["view.panel"].on
    assert not listed["view.fullscreen"].on


def test_esc_leaves_everything_as_it_was(palette, window, qtbot):
    qtbot.keyClicks(palette.line, "full")
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert not window.isFullScreen()
    assert window.parts.canvas.hasFocus()


def test_a_click_beside_it_closes_it(palette, window, qtbot):
    qtbot.mouseClick(window.parts.canvas, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    window.parts.canvas.setFocus()
    assert palette.isHidden()


def test_typing_triggers_no_tool(palette, window, qtbot):
    qtbot.keyClicks(palette.line, "1?x")
    assert palette.line.text() == "1?x"
    assert window.findChild(KeyList) is None


def test_actions_done_last_come_first_and_stay_so(palette, window, person, qtbot, make_window):
    for typed in ("full screen", "glossary"):
        person.strikes(window, "Ctrl+Shift+P")
        qtbot.keyClicks(palette.line, typed)
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    person.strikes(window, "Ctrl+Shift+P")
    assert names(palette)[:2] == ["Help: Glossary", "View: Full screen"]
    window.close()
    again = make_window()
    qtbot.waitUntil(again.isActiveWindow)
    person.strikes(again, "Ctrl+Shift+P")
    assert names(again.program.commanding.palette)[:2] == ["Help: Glossary", "View: Full screen"]


def test_an_undo_says_what_it_takes_back(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    person.strikes(window, "Shift+X")
    person.sees_results(window)
    person.strikes(window, "Ctrl+Shift+P")
    assert "Edit: Undo Reverse time" in names(window.program.commanding.palette)


def test_it_stays_within_a_small_window(palette, window):
    window.resize(420, 360)
    QApplication.processEvents()
    assert palette.geometry().left() >= 0
    assert palette.geometry().right() < window.width()


def test_what_a_row_says_can_be_heard(palette):
    said = palette.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "File: Open photo…, Ctrl+O, Open a blurred photo"
