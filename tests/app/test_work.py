"""Work in the background: lanes, quick look, cancelling, late answers, closing."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from blurstudio.app import listing_work
from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.app.photo import work
from blurstudio.app.sharp import strength_work
from blurstudio.errors import WeightsError


@pytest.fixture
def busy(window, person, engine, make_photo, qtbot):
    """Return a window whose analysis waits for the test."""
    engine.open.clear()
    person.opens(window, make_photo("busy.png"))
    qtbot.waitUntil(engine.waiting.is_set)
    qtbot.waitUntil(lambda: "Reading the motion" in window.parts.status.jobs.label.text())
    return window


def test_the_job_bar_tells_what_is_running_and_how_far_it_is(busy, qtbot):
    jobs = busy.parts.status.jobs
    assert jobs.label.text() == "Analysis: Reading the motion"
    qtbot.waitUntil(lambda: jobs.bar.value() / jobs.bar.maximum() == pytest.approx(0.25))
    assert jobs.cancel_button.isVisible()


def test_the_job_bar_is_empty_when_nothing_runs(busy, engine, person):
    engine.open.set()
    person.sees_results(busy)
    jobs = busy.parts.status.jobs
    assert jobs.label.text() == ""
    assert not jobs.cancel_button.isVisible()


def test_cancel_stops_the_analysis_and_the_photo_stays(busy, engine, qtbot):
    qtbot.mouseClick(busy.parts.status.jobs.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(busy.parts.notices.texts))
    qtbot.waitUntil(lambda: engine.cancelled == 1)
    assert "Ctrl+R" in busy.parts.notices.texts[0]
    assert busy.controller.results is None
    assert busy.parts.canvas.has_picture("photo")
    assert not busy.parts.status.jobs.jobs
    assert not busy.commands["photo.stop"].isEnabled()


def test_stop_by_key_does_the_same_and_the_analysis_can_start_again(busy, engine, person, qtbot):
    person.strikes(busy, "Ctrl+.")
    qtbot.waitUntil(lambda: engine.cancelled == 1)
    engine.open.set()
    person.strikes(busy, "Ctrl+R")
    person.sees_results(busy)
    assert busy.parts.canvas.has_picture("sharp")


def test_another_photo_stops_the_analysis_of_the_one_before(
    busy, engine, person, make_photo, qtbot
):
    person.opens(busy, make_photo("other.png", colour=(200, 10, 10)))
    qtbot.waitUntil(lambda: engine.cancelled == 1)
    engine.open.set()
    person.sees_results(busy)
    assert busy.controller.results.analysis.photo.path.name == "other.png"
    assert busy.parts.notices.texts == []


def test_a_bad_photo_does_not_stop_the_analysis(busy, engine, person, tmp_path, qtbot):
    busy.open_paths([tmp_path / "missing.png"])
    qtbot.waitUntil(lambda: bool(busy.parts.notices.texts))
    engine.open.set()
    person.sees_results(busy)
    assert busy.controller.results.analysis.photo.path.name == "busy.png"
    assert engine.cancelled == 0


def test_a_late_result_is_never_shown_on_another_photo(
    window, person, engine, make_photo, monkeypatch, qtbot
):
    """Even an engine that doesn't listen to a cancel: its answer comes, and is dropped."""
    answered = threading.Event()
    released = threading.Event()
    show = work.show

    def deaf_show(analysis, options, quick, before, context):
        if analysis.photo.path.name == "old.png":
            context.cancel.cancel = lambda: None
            released.wait(10)
        context.cancel.raise_if_cancelled = lambda: None
        results = show(analysis, options, quick, before, context)
        answered.set()
        return results

    monkeypatch.setattr(work, "show", deaf_show)
    seen = []
    window.controller.results_ready.connect(seen.append)
    person.opens(window, make_photo("old.png"))
    qtbot.waitUntil(engine.waiting.is_set)
    person.opens(window, make_photo("new.png"))
    released.set()
    person.sees_results(window)
    assert [results.analysis.photo.path.name for results in seen] == ["new.png"]


def test_a_small_photo_is_analysed_once(window, person, engine, make_photo):
    person.opens_and_waits(window, make_photo())
    assert engine.sizes == [(60, 80)]


def test_a_large_photo_gets_a_quick_look_first(window, person, engine, make_photo, monkeypatch):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    seen = []
    window.controller.results_ready.connect(seen.append)
    person.opens_and_waits(window, make_photo())
    assert engine.sizes == [(30, 40), (60, 80)]
    assert [results.quick for results in seen] == [True, False]


