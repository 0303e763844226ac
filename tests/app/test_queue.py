"""The queue in the window: put in, worked on, paused, gone on with after a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.session.conflicts import Conflict
from blurstudio.session.queue import Entry, Queue, State, store

SHARP = frozenset({Part.SHARP})


@pytest.fixture
def entries(make_photo, folder):
    """Return entries for photos of these names, to be written as small pictures."""

    def make(*names, **how):
        request = ExportRequest(folder, SHARP, still="png")
        return [Entry(make_photo(name), request, **how) for name in names]

    return make


def queueing(window):
    """Return the queue at work."""
    return window.queue_desk.queueing


def states(window):
    """Return what came of each entry, by the name of its photo."""
    return {entry.photo.name: entry.state.value for entry in queueing(window).queue.entries}


def is_finished(window):
    """Whether nothing is left to do, and everything is saved."""
    return not queueing(window).queue.left and not window.bridge.is_busy("save queue")


@pytest.fixture
def panel(window):
    """Return the queue's panel of a window, opened by its key."""
    window.commands["view.queue"].trigger()
    return window.instruments.docks["queue"].panel


def test_ctrl_b_opens_the_panel_and_closes_it(window, person):
    person.strikes(window, "Ctrl+B")
    dock = window.instruments.docks["queue"]
    assert dock.isVisible()
    assert dock.panel.summary.text().startswith("Nothing is queued")
    person.strikes(window, "Ctrl+B")
    assert not dock.isVisible()


def test_this_photo_is_queued_by_what_the_dialog_says(window, person, make_photo, folder, qtbot):
    person.opens_and_waits(window, make_photo())
    person.strikes(window, "Ctrl+Shift+B")
    dialog = window.findChild(ExportDialog)
    assert dialog.export_button.text() == "Add to queue"
    dialog.folder.setText(str(folder))
    dialog.boxes[Part.VIDEO].setChecked(False)
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_finished(window))
    assert (folder / "a photo.png" / "sharp.tif").exists()
    assert window.parts.notices.texts[-1] == "The queue is finished: 1 done."


def test_it_is_written_as_it_was_chosen_when_it_was_queued(
    window, person, engine, make_photo, folder, qtbot
):
    person.opens_and_waits(window, make_photo())
    window.commands["photo.reverse"].trigger()
    person.sees_results(window)
    window.queue_desk.queue_photo(ExportRequest(folder, SHARP, still="png"))
    window.commands["photo.reverse"].trigger()
    qtbot.waitUntil(lambda: is_finished(window))
    assert any(options.reverse for options in engine.asked[-2:])
    person.sees_results(window)


def test_a_bad_photo_in_the_middle_stops_nothing(window, entries, panel, qtbot):
    first, bad, last = entries("first.png", "bad.png", "last.png")
    bad.photo.write_text("no picture at all")
    window.queue_desk.queueing.add([first, bad, last])
    qtbot.waitUntil(lambda: is_finished(window))
    assert states(window) == {"first.png": "done", "bad.png": "failed", "last.png": "done"}
    assert window.parts.notices.texts == ["The queue is finished: 2 done, 1 failed."]
    panel.list.choose(2)
    assert "bad.png" in panel.sentence.text()


def test_failed_photos_are_tried_again_in_their_places(
    window, entries, make_photo, panel, folder, qtbot
):
    bad, good = entries("bad.png", "good.png")
    bad.photo.write_text("no picture at all")
    queueing(window).add([bad, good])
    qtbot.waitUntil(lambda: is_finished(window))
    make_photo("bad.png")
    qtbot.mouseClick(panel.retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_finished(window))
    assert states(window) == {"bad.png": "done", "good.png": "done"}
    assert not panel.retry.isEnabled()
    qtbot.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    assert not queueing(window).queue.entries
    assert (folder / "bad.png" / "sharp.png").exists(), "files stay"


def test_a_paused_queue_rests_and_goes_on(window, engine, entries, panel, folder, qtbot):
    engine.open.clear()
    queueing(window).add(entries("a.png", "b.png"))
    qtbot.waitUntil(engine.waiting.is_set)
    qtbot.mouseClick(panel.pause, Qt.MouseButton.LeftButton)
    assert panel.pause.text() == "Go on"
    assert panel.list.words(1) == "rests"
    assert window.commands["queue.pause"].isChecked()
    engine.open.set()
    window.bridge.ask("io", lambda _: None, key="x", done=lambda _: None)
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert states(window) == {"a.png": "running", "b.png": "waiting"}
    window.commands["queue.pause"].trigger()
    qtbot.waitUntil(lambda: is_finished(window))
    assert states(window) == {"a.png": "done", "b.png": "done"}


def test_what_is_on_screen_goes_first(window, person, engine, entries, make_photo, qtbot):
    engine.open.clear()
    queueing(window).add(entries("queued.png"))
    qtbot.waitUntil(engine.waiting.is_set)
    person.opens(window, make_photo("on screen.png"))
    qtbot.waitUntil(lambda: engine.threads == ["blurstudio-queue", "blurstudio-compute"])
    label = window.parts.status.jobs.label
    qtbot.waitUntil(lambda: label.text().startswith("Analysis"))
    assert "1 more waiting" in label.text()
    engine.open.set()
    person.sees_results(window)
    qtbot.waitUntil(lambda: is_finished(window))


