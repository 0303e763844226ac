"""Notices: remarks go by themselves, what matters stays; they take no room from the picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from blurstudio.app.panels import notices
from blurstudio.app.panels.notice_bar import NoticeBar
from blurstudio.app.panels.notices import About, Kind, Notice, NoticeButton
from blurstudio.errors import WeightsError


@pytest.fixture
def around(qtbot):
    """Something with a picture in it."""
    around = QWidget()
    around.resize(800, 600)
    picture = QWidget(around)
    picture.setObjectName("picture")
    picture.resize(800, 500)
    qtbot.addWidget(around)
    around.show()
    return around


@pytest.fixture
def bar(around, monkeypatch):
    """A bar whose remarks have no time to be read."""
    monkeypatch.setattr(notices, "REMARK_SECONDS", 0)
    return NoticeBar(around, around.findChild(QWidget, "picture"))


def test_a_remark_goes_by_itself_and_an_error_stays(bar, qtbot):
    bar.say("Copied.")
    bar.say("It failed.", Kind.ERROR)
    bar.say("Take care.", Kind.WARNING)
    qtbot.waitUntil(lambda: "Copied." not in bar.texts)
    assert bar.texts == ["It failed.", "Take care."]


def test_a_remark_that_offers_something_stays(bar, qtbot):
    bar.say("Written.", button=NoticeButton("Show", "Show it", lambda: None))
    bar.say("Copied.")
    qtbot.waitUntil(lambda: "Copied." not in bar.texts)
    assert bar.texts == ["Written."]


def test_a_remark_stays_while_somebody_reads_it(bar, qtbot):
    bar.say("Read this.")
    place = QPointF(5, 5)
    QApplication.sendEvent(bar.findChild(Notice), QEnterEvent(place, place, place))
    bar.say("Copied.")
    qtbot.waitUntil(lambda: "Copied." not in bar.texts)
    assert bar.texts == ["Read this."]


def test_a_remark_that_was_passed_over_by_the_pointer_goes(bar, qtbot):
    bar.say("Copied.")
    place = QPointF(5, 5)
    QApplication.sendEvent(bar.findChild(Notice), QEnterEvent(place, place, place))
    qtbot.wait(50)
    assert bar.texts == ["Copied."]
    QApplication.sendEvent(bar.findChild(Notice), QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: bar.texts == [])


def test_notices_that_the_picture_has_no_room_for_wait_behind_the_newer_ones(around, bar, qtbot):
    picture = around.findChild(QWidget, "picture")
    bar.say("One failed.", Kind.ERROR)
    bar.say("Copied.", button=NoticeButton("Undo", "Take it back", lambda: None))
    bar.say("Two failed.", Kind.ERROR)

    def seen():
        QApplication.processEvents()
        assert picture.geometry().contains(bar.geometry())
        return [notice.text for notice in bar.findChildren(Notice) if notice.isVisible()]

    each = bar.height() // 3
    assert seen() == ["One failed.", "Copied.", "Two failed."]
    picture.resize(800, 2 * each + 30)
    assert seen() == ["One failed.", "Two failed."]
    picture.resize(800, each + 30)
    assert seen() == ["Two failed."]
    assert len(bar.texts) == 3
    newest = bar.findChildren(Notice)[-1]
    QTest.mouseClick(newest.findChild(QToolButton, "close"), Qt.MouseButton.LeftButton)
    assert seen() == ["Copied."]
    picture.resize(800, 500)
    assert seen() == ["One failed.", "Copied."]


def test_an_error_gives_way_to_no_remark(bar):
    for text in ("One failed.", "Two failed."):
        bar.say(text, Kind.ERROR)
    bar.say("Copied.")
    bar.say("Kept.")
    assert bar.texts == ["One failed.", "Two failed.", "Kept."]


SAID = {
    About.PROGRAM: "The settings were damaged.",
    About.PHOTO: "The document was damaged.",
    About.ANALYSIS: "There is no such network.",
}


@pytest.fixture
def told(window, person, make_photo):
    """Return the window with a photo and an error about each thing."""
    person.opens_and_waits(window, make_photo("one.png"))
    for about, text in SAID.items():
        window.parts.notices.say(text, Kind.ERROR, about=about)
    return window


def test_what_is_said_of_a_photo_goes_with_it(told, person, make_photo):
    person.opens(told, make_photo("two.png"))
    assert told.parts.notices.texts == [SAID[About.PROGRAM]]


def test_what_is_said_of_an_analysis_goes_when_it_is_made_anew(told, person):
    told.commands["photo.analyse"].trigger()
    person.sees_results(told)
    assert told.parts.notices.texts == [SAID[About.PROGRAM], SAID[About.PHOTO]]


def test_a_photo_that_can_not_be_read_leaves_what_is_said_of_the_one_on_show(told, qtbot, tmp_path):
    told.open_paths([tmp_path / "missing.png"])
    qtbot.waitUntil(lambda: "missing.png" in told.parts.notices.texts[-1])
    assert told.parts.notices.texts[:-1] == [SAID[About.PHOTO], SAID[About.ANALYSIS]]


@pytest.mark.parametrize("again", ["analysis", "photo"])
def test_a_failed_analysis_is_said_until_another_one_begins(
    window, person, engine, make_photo, qtbot, monkeypatch, again
):
    engine.fault = WeightsError("There is no network called so.")
    person.opens(window, make_photo("one.png"))
    qtbot.waitUntil(lambda: window.parts.notices.texts == ["There is no network called so."])
    assert not window.controller.running
    engine.fault = None
    if again == "analysis":
        window.commands["photo.analyse"].trigger()
    else:
        person.opens(window, make_photo("two.png"))
    person.sees_results(window)
    assert window.parts.notices.texts == []


def test_the_picture_stays_where_it_is_when_a_notice_comes_and_goes(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    canvas, bar = window.parts.canvas, window.parts.notices
    place, under = canvas.geometry(), canvas.point_under(QPointF(200, 200))
    bar.say("Take care.", Kind.WARNING)
    bar.say("It failed.", Kind.ERROR)
    QApplication.processEvents()
    assert (canvas.geometry(), canvas.point_under(QPointF(200, 200))) == (place, under)
    assert canvas.geometry().contains(bar.geometry())
    for notice in bar.findChildren(Notice):
        QTest.mouseClick(notice.findChild(QToolButton, "close"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert not bar.isVisible()
    assert (canvas.geometry(), canvas.point_under(QPointF(200, 200))) == (place, under)


LONG = "This sentence is far longer than all of the others, and takes lines in any window. " * 3


@pytest.mark.parametrize("text", ["Short.", LONG])
def test_notices_follow_the_width_of_the_picture_and_leave_what_is_beside_them(
    window, person, make_photo, qtbot, text
):
    person.opens_and_waits(window, make_photo())
    canvas, bar = window.parts.canvas, window.parts.notices
    bar.say(text, Kind.WARNING)
    for size in ((1500, 800), (900, 700)):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: window.width() == size[0])
        QApplication.processEvents()
        assert canvas.geometry().contains(bar.geometry())
        assert abs(bar.geometry().center().x() - canvas.geometry().center().x()) <= 1
        (label,) = (label for label in bar.findChildren(QLabel) if label.text() == text)
        assert label.height() >= label.heightForWidth(label.width())
        beside = QPoint(4, bar.geometry().center().y())
        assert window.parts.work_area.childAt(beside) is canvas


def test_a_press_on_a_notice_is_not_one_on_the_picture(window, person, make_photo, qtbot):
    person.opens_and_waits(window, make_photo())
    bar, canvas = window.parts.notices, window.parts.canvas
    bar.say("Take care.", Kind.WARNING)
    QApplication.processEvents()
    seen = canvas.point_under(QPointF(200, 200))
    notice = bar.findChild(Notice)
    QTest.mousePress(notice, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    QTest.mouseMove(notice, QPoint(60, 3))
    QTest.mouseRelease(notice, Qt.MouseButton.LeftButton, pos=QPoint(60, 3))
    assert canvas.point_under(QPointF(200, 200)) == seen
    assert bar.texts == ["Take care."]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_of_a_notice_that_has_the_keys(window, person, make_photo, key):
    person.opens_and_waits(window, make_photo())
    bar, pressed = window.parts.notices, []
    bar.say("Copied.", button=NoticeButton("Undo", "Take it back", lambda: pressed.append(1)))
    for button in (bar.findChild(QPushButton), bar.findChild(QToolButton, "close")):
        assert pressed == ([] if isinstance(button, QPushButton) else [1])
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, key)
    assert pressed == [1]
    assert bar.texts == []
    assert window.parts.canvas.hasFocus()


def test_the_name_of_the_picture_gives_way_to_a_notice_over_it(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    canvas, bar = window.parts.canvas, window.parts.notices
    window.resize(1500, 800)
    QApplication.processEvents()
    corner = QRect(0, 0, 100, 40)
    named = canvas.grab(corner).toImage()
    bar.say("Short.", Kind.WARNING)
    QApplication.processEvents()
    assert canvas.grab(corner).toImage() == named
    window.resize(700, 800)
    bar.say(LONG, Kind.WARNING)
    QApplication.processEvents()
    behind = canvas.grab(bar.geometry().translated(-canvas.pos())).toImage()
    canvas.set_covered(QRect())
    assert canvas.grab(bar.geometry().translated(-canvas.pos())).toImage() != behind


def test_notices_are_seen_over_the_page_of_the_empty_window(window, qtbot):
    window.show_fault("Something went wrong.")
    QApplication.processEvents()
    bar = window.parts.notices
    assert bar.isVisible()
    at = bar.geometry().center()
    assert bar.isAncestorOf(window.parts.work_area.childAt(at))


def test_a_key_goes_to_the_newest_notice_and_esc_back_to_the_picture(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    bar, canvas, go = window.parts.notices, window.parts.canvas, window.commands["view.notice"]
    assert not go.isEnabled()
    bar.say("It failed.", Kind.ERROR)
    bar.say("Written.", button=NoticeButton("Show", "Show it", lambda: None))
    assert go.isEnabled()
    person.strikes(window, "F6")
    held = QApplication.focusWidget()
    assert held.text() == "Show"
    assert held.accessibleDescription() == "Written."
    person.strikes(window, "Esc")
    assert canvas.hasFocus()
    assert len(bar.texts) == 2


def test_notices_are_closed_one_after_another_by_keys(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    bar = window.parts.notices
    for text in ("It failed.", "It failed again."):
        bar.say(text, Kind.ERROR)
    for left in (1, 0):
        person.strikes(window, "F6")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert len(bar.texts) == left
        assert window.parts.canvas.hasFocus()
    assert not window.commands["view.notice"].isEnabled()


def test_a_remark_that_has_the_keys_stays(bar, qtbot):
    bar.say("Read this.")
    bar.take_keys()
    bar.say("Copied.")
    qtbot.waitUntil(lambda: "Copied." not in bar.texts)
    assert bar.texts == ["Read this."]
