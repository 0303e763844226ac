"""Closing while work runs: asked once, and nothing is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox


@pytest.fixture
def busy(window, person, engine, make_photo):
    """Return the window with an analysis that goes on and on."""
    engine.open.clear()
    person.opens(window, make_photo())
    person.bot.waitUntil(lambda: window.bridge.running == 1)
    return window


def question(window):
    """Return the question on show, or None."""
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert len(boxes) <= 1
    return boxes[0] if boxes else None


def click(qtbot, window, text):
    """Click on one of the answers."""
    button = next(b for b in question(window).buttons() if b.text().replace("&", "") == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def lanes():
    """Return the threads that work."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("blurstudio-")]


def test_without_work_nobody_is_asked(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    window.close()
    assert not window.isVisible()
    assert not lanes()


def test_a_photo_that_comes_while_the_window_closes_is_not_analysed(
    window, person, make_photo, engine
):
    person.opens_and_waits(window, make_photo("one.png"))
    asked = len(engine.asked)
    window.controller.photo_opened.connect(window.close_now, Qt.ConnectionType.QueuedConnection)
    person.opens(window, make_photo("two.png"))
    person.bot.waitUntil(lambda: not window.isVisible())
    person.bot.wait(50)
    assert len(engine.asked) == asked
    assert not lanes()


def test_with_work_a_sentence_asks(busy):
    busy.close()
    assert busy.isVisible()
    assert question(busy).text() == "A job is running: stop it and close, or keep the window open?"
    assert lanes()


def test_several_jobs_are_counted(busy, folder, person, make_photo):
    busy.bridge.ask("compute", lambda _: None, key="more", title="More", done=print)
    busy.close()
    assert question(busy).text().startswith("2 jobs are running")


def test_it_is_asked_once(busy):
    busy.close()
    first = question(busy)
    busy.close()
    assert question(busy) is first


def test_kept_open_the_work_goes_on(busy, person, engine, qtbot):
    busy.close()
    click(qtbot, busy, "Keep open")
    assert busy.isVisible()
    engine.open.set()
    person.sees_results(busy)
    busy.close()
    assert not busy.isVisible()


def test_esc_keeps_it_open(busy, qtbot):
    busy.close()
    qtbot.keyClick(question(busy), Qt.Key.Key_Escape)
    assert busy.isVisible()
    assert question(busy) is None
    busy.close()
    assert question(busy) is not None


def test_stopped_and_closed_nothing_is_left(busy, engine, qtbot):
    busy.close()
    click(qtbot, busy, "Stop and close")
    assert not busy.isVisible()
    assert engine.cancelled == 1
    assert not lanes()


def test_when_the_work_ends_meanwhile_the_window_closes(busy, engine, qtbot):
    busy.close()
    engine.open.set()
    qtbot.waitUntil(lambda: not busy.isVisible())
    assert not lanes()


def test_ctrl_c_and_the_systems_end_do_not_ask(busy):
    busy.close_now()
    assert not busy.isVisible()
    assert not lanes()


def test_a_process_with_a_long_job_ends_when_it_is_closed(make_photo):
    """The real process: closed in the middle of a job, asked, answered, gone."""
    photo = make_photo()
    code = f"""
import sys, threading
from pathlib import Path
from PySide6.QtWidgets import QApplication
from blurstudio.app.photo import work
from blurstudio.app.window import MainWindow

app = QApplication([])

class Long:
    def compute(self, progress, cancel):
        progress(0.1, "going on")
        while True:
            threading.Event().wait(0.01)
            cancel.raise_if_cancelled()

work.new_analysis = lambda photo, options: Long()
window = MainWindow(Path({str(photo.parent / "settings.toml")!r}))

def answer(id_, fraction, text):
    if text == "going on":
        window.close()
        box = window.program.closing.question
        print(box.text(), flush=True)
        next(b for b in box.buttons() if b.text() == "&Stop and close").click()

window.bridge.progressed.connect(answer)
window.show()
window.open_paths([Path({str(photo)!r})])
code = app.exec()
print([t.name for t in threading.enumerate() if t is not threading.main_thread()])
sys.exit(code)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    asked, left = run.stdout.splitlines()
    assert asked.startswith("A job is running")
    assert left == "[]"


def test_an_operator_that_cannot_be_interrupted_ends_with_the_process(make_photo):
    """Ended by the interpreter in the middle of torch, it would abort the whole process."""
    photo = make_photo()
    code = f"""
import sys
from pathlib import Path
import blurstudio.app.window as module
from blurstudio.app import run
from blurstudio.app.photo import work

module._PATIENCE = 0.1

class Deaf:
    def compute(self, progress, cancel):
        import torch
        matrix = torch.rand(300, 300)
        progress(0.1, "going on")
        while True:
            torch.linalg.svd(matrix)

work.new_analysis = lambda photo, options: Deaf()
opens = module.MainWindow.open_paths

def open_paths(window, paths):
    opens(window, paths)
    window.bridge.progressed.connect(
        lambda id_, fraction, text: text == "going on" and window.close_now()
    )

module.MainWindow.open_paths = open_paths
sys.exit(run([Path({str(photo)!r})]))
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert "terminate" not in run.stderr