def test_the_order_is_changed_by_the_buttons(window, entries, panel, qtbot):
    queueing(window).pause(True)
    queueing(window).add(entries("a.png", "b.png", "c.png"))
    panel.list.choose(3)
    assert not panel.down.isEnabled()
    qtbot.mouseClick(panel.up, Qt.MouseButton.LeftButton)
    assert list(states(window)) == ["a.png", "c.png", "b.png"]
    assert panel.list.chosen == 3, "it stays chosen"
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert list(states(window)) == ["a.png", "b.png"]


def test_the_photo_at_work_can_be_removed(window, engine, entries, panel, folder, qtbot):
    engine.open.clear()
    queueing(window).add(entries("a.png", "b.png"))
    qtbot.waitUntil(engine.waiting.is_set)
    panel.list.choose(1)
    qtbot.mouseClick(panel.remove, Qt.MouseButton.LeftButton)
    assert states(window) == {"b.png": "running"}
    engine.open.set()
    qtbot.waitUntil(lambda: is_finished(window))
    assert [path.name for path in folder.iterdir()] == ["b.png"]


def test_cancel_in_the_list_of_jobs_stops_one_photo_only(window, engine, entries, qtbot):
    engine.open.clear()
    queueing(window).add(entries("a.png", "b.png"))
    jobs = window.parts.status.jobs
    qtbot.waitUntil(lambda: engine.waiting.is_set() and "a.png" in jobs.label.text())
    qtbot.mouseClick(jobs.cancel_button, Qt.MouseButton.LeftButton)
    engine.open.set()
    qtbot.waitUntil(lambda: is_finished(window))
    assert states(window) == {"a.png": "failed", "b.png": "done"}
    assert "Stopped" in queueing(window).queue.find(1).sentence


def test_after_a_crash_the_next_start_goes_on(make_window, engine, entries, folder, qtbot):
    before = Queue().add(entries("done.png", "half.png", "new.png"))
    from blurstudio.session.queue import Outcome

    before = before.begin(1).end(1, Outcome(State.DONE)).begin(2)
    store.save(store.queue_file(), before)
    window = make_window()
    assert window.parts.notices.texts == ["The queue goes on where it was: 2 to do."]
    qtbot.waitUntil(lambda: is_finished(window))
    assert states(window) == {"done.png": "done", "half.png": "done", "new.png": "done"}
    assert sorted(path.name for path in folder.iterdir()) == ["half.png", "new.png"]


def test_closing_the_window_keeps_the_rest_for_the_next_start(
    make_window, engine, entries, folder, qtbot
):
    window = make_window()
    engine.open.clear()
    queueing(window).add(entries("a.png", "b.png"))
    qtbot.waitUntil(engine.waiting.is_set)
    window.close_now()
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    engine.open.set()
    again = make_window()
    qtbot.waitUntil(lambda: is_finished(again))
    assert states(again) == {"a.png": "done", "b.png": "done"}


def test_a_queue_that_was_paused_stays_paused(make_window, engine, entries, qtbot):
    window = make_window()
    queueing(window).pause(True)
    queueing(window).add(entries("a.png"))
    window.close()
    assert not window.isVisible(), "nothing is lost: nobody is asked"
    again = make_window()
    assert states(again) == {"a.png": "waiting"}
    assert "paused" in again.parts.notices.texts[0]
    again.commands["queue.pause"].trigger()
    qtbot.waitUntil(lambda: is_finished(again))


def test_of_two_windows_only_the_first_has_the_queue(make_window, engine, entries, qtbot):
    first = make_window()
    queueing(first).pause(True)
    assert queueing(first).add(entries("a.png"))
    qtbot.waitUntil(lambda: not first.bridge.is_busy("save queue"))
    second = make_window()
    assert not queueing(second).queue.entries
    assert not queueing(second).add(entries("b.png"))
    second.queue_desk.queue_photo(ExportRequest(Path("/nowhere")))
    second.close()
    assert len(json.loads(store.queue_file().read_text())["entries"]) == 1


def test_a_damaged_queue_is_said_and_kept(make_window, engine):
    store.queue_file().parent.mkdir(parents=True)
    store.queue_file().write_text("{")
    window = make_window()
    assert "damaged" in window.parts.notices.texts[0]
    assert store.queue_file().with_name("queue.json.aside").read_text() == "{"


@pytest.mark.parametrize(
    ("conflict", "state", "names"),
    [
        (Conflict.SKIP, "skipped", ["a.png"]),
        (Conflict.NUMBER, "done", ["a.png", "a.png (2)"]),
        (Conflict.OVERWRITE, "done", ["a.png"]),
    ],
)
def test_where_results_lie_the_policy_decides(
    window, entries, folder, qtbot, conflict, state, names
):
    (folder / "a.png").mkdir()
    (folder / "a.png" / "sharp.png").write_text("of another time")
    queueing(window).add(entries("a.png", conflict=conflict))
    qtbot.waitUntil(lambda: is_finished(window))
    assert states(window) == {"a.png": state}
    assert sorted(path.name for path in folder.iterdir()) == names
    kept = (folder / "a.png" / "sharp.png").read_bytes() == b"of another time"
    assert kept == (conflict is not Conflict.OVERWRITE)


def test_a_window_in_the_background_asks_for_attention(window, entries, qtbot, monkeypatch):
    called = []
    monkeypatch.setattr(QApplication, "alert", staticmethod(called.append))
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    queueing(window).add(entries("a.png"))
    qtbot.waitUntil(lambda: is_finished(window))
    assert called == [window]
