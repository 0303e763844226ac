"""The page of the empty window: photos opened last, shown small, opened by hand and by keys."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from blurstudio.app import settings_file as settings_store
from blurstudio.app.opening import start_work
from blurstudio.app.settings import Settings
from blurstudio.engine.lanes.job import CancelToken

CONTEXT = SimpleNamespace(cancel=CancelToken())


@pytest.fixture
def start(make_window, engine, settings_file, qtbot):
    """Start the window where photos were opened before, without one."""

    def make(paths, *, size=(1280, 800), wait=True):
        settings_file.parent.mkdir(exist_ok=True)
        settings_store.save(Settings(recent=tuple(map(str, paths))), settings_file)
        window = make_window()
        window.resize(*size)
        QApplication.processEvents()
        window.opening.page.look()
        if wait:
            qtbot.waitUntil(lambda: window.bridge.is_idle)
        return window

    return make


def cards(window):
    """Return the photos that can be seen and clicked on."""
    photos = window.parts.empty.photos
    return [card for card in photos.findChildren(QToolButton) if card.isVisible()]


def paths(window):
    return [card.toolTip() for card in cards(window)]


def test_the_photos_opened_last_are_shown_with_their_names(start, make_photo, tmp_path):
    made = [make_photo(f"{number}.png") for number in range(8)]
    long = make_photo("n" * 60 + " & more.png")
    window = start([long, *made])
    assert paths(window) == [str(path) for path in (long, *made[:5])]
    assert [card.text() for card in cards(window)][1:] == [path.name for path in made[:5]]
    shown = cards(window)[0]
    assert "…" in shown.text()
    assert shown.accessibleName() == f"Open {long.name}"
    assert shown.fontMetrics().horizontalAdvance(shown.text()) <= shown.width()
    picture = shown.icon().pixmap(144, 96).toImage()
    middle = picture.pixelColor(picture.width() // 2, 2)
    assert (middle.red(), middle.green(), middle.blue()) == (60, 120, 180)


def test_a_window_that_has_opened_nothing_yet_shows_none(start):
    window = start([])
    assert not window.parts.empty.photos.isVisible()
    assert window.parts.empty.open_button.isVisible()


def test_what_is_gone_or_is_no_photo_is_not_shown(start, make_photo, tmp_path):
    letter = tmp_path / "letter.png"
    letter.write_text("Dear photo")
    good = make_photo()
    window = start([tmp_path / "gone.png", letter, tmp_path, good])
    assert paths(window) == [str(good)]
    # The menu lists it as ever: a disk may come back.
    assert len(window.opening.recent.actions()) == 4
    assert window.parts.notices.texts == []


def test_one_that_is_listed_twice_is_offered_once(start, make_photo):
    first, second = make_photo("first.png"), make_photo("second.png")
    window = start([first, second, first])
    QApplication.processEvents()
    assert paths(window) == [str(first), str(second)]


def test_where_none_is_left_there_is_no_row(start, tmp_path):
    window = start([tmp_path / "gone.png"])
    assert not window.parts.empty.photos.isVisible()


def test_a_click_opens_a_photo(start, person, make_photo, qtbot):
    first, second = make_photo("first.png"), make_photo("second.png")
    window = start([first, second])
    QTest.mouseClick(cards(window)[1], Qt.MouseButton.LeftButton)
    person.sees_results(window)
    assert window.controller.opened.path == second
    assert not window.parts.empty.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_tab_comes_to_the_photos_and_a_key_opens_one(start, person, make_photo, qtbot, key):
    first, second = make_photo("first.png"), make_photo("second.png")
    window = start([])
    window.show_fault("A notice comes after them, though it was there before.")
    window.opening.show_recent([str(first), str(second)])
    window.opening.page.look()
    qtbot.waitUntil(lambda: window.bridge.is_idle)
    window.parts.empty.sample_button.setFocus()
    for card in cards(window):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is card
    QTest.keyClick(QApplication.focusWidget(), key)
    person.sees_results(window)
    assert window.controller.opened.path == second


def test_a_key_that_is_held_opens_a_photo_once(start, person, make_photo):
    window = start([make_photo()])
    begun = []
    window.controller.opening.connect(lambda: begun.append(1))
    for again in (False, True, True):
        press = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", again
        )
        QApplication.sendEvent(cards(window)[0], press)
    person.sees_results(window)
    assert len(begun) == 1


def test_tab_shows_and_hides_the_side_panel_once_there_is_a_photo(window, person, make_photo):
    person.strikes(window, "Tab")
    assert window.commands["view.panel"].isChecked()
    person.opens_and_waits(window, make_photo())
    person.strikes(window, "Tab")
    assert not window.parts.panel.isVisible()


def test_one_that_went_meanwhile_is_said_and_leaves_the_page(start, make_photo, qtbot):
    gone, stays = make_photo("gone.png"), make_photo("stays.png")
    window = start([gone, stays])
    gone.unlink()
    QTest.mouseClick(cards(window)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "gone.png does not exist" in window.parts.notices.texts[0]
    qtbot.waitUntil(lambda: paths(window) == [str(stays)])
    assert window.parts.empty.isVisible()


@pytest.mark.parametrize(
    ("size", "count"), [((1280, 800), 6), ((760, 700), 4), ((1280, 380), 0), ((640, 420), 0)]
)
def test_photos_give_way_before_the_invitation_does(start, make_photo, size, count, qtbot):
    window = start([make_photo(f"{number}.png") for number in range(6)], size=size)
    assert len(cards(window)) == count
    empty = window.parts.empty
    for widget in (empty.open_button, empty.sample_button, *cards(window)):
        corner = widget.mapTo(empty, widget.rect().topLeft())
        assert empty.rect().contains(widget.rect().translated(corner))
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: len(cards(window)) == 6)


def test_the_invitation_stays_where_it_is_while_pictures_come(start, make_photo, qtbot):
    window = start([make_photo()], wait=False)
    button = window.parts.empty.open_button
    place = button.mapTo(window, button.rect().topLeft())
    qtbot.waitUntil(lambda: bool(cards(window)))
    QApplication.processEvents()
    assert button.mapTo(window, button.rect().topLeft()) == place


@pytest.fixture
def slow_disk(monkeypatch):
    """Return an event; until it is set, no photo can be looked for."""
    answers = threading.Event()
    quick = start_work.thumbnail

    def slow(path, side, context):
        answers.wait()
        return quick(path, side, context)

    monkeypatch.setattr(start_work, "thumbnail", slow)
    yield answers
    answers.set()


def test_a_disk_that_does_not_answer_holds_up_no_other_photo(
    start, slow_disk, person, make_photo, qtbot
):
    window = start([make_photo("far.png"), make_photo("further.png")], wait=False)
    assert cards(window) == []
    near = make_photo("near.png")
    person.opens_and_waits(window, near)
    assert window.controller.opened.path == near
    slow_disk.set()
    qtbot.waitUntil(lambda: window.bridge.is_idle)


def test_nothing_is_looked_for_while_a_photo_is_opened(
    start, person, make_photo, qtbot, monkeypatch
):
    recent = make_photo("recent.png")
    window = start([recent])
    looked, quick = [], start_work.thumbnail

    def thumbnail(path, side, context):
        looked.append(path)
        return quick(path, side, context)

    monkeypatch.setattr(start_work, "thumbnail", thumbnail)
    window.open_paths([recent.with_name("missing.png")])
    # As when the libraries are there, a photo having been asked for meanwhile.
    window.opening.page.look()
    assert not window.bridge.is_busy("start page")
    qtbot.waitUntil(lambda: looked == [recent])
    qtbot.waitUntil(lambda: window.bridge.is_idle)


def test_a_window_that_is_closed_while_it_looks_ends_its_threads(start, slow_disk, make_photo):
    window = start([make_photo(f"{number}.png") for number in range(3)], wait=False)
    threading.Timer(0.2, slow_disk.set).start()
    window.close_now()
    assert window.finish_work()


def test_a_list_without_photos_leaves_none_on_the_page(start, make_photo):
    window = start([make_photo()])
    window.settings = replace(window.settings, recent=())
    window.opening.show_recent(())
    assert cards(window) == []
    assert not window.parts.empty.photos.isVisible()


@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "ppm", "hdr", "npy"])
def test_a_large_photo_of_any_kind_becomes_small(tmp_path, ending):
    picture = np.zeros((300, 600, 3), np.uint8)
    picture[:, :300] = 255
    path = tmp_path / f"photo.{ending}"
    if ending == "npy":
        np.save(path, picture)
    elif ending == "hdr":
        cv2.imwrite(str(path), picture.astype(np.float32) / 255)
    else:
        cv2.imwrite(str(path), picture)
    small = start_work.thumbnail(path, 200, CONTEXT)
    assert (small.width(), small.height()) == (200, 100)
    assert small.pixelColor(50, 50).lightness() > 250
    assert small.pixelColor(150, 50).lightness() < 5


def test_a_photo_that_lies_on_its_side_is_stood_up(tmp_path):
    from PIL import Image

    path = tmp_path / "phone.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (600, 300)).save(path, exif=exif)
    small = start_work.thumbnail(path, 200, CONTEXT)
    assert (small.width(), small.height()) == (100, 200)
