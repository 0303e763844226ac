"""Choices handed on to another photo and to the command line; photos of a folder one by one."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication


def clipboard():
    return QGuiApplication.clipboard().text()


def chooses(window, person, **changes):
    controller = window.controller
    controller.change(replace(controller.options, **changes), "A choice")
    person.sees_results(window)


def test_settings_go_from_one_photo_to_the_next(window, person, make_photo):
    person.opens_and_waits(window, make_photo("first.png"))
    chooses(window, person, constraint="linear", deblurrer="deconvolution", flips=((0.1, 0.2),))
    person.strikes(window, "Ctrl+Shift+C")
    person.opens_and_waits(window, make_photo("second.png"))
    chooses(window, person, flips=((0.9, 0.9),))
    person.strikes(window, "Ctrl+Shift+V")
    person.sees_results(window)
    options = window.controller.options
    assert (options.constraint, options.deblurrer) == ("linear", "deconvolution")
    assert options.flips == ((0.9, 0.9),), "places of flips are about one picture"
    assert window.controller.history.stack.undoText() == "Paste settings"
    person.strikes(window, "Ctrl+Z")
    person.sees_results(window)
    assert window.controller.options.constraint is None


@pytest.mark.parametrize("text", ["", "hello", "[1]", '{"unheard": 1}', "{"])
def test_what_is_no_settings_is_not_pasted(window, person, make_photo, text):
    person.opens_and_waits(window, make_photo())
    QGuiApplication.clipboard().setText(text)
    before = window.controller.options
    person.strikes(window, "Ctrl+Shift+V")
    assert window.controller.options == before
    assert "no copied settings" in window.parts.notices.texts[0]


def test_settings_of_another_version_are_pasted_as_far_as_they_go(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    QGuiApplication.clipboard().setText('{"constraint": "free", "strength": 9, "device": "cuda"}')
    person.strikes(window, "Ctrl+Shift+V")
    person.sees_results(window)
    options = window.controller.options
    assert (options.constraint, options.strength, options.device) == ("free", 0.5, "auto")


def test_the_command_line_is_copied(window, person, make_photo):
    path = make_photo("a cup.png")
    person.opens_and_waits(window, path)
    chooses(window, person, reverse=True, flips=((0.25, 0.5),))
    window.commands["photo.command_line"].trigger()
    assert shlex.split(clipboard()) == [
        *("blurstudio", "process", str(path), "--reverse", "--flip", "0.25,0.5")
    ]
    assert "regions" not in window.parts.notices.texts[0]


def shown(window):
    return window.controller.opened.path.name


def winds(window, person, key, name):
    person.strikes(window, key)
    person.bot.waitUntil(lambda: shown(window) == name)
    person.sees_results(window)


def test_the_photos_of_a_folder_one_by_one(window, person, make_photo):
    paths = [make_photo(name) for name in ("IMG_10.png", "img_2.png", "IMG_1.png")]
    paths[0].with_name("notes.txt").write_text("no photo", encoding="utf-8")
    person.opens_and_waits(window, paths[2])
    winds(window, person, "PgDown", "img_2.png")
    winds(window, person, "PgDown", "IMG_10.png")
    winds(window, person, "PgUp", "img_2.png")


@pytest.mark.parametrize(("key", "words"), [("PgUp", "the first"), ("PgDown", "the last")])
def test_the_roll_has_ends(window, person, make_photo, qtbot, key, words):
    person.opens_and_waits(window, make_photo())
    person.strikes(window, key)
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert f"This is {words} photo" in window.parts.notices.texts[0]


def test_strokes_that_come_fast_add_up(window, person, make_photo):
    paths = [make_photo(f"{number}.png") for number in range(5)]
    person.opens_and_waits(window, paths[0])
    person.strikes(window, "PgDown", "PgDown", "PgDown")
    person.bot.waitUntil(lambda: shown(window) == "3.png")
    person.sees_results(window)


def test_a_photo_that_cant_be_read_is_not_the_end_of_the_roll(window, person, make_photo, qtbot):
    first = make_photo("1.png")
    first.with_name("2.png").write_bytes(b"no picture")
    make_photo("3.png")
    person.opens_and_waits(window, first)
    person.strikes(window, "PgDown")
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    winds(window, person, "PgDown", "3.png")


def test_a_photo_whose_folder_is_gone_is_the_only_one(window, person, make_photo, qtbot, tmp_path):
    path = make_photo()
    person.opens_and_waits(window, path)
    path.unlink()
    person.strikes(window, "PgDown")
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert shown(window) == path.name
