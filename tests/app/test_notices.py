"""Notices: remarks go by themselves, what matters stays until it is closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication

from blurstudio.app.panels import notices
from blurstudio.app.panels.notices import Kind, Notice, NoticeBar, NoticeButton


@pytest.fixture
def bar(qtbot, monkeypatch):
    """A bar whose remarks have no time to be read."""
    monkeypatch.setattr(notices, "REMARK_SECONDS", 0)
    made = NoticeBar()
    qtbot.addWidget(made)
    made.show()
    return made


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


def test_an_error_gives_way_to_no_remark(bar):
    for text in ("One failed.", "Two failed."):
        bar.say(text, Kind.ERROR)
    bar.say("Copied.")
    bar.say("Kept.")
    assert bar.texts == ["One failed.", "Two failed.", "Kept."]
