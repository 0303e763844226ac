"""Opening photos: dropped, chosen, recent, sample; and photos that can't be read."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from blurstudio.app.panels import empty as empty_state
from blurstudio.media.endings import OPENED


def names(menu):
    return [entry.text() for entry in menu.actions()]


def test_an_empty_window_invites_to_drop_a_photo(window):
    assert window.parts.empty.isVisible()
    assert not window.parts.timeline.isVisible()
    assert not window.commands["file.export"].isEnabled()


def test_a_dropped_photo_is_shown_and_analysed(window, person, make_photo):
    path = make_photo("Bahnhof Zürich 駅.png")
    assert person.drops(window, [path])
    person.sees_results(window)
    assert window.controller.opened.path == path
    assert path.name in window.windowTitle()
    assert window.parts.timeline.isVisible()
    assert not window.parts.empty.isVisible()


@pytest.mark.parametrize("part", ["canvas", "timeline", "panel", "empty"])
def test_photos_can_be_dropped_anywhere(window, person, make_photo, part):
    assert person.drops(window, [make_photo()], on=getattr(window.parts, part))
    person.sees_results(window)


def test_something_that_is_no_file_cannot_be_dropped(window, person):
    assert not person.drops(window, [])


def test_of_several_photos_the_first_is_opened_and_the_others_are_mentioned(
    window, person, make_photo
):
    person.drops(window, [make_photo("one.png"), make_photo("two.png")])
    person.sees_results(window)
    assert window.controller.opened.path.name == "one.png"
    assert "first of 2 photos" in window.parts.notices.texts[0]
    person.opens_and_waits(window, make_photo("two.png"))
    assert window.parts.notices.texts == []


def test_a_folder_stands_for_the_first_photo_in_it(window, person, make_photo, tmp_path):
    (tmp_path / "a holiday").mkdir()
    first = make_photo("a holiday/one.png")
    make_photo("a holiday/two.png")
    (first.parent / "before.txt").write_text("notes")
    person.drops(window, [first.parent])
    person.sees_results(window)
    assert window.controller.opened.path == first


def test_a_folder_without_photos_says_so(window, person, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    person.drops(window, [tmp_path / "empty"])
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "There is no photo in the folder" in window.parts.notices.texts[0]


def test_a_document_stands_for_its_photo_and_a_photo_is_found_among_other_files(
    window, person, make_photo, qtbot
):
    path = make_photo()
    document = path.with_name(path.name + ".blurstudio.json")
    document.write_text("{}")
    person.drops(window, [document])
    person.sees_results(window)
    assert window.controller.opened.path == path
    other = make_photo("other.png")
    with qtbot.waitSignal(window.controller.photo_opened):
        person.drops(window, [document, other])
    person.sees_results(window)
    assert window.controller.opened.path == other


def test_a_long_name_leaves_the_panel_as_narrow_as_it_was(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    narrow = window.parts.panel.width()
    person.opens_and_waits(window, make_photo("n" * 120 + ".png"))
    assert window.parts.panel.width() == narrow
    assert window.parts.panel.widget().width() <= window.parts.panel.viewport().width()


def test_the_dialog_opens_a_photo(window, person, make_photo, monkeypatch):
    path = make_photo()
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", staticmethod(lambda *_: (str(path), "Photos"))
    )
    person.strikes(window, "Ctrl+O")
    person.sees_results(window)
    assert window.controller.opened.path == path


def test_the_dialog_offers_what_can_be_read_and_nothing_else(window, monkeypatch):
    offered = []

    def asked(*arguments):
        offered.append(arguments[-1])
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(asked))
    window.commands["file.open"].trigger()
    photos = offered[0].partition(";;")[0]
    assert set(re.findall(r"\*(\.\w+)", photos)) == set(OPENED)


def test_a_dialog_that_is_given_up_changes_nothing(window, person, make_photo, monkeypatch):
    person.opens_and_waits(window, make_photo())
    before = window.controller.opened
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: ("", "")))
    window.commands["file.open"].trigger()
    assert window.controller.opened is before
    assert not window.parts.status.jobs.jobs


def test_the_sample_opens_from_the_empty_window(window, person, qtbot, make_photo, monkeypatch):
    path = make_photo("sample.png")
    monkeypatch.setattr("blurstudio.app.opening.ways_in.samples", lambda: [path])
    window.parts.empty.set_samples([path])
    qtbot.mouseClick(window.parts.empty.sample_button, Qt.MouseButton.LeftButton)
    person.sees_results(window)
    assert window.controller.opened.path == path


def test_the_shipped_samples_are_offered(window):
    assert names(window.opening.samples) == [path.name for path in empty_state.samples()]
    assert window.parts.empty.sample_button.isVisible()


def test_without_samples_none_is_offered(window):
    window.parts.empty.set_samples([])
    assert not window.parts.empty.sample_button.isVisible()


def test_recent_photos_are_listed_newest_first_and_open_again(window, person, qtbot, make_photo):
    first, second = make_photo("A & B.png"), make_photo("second.png")
    person.opens_and_waits(window, first)
    person.opens_and_waits(window, second)
    assert names(window.opening.recent) == ["second.png", "A && B.png"]
    with qtbot.waitSignal(window.controller.photo_opened):
        window.opening.recent.actions()[1].trigger()
    person.sees_results(window)
    assert window.controller.opened.path == first
    assert names(window.opening.recent) == ["A && B.png", "second.png"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.jpg", None), ("empty.jpg", b""), ("letter.png", b"Dear photo"), ("cut.png", "cut")],
)
def test_a_bad_photo_gives_a_sentence_and_the_one_before_stays(
    window, person, qtbot, make_photo, tmp_path, name, content
):
    good = make_photo("good.png")
    person.opens_and_waits(window, good)
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(good.read_bytes()[:100] if content == "cut" else content)
    results = window.controller.results
    window.open_paths([bad])
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert name in window.parts.notices.texts[0]
    assert window.controller.opened.path == good
    assert window.controller.results is results
    assert good.name in window.windowTitle()
    assert names(window.opening.recent) == ["good.png"]


def test_a_notice_goes_away_when_it_is_closed(window, person, qtbot, tmp_path):
    window.open_paths([tmp_path / "missing.jpg"])
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    cross = window.parts.notices.findChild(object, "close")
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert window.parts.notices.texts == []
    assert not window.parts.notices.isVisible()


def test_why_a_photo_did_not_come_is_said_until_another_one_does(
    window, person, qtbot, make_photo, tmp_path
):
    window.parts.notices.say("A remark.")
    for count, name in enumerate(("missing.jpg", "missing too.jpg"), start=2):
        window.open_paths([tmp_path / name])
        qtbot.waitUntil(lambda count=count: len(window.parts.notices.texts) == count)
    assert all("missing" in text for text in window.parts.notices.texts[1:])
    person.opens_and_waits(window, make_photo())
    assert window.parts.notices.texts == []
