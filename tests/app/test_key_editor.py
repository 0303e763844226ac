"""Changing keys in the list of keys: pressed, taken, removed, reset, kept, and read again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from blurstudio.app import settings_file as store
from blurstudio.app.actions.key_changes import KeyChanges
from blurstudio.app.actions.keymap import checked, given, keys_of
from blurstudio.app.actions.table import ACTIONS
from blurstudio.app.panels.keys.listing import KeyList

BY_ID = {spec.id: spec for spec in ACTIONS}
NONE = KeyChanges()


class Editor:
    """A hand on the list of keys."""

    def __init__(self, window, qtbot):
        window.commands["help.keys"].trigger()
        self.list = window.findChild(KeyList)
        self.bot = qtbot

    def asks(self, id_, *, more=False):
        """Choose an action and ask for a new key."""
        self.list.tree.choose(id_)
        button = self.list.add if more else self.list.change
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert self.list.field.hasFocus()

    def presses(self, id_, keys, *, more=False):
        """Give an action the key that is struck."""
        self.asks(id_, more=more)
        stroke = QKeySequence.fromString(keys)[0]
        self.bot.keyClick(self.list.field, stroke.key(), stroke.keyboardModifiers())

    def clicks(self, button):
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def sentence(self):
        return self.list.says.text()


@pytest.fixture
def editor(window, qtbot):
    """Return a hand on the list of keys."""
    return Editor(window, qtbot)


def keys(window, id_):
    """Return the keys of an action, portably."""
    return [sequence.toString() for sequence in window.commands[id_].shortcuts()]


def test_a_pressed_key_is_the_actions_at_once(editor, window, person, make_photo):
    editor.presses("view.fullscreen", "Ctrl+U")
    assert keys(window, "view.fullscreen") == ["Ctrl+U"]
    assert "[Ctrl+U]" in window.commands["view.fullscreen"].toolTip()
    assert "Ctrl+U" in editor.list.text()
    window.activateWindow()
    editor.bot.waitUntil(window.isActiveWindow)
    person.strikes(window, "Ctrl+U")
    assert window.isFullScreen()


def test_enter_on_a_row_asks_for_a_key(editor, qtbot):
    editor.list.tree.choose("view.fit")
    qtbot.keyClick(editor.list.tree, Qt.Key.Key_Return)
    assert editor.list.field.hasFocus()
    assert "“Fit”" in editor.list.field.text()


def test_another_key_can_be_added(editor, window):
    editor.presses("view.fit", "Ctrl+1", more=True)
    assert keys(window, "view.fit") == ["F", "Ctrl+1"]


def test_only_the_first_of_several_keys_is_changed(editor, window):
    editor.presses("help.keys", "Ctrl+4")
    assert keys(window, "help.keys") == ["Ctrl+4", "?"]


def test_the_keys_of_menus_and_tab_can_be_pressed(editor, window):
    editor.presses("view.fit", "Shift+F11")
    assert keys(window, "view.fit") == ["Shift+F11"]
    editor.asks("view.fit")
    editor.bot.keyClick(editor.list.field, Qt.Key.Key_Tab)
    assert "“Tab” is the key of “Side panel”" in editor.sentence


def test_esc_gives_up(editor, window):
    editor.asks("view.fit")
    editor.bot.keyClick(editor.list.field, Qt.Key.Key_Escape)
    assert editor.list.isVisible()
    assert keys(window, "view.fit") == ["F"]
    assert editor.list.tree.hasFocus()


def test_a_modifier_alone_is_no_key(editor, window):
    editor.asks("view.fit")
    editor.bot.keyPress(editor.list.field, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert editor.list.field.hasFocus()
    assert keys(window, "view.fit") == ["F"]


def test_a_key_of_another_action_is_said_and_nothing_is_lost(editor, window):
    editor.presses("view.fit", "Ctrl+E")
    assert editor.sentence == (
        "“Ctrl+E” is the key of “Export…”. Nothing is changed yet: take it from there, or press "
        "another."
    )
    assert keys(window, "view.fit") == ["F"]
    assert keys(window, "file.export") == ["Ctrl+E"]


def test_it_can_be_taken_from_there(editor, window):
    editor.presses("view.fit", "Ctrl+E")
    editor.clicks(editor.list.take)
    assert keys(window, "view.fit") == ["Ctrl+E"]
    assert keys(window, "file.export") == []
    assert editor.list.take.isHidden()


def test_of_two_keys_only_the_taken_one_goes(editor, window):
    editor.presses("view.fit", "G")
    editor.clicks(editor.list.take)
    assert keys(window, "view.flow") == ["4"]


def test_turning_to_another_row_takes_nothing(editor, window):
    editor.presses("view.fit", "Ctrl+E")
    editor.list.tree.choose("view.actual")
    assert editor.list.take.isHidden()
    assert keys(window, "file.export") == ["Ctrl+E"]


@pytest.mark.parametrize(
    ("id_", "pressed", "said"),
    [
        ("file.export", "B", "“B” alone would act while you type"),
        ("compare.hold", "Ctrl+B", "can't be held down"),
        ("view.fit", "Alt+F", "opens the menu “File”"),
    ],
)
def test_a_key_that_cannot_work_is_refused_in_a_sentence(editor, window, id_, pressed, said):
    before = window.commands.keys(id_)
    editor.presses(id_, pressed)
    assert said in editor.sentence
    assert window.commands.keys(id_) == before


@pytest.mark.parametrize("part", ["canvas", "timeline"])
def test_a_held_key_can_be_another(editor, window, person, make_photo, qtbot, part):
    person.opens_and_waits(window, make_photo())
    editor.presses("compare.hold", "U")
    assert "U (hold)" in window.commands["compare.hold"].text()
    canvas, widget = window.parts.canvas, getattr(window.parts, part)
    qtbot.keyPress(widget, Qt.Key.Key_U)
    assert canvas.caption == "Photo"
    qtbot.keyRelease(widget, Qt.Key.Key_U)
    assert canvas.caption == "Sharp"
    qtbot.keyPress(widget, Qt.Key.Key_Backslash)
    assert canvas.caption == "Sharp", "the key of before is free for something else"


def test_without_a_key_nothing_is_held(editor, window, person, make_photo, qtbot):
    person.opens_and_waits(window, make_photo())
    editor.list.tree.choose("compare.hold")
    editor.clicks(editor.list.remove)
    qtbot.keyPress(window.parts.canvas, Qt.Key.Key_Backslash)
    assert window.parts.canvas.caption == "Sharp"


def test_an_action_can_do_without_a_key(editor, window):
    editor.list.tree.choose("view.fit")
    editor.clicks(editor.list.remove)
    assert keys(window, "view.fit") == []
    assert window.commands["view.fit"].toolTip() == "Show the whole picture"
    assert "usually: F" in editor.sentence


def test_one_action_is_reset(editor, window):
    editor.presses("view.fit", "Ctrl+1")
    editor.presses("view.actual", "Ctrl+2")
    editor.list.tree.choose("view.fit")
    editor.clicks(editor.list.reset)
    assert keys(window, "view.fit") == ["F"]
    assert keys(window, "view.actual") == ["Ctrl+2"]
    assert not editor.list.reset.isEnabled()


def test_resetting_asks_before_it_takes_a_key_back(editor, window):
    editor.presses("view.fit", "Ctrl+E")
    editor.clicks(editor.list.take)
    editor.list.tree.choose("file.export")
    editor.clicks(editor.list.reset)
    assert "“Ctrl+E” is the key of “Fit”" in editor.sentence
    editor.clicks(editor.list.take)
    assert keys(window, "file.export") == ["Ctrl+E"]
    assert keys(window, "view.fit") == []


def test_all_are_reset(editor, window):
    editor.presses("view.fit", "Ctrl+E")
    editor.clicks(editor.list.take)
    editor.clicks(editor.list.reset_all)
    assert window.settings.keys == NONE
    for spec in ACTIONS:
        assert window.commands.keys(spec.id) == spec.sequences()


def test_changed_keys_are_there_after_a_restart(editor, window, make_window, settings_file):
    editor.presses("view.fit", "Ctrl+1")
    editor.list.tree.choose("view.actual")
    editor.clicks(editor.list.remove)
    window.close()
    again = make_window()
    assert keys(again, "view.fit") == ["Ctrl+1"]
    assert keys(again, "view.actual") == []
    assert store.load(settings_file)[0].keys == again.settings.keys


def test_an_action_or_a_key_is_found(editor, qtbot):
    qtbot.keyClicks(editor.list.search, "ctrl+e")
    rows = editor.list.tree.findItems(
        "*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive, 0
    )
    assert [row.text(0) for row in rows if not row.isHidden() and row.parent()] == ["Export…"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("keys = 5", "“keys” can't be 5"),
        ('keys = {"view.fit" = "F"}', "view.fit"),
        ('keys = {"view.fit" = [1]}', "view.fit"),
        ('keys = {"view.moon" = ["F"]}', "view.moon"),
        ('keys = {"view.fit" = ["Ctrl+Nonsense"]}', "Ctrl+Nonsense"),
        ('keys = {"view.fit" = ["Ctrl+1", "Ctrl+2, Ctrl+3"]}', "Ctrl+2, Ctrl+3"),
        ('keys = {"view.fit" = ["Ctrl+1"], "view.actual" = ["Ctrl+1"]}', "100 %"),
    ],
)
def test_bad_keys_in_the_file_are_dropped_with_a_warning(make_window, settings_file, line, said):
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text(f'{line}\ndevice = "cpu"\n', encoding="utf-8")
    window = make_window()
    assert len(window.parts.notices.texts) == 1
    assert said in window.parts.notices.texts[0]
    assert window.settings.device == "cpu"
    assert keys(window, "view.actual") == ["Ctrl+0"]


def test_a_kept_key_comes_before_another_actions_usual_one():
    kept, warnings = checked(KeyChanges((("view.fit", ("Ctrl+E",)),)))
    assert warnings == []
    assert keys_of(BY_ID["file.export"], kept) == []


def test_no_key_ever_belongs_to_two_actions():
    changes = NONE
    for spec, name in zip(ACTIONS, ["F", "G", "T", "F", "Ctrl+E", "Space"], strict=False):
        changes = given(spec, [QKeySequence(name)], changes)
    owned = [keys.toString() for spec in ACTIONS for keys in keys_of(spec, changes)]
    assert len(owned) == len(set(owned))


def test_usual_keys_given_again_are_no_change():
    changes = given(BY_ID["view.fit"], [QKeySequence("Ctrl+1")], NONE)
    assert given(BY_ID["view.fit"], [QKeySequence("F")], changes) == NONE
