"""Queue and export of the window keep to one writer at a time in a folder of results."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt

from blurstudio.app.export import ExportRequest, Part
from blurstudio.engine.export import write as engine_write
from blurstudio.errors import ExportError
from blurstudio.session.folder_lock import LOCK, refuse_locked
from blurstudio.session.queue import Entry, State

SHARP = frozenset({Part.SHARP})


@dataclass
class SlowDisk:
    """Writing begins, and goes on when it is told to, or fails."""

    begun: threading.Event = field(default_factory=threading.Event)
    goes_on: threading.Event = field(default_factory=threading.Event)
    fault: Exception | None = None

    def writing(self, write):
        def write_slowly(analysis, request, progress, cancel, extras):
            self.begun.set()
            while not self.goes_on.wait(0.005):
                cancel.raise_if_cancelled()
            if self.fault is not None:
                raise self.fault
            return write(analysis, request, progress, cancel, extras)

        return write_slowly


@pytest.fixture
def disk(monkeypatch):
    """Let everything be written to a slow disk."""
    made = SlowDisk()
    monkeypatch.setattr(engine_write, "write_export", made.writing(engine_write.write_export))
    yield made
    made.goes_on.set()


@pytest.fixture
def home(folder):
    """Return the folder of a photo's results."""
    return folder / "a.png"


@pytest.fixture
def entry(make_photo, folder):
    """Return a photo to be queued, whose results take the place of those that are there."""
    return Entry(make_photo("a.png"), ExportRequest(folder, SHARP, still="png"))


@pytest.fixture
def queueing(window):
    """Return the queue at work."""
    return window.queue_desk.queueing


def ends(queueing, qtbot):
    """Wait until nothing is left to do; returns the only entry."""
    qtbot.waitUntil(lambda: not queueing.queue.left)
    (entry,) = queueing.queue.entries
    return entry


def test_a_folder_that_another_run_writes_into_is_left_alone_and_tried_again(
    window, queueing, engine, entry, home, another_process, qtbot
):
    window.commands["view.queue"].trigger()
    panel = window.instruments.docks["queue"].panel
    home.mkdir()
    (home / LOCK).write_text(str(another_process))
    queueing.add([entry])
    assert ends(queueing, qtbot).state is State.FAILED
    assert not engine.asked, "told before anything is computed"
    panel.list.choose(1)
    assert f"Blur Studio is writing into {home} already" in panel.sentence.text()
    assert [path.name for path in home.iterdir()] == [LOCK]
    (home / LOCK).unlink()
    qtbot.mouseClick(panel.retry, Qt.MouseButton.LeftButton)
    assert ends(queueing, qtbot).state is State.DONE
    assert [path.name for path in home.iterdir()] == ["sharp.png"]


def test_while_the_queue_writes_nobody_else_does(
    window, queueing, person, entry, disk, folder, home, qtbot
):
    queueing.add([entry])
    qtbot.waitUntil(disk.begun.is_set)
    with pytest.raises(ExportError, match="is writing into"):
        refuse_locked(home)
    disk.goes_on.set()
    assert ends(queueing, qtbot).state is State.DONE
    refuse_locked(home)
    assert [path.name for path in home.iterdir()] == ["sharp.png"]


def test_an_export_keeps_out_of_the_folder_the_queue_is_writing_into(
    window, queueing, person, make_photo, entry, disk, folder, home, qtbot
):
    person.opens_and_waits(window, entry.photo)
    queueing.add([entry])
    qtbot.waitUntil(disk.begun.is_set)
    window.controller.export(ExportRequest(folder, SHARP, still="png"))
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert f"Blur Studio is writing into {home} already" in window.parts.notices.texts[0]
    disk.goes_on.set()
    assert ends(queueing, qtbot).state is State.DONE
    with qtbot.waitSignal(window.controller.exported):
        window.controller.export(ExportRequest(folder, SHARP, still="png"))
    assert [path.name for path in home.iterdir()] == ["sharp.png"]


def test_the_folder_is_free_again_after_a_failure(queueing, entry, disk, home, qtbot):
    disk.fault = ExportError("The disk is full.")
    disk.goes_on.set()
    queueing.add([entry])
    assert ends(queueing, qtbot).sentence == "The disk is full."
    assert not list(home.iterdir())


def test_the_folder_is_free_again_after_a_cancel(window, queueing, entry, disk, home, qtbot):
    queueing.add([entry])
    jobs = window.parts.status.jobs
    qtbot.waitUntil(lambda: disk.begun.is_set() and "a.png" in jobs.label.text())
    qtbot.mouseClick(jobs.cancel_button, Qt.MouseButton.LeftButton)
    assert ends(queueing, qtbot).state is State.FAILED
    qtbot.waitUntil(lambda: not list(home.iterdir()))


def test_the_folder_is_free_again_after_closing(make_window, engine, entry, disk, home, qtbot):
    window = make_window()
    window.queue_desk.queueing.add([entry])
    qtbot.waitUntil(disk.begun.is_set)
    assert (home / LOCK).exists()
    window.close_now()
    assert not list(home.iterdir())
    disk.goes_on.set()
    assert ends(make_window().queue_desk.queueing, qtbot).state is State.DONE
    assert [path.name for path in home.iterdir()] == ["sharp.png"]


def test_an_export_of_the_window_is_told_of_another_run(
    window, person, entry, folder, home, another_process, qtbot
):
    person.opens_and_waits(window, entry.photo)
    home.mkdir()
    (home / LOCK).write_text(str(another_process))
    window.controller.export(ExportRequest(folder, SHARP))
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "wait until that is done" in window.parts.notices.texts[0]
    assert [path.name for path in home.iterdir()] == [LOCK]
