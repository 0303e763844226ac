"""Faults nobody foresaw: a notice with the log to copy, and what is left out of it; "About"."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

from blurstudio import __version__
from blurstudio.app.launch import crashes, faults, log_text
from blurstudio.app.launch.log_text import stripped
from blurstudio.app.launch.versions import versions

LEFT = Qt.MouseButton.LeftButton


def offered(window):
    """Return the texts of the buttons of all notices."""
    return [button.text() for button in window.parts.notices.findChildren(QPushButton)]


def press(qtbot, parent, text):
    """Press a button by its text."""
    buttons = parent.findChildren(QPushButton)
    button = next(button for button in buttons if button.text().replace("&", "") == text)
    qtbot.mouseClick(button, LEFT)


@pytest.fixture
def log():
    """Write to the log as the app does."""
    handler = faults.start_log()
    yield logging.getLogger("blurstudio.app")
    faults.stop_log(handler)


def test_a_job_that_breaks_is_said_without_blocking_and_the_log_can_be_copied(
    window, person, engine, make_photo, log, qtbot
):
    engine.fault = ZeroDivisionError("no way")
    person.opens(window, make_photo())
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "ZeroDivisionError: no way" in window.parts.notices.texts[0]
    assert window.isEnabled()
    press(qtbot, window.parts.notices, "Copy the log")
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: no way" in copied
    assert "Traceback" in copied
    assert f"Blur Studio {__version__}" in copied
    assert "nothing was sent" in window.parts.notices.texts[-1]


def test_an_error_with_a_sentence_for_the_person_offers_no_log(window, person, tmp_path, qtbot):
    window.open_paths([tmp_path / "nowhere.png"])
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert offered(window) == []


def test_home_folders_are_left_out_of_what_is_copied(log, monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "ada")
    log.error("can't read %s", tmp_path / "ada" / "photos" / "x.jpg")
    copied = log_text.log_text()
    assert str(tmp_path / "ada") not in copied
    assert "can't read ~" in copied


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("in /home/ada/x.jpg", "in ~/x.jpg"),
        ("'/home/ada'", "'~'"),
        ("in /home/adalbert/x.jpg", "in /home/adalbert/x.jpg"),
        ("in /media/ada/disk/x.jpg", "in /media/<user>/disk/x.jpg"),
        ("ada said so", "ada said so"),
        ("in /HOME/ada/x", "in ~/x"),
    ],
)
def test_names_are_stripped_from_paths_and_from_nothing_else(text, clean):
    assert stripped(text, Path("/home/ada"), "ada") == clean


def test_only_the_end_of_a_long_log_is_copied(log):
    for number in range(500):
        log.error("line %d.", number)
    copied = log_text.log_text()
    assert "line 499." in copied
    assert "line 100." not in copied


def test_without_a_log_that_is_said(window):
    window.commands["help.log"].trigger()
    assert "The log is empty." in QGuiApplication.clipboard().text()


def test_about_names_versions_that_can_be_copied(window, qtbot):
    window.commands["help.about"].trigger()
    box = window.findChild(QMessageBox)
    for name, version in versions():
        assert name in box.informativeText()
        assert version in box.informativeText()
    assert "PyTorch" in box.informativeText()
    press(qtbot, box, "Copy versions")
    assert box.isVisible()
    assert f"Blur Studio {__version__}" in QGuiApplication.clipboard().text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)


def test_asking_for_versions_imports_nothing_heavy():
    code = "import sys; from blurstudio.app.launch.versions import versions; versions();"
    code += "print('torch' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


CRASH = """
import ctypes, sys
from blurstudio.app.launch.crashes import CrashWatch
watch = CrashWatch()
watch.start()
print(watch.found, flush=True)
if sys.argv[1] == "crash":
    import os, resource, signal
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.kill(os.getpid(), signal.SIGSEGV)
watch.stop()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_crash_of_the_process_is_found_at_the_next_start():
    def start(how):
        run = subprocess.run(
            [sys.executable, "-c", CRASH, how],
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
        return run.stdout.strip()

    assert start("crash") == "False"
    assert start("well") == "True"
    assert start("well") == "False"
    assert "Segmentation fault" in crashes.crash_text()
    assert "Segmentation fault" in log_text.log_text()


def test_a_crash_before_is_said_at_the_start(window, qtbot):
    window.program.reporting.show_crash_before()
    assert "ended unexpectedly last time" in window.parts.notices.texts[0]
    assert offered(window) == ["Copy the log"]


def test_without_a_folder_for_it_no_crash_is_watched():
    crashes.crash_file().parent.parent.mkdir(parents=True)
    crashes.crash_file().parent.write_text("a file in the way")
    watch = crashes.CrashWatch()
    watch.start()
    watch.stop()
    assert not watch.found