def test_a_quick_look_says_that_it_is_one(window, person, make_photo, monkeypatch, qtbot):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    look, seen = work.look, threading.Event()

    def look_again_when_seen(photo, options, quick, tell, context):
        # Not before: a full look that begins late must find the way open.
        assert quick or seen.wait(60)
        return look(photo, options, quick, tell, context)

    monkeypatch.setattr(work, "look", look_again_when_seen)
    person.opens(window, make_photo())

    def is_said():
        words = [label.text() for label in window.parts.panel.findChildren(QLabel)]
        return any(word.startswith("A quick look") for word in words)

    qtbot.waitUntil(is_said)
    seen.set()
    person.sees_results(window)
    words = [label.text() for label in window.parts.panel.findChildren(QLabel)]
    assert not any(word.startswith("A quick look") for word in words)


def test_a_quick_look_is_all_there_is_after_a_stop(
    window, person, engine, make_photo, monkeypatch, qtbot
):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    show = work.show

    def show_and_close_the_gate(*arguments):
        engine.open.clear()
        return show(*arguments)

    monkeypatch.setattr(work, "show", show_and_close_the_gate)
    person.opens(window, make_photo())
    qtbot.waitUntil(lambda: window.controller.results is not None)
    window.commands["photo.stop"].trigger()

    def is_said():
        words = [label.text() for label in window.parts.panel.findChildren(QLabel)]
        return "A quick look at a reduced picture; the full one is missing." in words

    qtbot.waitUntil(is_said)
    qtbot.waitUntil(window.commands["file.export"].isEnabled)
    qtbot.waitUntil(lambda: not window.parts.status.jobs.jobs)


def test_the_zoom_stays_when_the_full_result_replaces_the_quick_one(
    window, person, engine, make_photo, monkeypatch
):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    zooms = []
    window.controller.results_ready.connect(lambda _: zooms.append(window.parts.canvas.zoom))
    person.opens(window, make_photo())
    window.parts.canvas.set_zoom(3.0)
    person.sees_results(window)
    assert zooms == [3.0, 3.0]
    assert window.parts.canvas.zoom == 3.0


def test_missing_weights_are_said_once_and_the_photo_stays(
    window, person, engine, make_photo, monkeypatch, qtbot
):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    engine.fault = WeightsError("There are no weights here; install Blur Studio again.")
    person.opens(window, make_photo())
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    qtbot.waitUntil(lambda: not window.parts.status.jobs.jobs)
    assert window.parts.notices.texts == [str(engine.fault)]
    assert window.parts.canvas.has_picture("photo")


def test_an_unforeseen_fault_is_said_and_logged(window, person, engine, make_photo, qtbot, caplog):
    engine.fault = ZeroDivisionError("by nothing")
    person.opens(window, make_photo())
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "ZeroDivisionError: by nothing" in window.parts.notices.texts[0]
    assert "by nothing" in caplog.text


def test_heavy_work_runs_in_the_lanes(make_window, person, engine, make_photo, monkeypatch, qtbot):
    """Every function of `work` and every frame: never on the thread of the window."""
    ran = {}

    def watched(name, function):
        def call(*arguments):
            ran.setdefault(name, set()).add(threading.current_thread().name)
            return function(*arguments)

        return call

    names = ("read_photo", "look", "look_again", "show", "frame", "flow_picture")
    for name in names:
        monkeypatch.setattr(work, name, watched(name, getattr(work, name)))
    monkeypatch.setattr(
        listing_work, "list_models", watched("list_models", listing_work.list_models)
    )
    strength_picture = watched("strength_picture", strength_work.strength_picture)
    monkeypatch.setattr(strength_work, "strength_picture", strength_picture)
    window = make_window()
    person.opens_and_waits(window, make_photo())
    with qtbot.waitSignal(window.controller.frames.ready):
        window.parts.timeline.go_start()
    qtbot.waitUntil(lambda: not window.bridge.is_busy("frame"))
    panel = window.parts.panel.motion
    panel.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(window)
    with qtbot.waitSignal(window.choosing.preview.requests.ready):
        panel.picture.strength.moved.emit(0.7)
    assert ran == {
        "read_photo": {"blurstudio-io"},
        "list_models": {"blurstudio-io"},
        "look": {"blurstudio-compute"},
        "look_again": {"blurstudio-compute"},
        "show": {"blurstudio-compute"},
        "flow_picture": {"blurstudio-compute"},
        "strength_picture": {"blurstudio-compute"},
        "frame": {"blurstudio-io"},
    }
    assert set(engine.threads) == {"blurstudio-compute"}


def test_results_are_shown_on_the_thread_of_the_window(window, person, make_photo):
    threads = []
    window.controller.photo_opened.connect(lambda _: threads.append(threading.current_thread()))
    window.controller.results_ready.connect(lambda _: threads.append(threading.current_thread()))
    person.opens_and_waits(window, make_photo())
    assert set(threads) == {threading.main_thread()}


def test_closing_while_work_runs_leaves_no_thread(busy, engine):
    busy.close_now()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("blurstudio-")]
    assert engine.cancelled == 1
