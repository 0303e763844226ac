"""The document at work: a photo is found as it was left, and nothing a person did is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from blurstudio.errors import ExportError
from blurstudio.session import files
from blurstudio.session.regions import Edit


@pytest.fixture
def photo(make_photo):
    """Return the path of a small photo."""
    return make_photo()


def written(photo):
    return json.loads(files.beside(photo).read_text(encoding="utf-8"))


def draws(window, person, left=10, edit=Edit.FREEZE):
    """Draw a rectangle and choose its edit."""
    canvas = window.parts.canvas
    person.strikes(window, "R")
    places = [canvas.from_picture(QPointF(*each)).toPoint() for each in ((left, 10), (40, 40))]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(canvas, places[1])
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[1])
    window.parts.panel.regions.fields.edit.pick(edit)
    person.bot.waitUntil(lambda: window.controller.edited.is_idle)


def rests(window, bot):
    """Let the hand rest until what was done is saved."""
    bot.waitUntil(lambda: window.keeping.is_saved)


def test_a_photo_that_was_only_looked_at_gets_no_document(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    person.strikes(window, "3", "T", "Shift+Y", "Right")
    window.close()
    assert not files.beside(photo).exists()


def test_what_was_done_is_saved_when_the_hand_rests(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    draws(window, person)
    rests(window, qtbot)
    assert written(photo)["regions"][0]["edit"] == "freeze"
    assert not window.parts.notices.texts


def test_a_photo_is_found_as_it_was_left(make_window, engine, person, photo, qtbot):
    window = make_window()
    person.opens_and_waits(window, photo)
    draws(window, person)
    draws(window, person, 20, Edit.REVERSE)
    person.strikes(window, "Shift+X")
    person.sees_results(window)
    person.strikes(window, "3", "T", "Shift+Y", "Shift+R")
    window.parts.timeline.time = 0.25
    regions, options = window.controller.regions, window.controller.options
    qtbot.waitUntil(lambda: not window.bridge.is_busy("frame"))
    window.close()

    again = make_window()
    person.opens_and_waits(again, photo)
    assert again.controller.regions == regions
    assert again.controller.options == options
    assert again.controller.results.options == options
    assert again.controller.results.edits
    assert again.parts.canvas.picture == "frame"
    assert again.parts.canvas.compare == "split"
    assert again.parts.canvas.motion.trajectories_visible
    assert not again.parts.canvas.outlines_visible
    assert again.parts.timeline.time == pytest.approx(0.25)
    assert again.parts.panel.regions.list.numbers() == [2, 1]
    assert again.parts.panel.motion.direction.reverse.isChecked()
    assert not again.commands["edit.undo"].isEnabled()
    assert not again.parts.notices.texts


def test_the_photo_itself_stays_on_show_where_it_was(make_window, engine, person, photo, qtbot):
    window = make_window()
    person.opens_and_waits(window, photo)
    draws(window, person)
    person.strikes(window, "1")
    window.close()
    again = make_window()
    person.opens_and_waits(again, photo)
    assert again.parts.canvas.picture == "photo"


def test_closing_saves_at_once(window, person, photo):
    person.opens_and_waits(window, photo)
    draws(window, person)
    window.close()
    assert len(written(photo)["regions"]) == 1


def test_opening_another_photo_saves_the_one_before_and_mixes_nothing(
    window, person, photo, make_photo, qtbot
):
    other = make_photo("other.png")
    person.opens_and_waits(window, photo)
    draws(window, person)
    person.opens_and_waits(window, other)
    qtbot.waitUntil(files.beside(photo).exists)
    assert not window.controller.regions
    draws(window, person, 30)
    person.opens_and_waits(window, photo)
    qtbot.waitUntil(files.beside(other).exists)
    assert window.controller.regions[0].shape.box[0] == pytest.approx(10, abs=0.6)
    assert written(other)["regions"][0]["shape"]["points"][0][0] == pytest.approx(30, abs=0.6)
    assert written(photo)["photo"]["name"] == photo.name


def test_ctrl_s_saves_now_and_says_where(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    person.strikes(window, "Ctrl+S")
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert files.beside(photo).name in window.parts.notices.texts[0]
    assert written(photo)["regions"] == []


def test_what_was_undone_is_undone_in_the_document(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    draws(window, person)
    rests(window, qtbot)
    person.strikes(window, "Ctrl+Z", "Ctrl+Z")
    rests(window, qtbot)
    assert written(photo)["regions"] == []


def test_settings_of_the_machine_come_from_the_settings(make_window, engine, person, photo):
    window = make_window()
    person.opens_and_waits(window, photo)
    draws(window, person)
    window.close()
    again = make_window()
    again.controller.defaults = replace(again.controller.defaults, device="cpu")
    person.opens_and_waits(again, photo)
    assert again.controller.options.device == "cpu"


def test_reset_all_goes_back_to_the_usual_and_can_be_undone(make_window, engine, person, photo):
    window = make_window()
    person.opens_and_waits(window, photo)
    person.strikes(window, "Shift+X")
    person.sees_results(window)
    window.close()
    again = make_window()
    person.opens_and_waits(again, photo)
    again.commands["edit.reset"].trigger()
    person.sees_results(again)
    assert not again.controller.options.reverse
    person.strikes(again, "Ctrl+Z")
    person.sees_results(again)
    assert again.controller.options.reverse


def test_a_damaged_document_never_keeps_a_photo_from_opening(window, person, photo, qtbot):
    files.beside(photo).write_text("{ not json", encoding="utf-8")
    person.opens_and_waits(window, photo)
    assert "is damaged" in window.parts.notices.texts[0]
    draws(window, person)
    window.close()
    assert len(written(photo)["regions"]) == 1
    aside = files.beside(photo).with_name(files.beside(photo).name + ".aside")
    assert aside.read_text(encoding="utf-8") == "{ not json"


def test_what_is_said_of_a_document_goes_when_its_photo_is_left(window, person, photo, make_photo):
    files.beside(photo).write_text("{ not json", encoding="utf-8")
    person.opens_and_waits(window, photo)
    person.strikes(window, "Ctrl+R")
    person.sees_results(window)
    assert "is damaged" in window.parts.notices.texts[0]
    person.opens_and_waits(window, make_photo("another.png"))
    assert window.parts.notices.texts == []


def test_a_mended_document_is_written_anew(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    draws(window, person)
    rests(window, qtbot)
    table = written(photo)
    table["options"]["strength"] = "strong"
    files.beside(photo).write_text(json.dumps(table), encoding="utf-8")
    person.opens_and_waits(window, photo)
    assert len(window.controller.regions) == 1
    assert any("“strength”" in text for text in window.parts.notices.texts)
    rests(window, qtbot)
    assert written(photo)["options"]["strength"] == 0.5


def test_a_document_of_a_newer_version_is_never_written_over(window, person, photo, qtbot):
    newer = json.dumps({"format": "blurstudio-document", "version": 99})
    files.beside(photo).write_text(newer, encoding="utf-8")
    person.opens_and_waits(window, photo)
    assert "newer Blur Studio" in window.parts.notices.texts[0]
    draws(window, person)
    person.strikes(window, "Ctrl+S")
    window.close()
    assert files.beside(photo).read_text(encoding="utf-8") == newer


def test_a_full_disk_is_said_once_and_ctrl_s_tries_again(window, person, photo, qtbot, monkeypatch):
    full = [True]
    save = files.save

    def picky(document):
        if full:
            raise ExportError("The document can't be saved: the disk is full.")
        return save(document)

    monkeypatch.setattr(files, "save", picky)
    person.opens_and_waits(window, photo)
    draws(window, person)
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    draws(window, person, 20)
    assert not window.keeping._rest.isActive()
    assert len(window.parts.notices.texts) == 1
    full.clear()
    person.strikes(window, "Ctrl+S")
    qtbot.waitUntil(files.beside(photo).exists)
    qtbot.waitUntil(lambda: not window.bridge.is_busy("save document"))
    assert len(written(photo)["regions"]) == 2


def test_a_photo_that_vanished_still_opens_from_memory(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    photo.unlink()
    draws(window, person)
    rests(window, qtbot)
    assert len(written(photo)["regions"]) == 1


def test_the_same_photo_opened_again_is_as_it_was_a_moment_ago(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    draws(window, person)
    person.opens_and_waits(window, photo)
    assert len(window.controller.regions) == 1
    qtbot.waitUntil(lambda: not window.bridge.is_busy("save document"))
