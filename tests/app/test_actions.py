"""The registry of actions: every key once, everything listed, everything does something."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QToolBar

from blurstudio.app.actions.action_spec import Group, Reach
from blurstudio.app.actions.table import ACTIONS
from blurstudio.app.gestures import GESTURES
from blurstudio.app.panels.keys.listing import KeyList

BY_ID = {spec.id: spec for spec in ACTIONS}


def test_no_two_actions_share_an_id():
    assert len(BY_ID) == len(ACTIONS)


def test_no_two_actions_share_a_key():
    keys = Counter(keys.toString() for spec in ACTIONS for keys in spec.sequences())
    assert not [name for name, count in keys.items() if count > 1]


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_every_action_explains_itself(spec):
    assert spec.text
    assert spec.tooltip
    assert not spec.tooltip.endswith(".")


def test_keys_that_can_be_typed_only_work_where_nobody_types():
    """A letter, digit or sign without Ctrl or Alt must not act while a name is being typed."""
    typed = [
        spec.id
        for spec in ACTIONS
        for keys in spec.sequences()
        if len(keys.toString().removeprefix("Shift+")) == 1 and spec.reach is Reach.WINDOW
    ]
    assert typed == ["help.keys"], "“?” is the one sign that works everywhere"


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_every_action_is_connected(window, spec):
    action = window.commands[spec.id]
    if spec.held:
        assert window.commands.receivers(SIGNAL("held(QString,bool)")) > 0
    else:
        assert action.receivers(SIGNAL("triggered(bool)")) > (1 if spec.family else 0)


def test_every_action_is_in_the_menu_of_its_group(window):
    menus = {entry.menu().title(): entry.menu() for entry in window.menuBar().actions()}
    for spec in ACTIONS:
        entries = menus[spec.group.value].actions()
        inner = [action for entry in entries if entry.menu() for action in entry.menu().actions()]
        assert window.commands[spec.id] in [*entries, *inner]
    assert list(menus) == [group.value for group in Group]


def test_the_toolbar_holds_the_actions_with_a_short_text(window):
    bar = window.findChild(QToolBar, "tools")
    texts = [action.iconText() for action in bar.actions() if action.objectName() in BY_ID]
    assert texts == [spec.short for spec in ACTIONS if spec.short]


def test_tooltips_name_the_keys(window):
    assert window.commands["view.paths"].toolTip().endswith("[T]")
    assert "Shift+Y" in window.commands["compare.split"].toolTip()


def test_the_key_list_shows_every_action_with_its_keys(window):
    words = KeyList(window).text()
    for spec in ACTIONS:
        assert spec.text.replace("&", "") in words
        for keys in spec.sequences():
            name = keys.toString(QKeySequence.SequenceFormat.NativeText)
            assert name.replace("&", "&amp;") in words
    for gesture, meaning in GESTURES:
        assert gesture in words
        assert meaning in words


@pytest.mark.parametrize("key", ["F1", "?"])
def test_the_key_list_opens_beside_the_work(window, person, key):
    person.strikes(window, key)
    keys = window.findChild(KeyList)
    assert keys.isVisible()
    assert not keys.isModal()


def test_a_photo_allows_less_than_a_result(window, person, engine, make_photo, qtbot):
    commands = window.commands
    assert not commands["view.fit"].isEnabled()
    engine.open.clear()
    person.opens(window, make_photo())
    assert commands["view.fit"].isEnabled()
    qtbot.waitUntil(commands["photo.stop"].isEnabled)
    assert not commands["file.export"].isEnabled()
    engine.open.set()
    person.sees_results(window)
    assert commands["file.export"].isEnabled()
    assert not commands["photo.stop"].isEnabled()


def test_full_screen_is_a_switch(window):
    window.commands["view.fullscreen"].trigger()
    assert window.isFullScreen()
    window.commands["view.fullscreen"].trigger()
    assert not window.isFullScreen()


def test_about_names_the_program_and_its_licence(window):
    from PySide6.QtWidgets import QMessageBox

    window.commands["help.about"].trigger()
    box = window.findChild(QMessageBox)
    assert "Blur Studio" in box.text()
    assert "MIT" in box.text()
    box.close()
