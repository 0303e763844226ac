"""The window under a hand: leaks fail tests, the engine answers at once, photos are small."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from blurstudio.app import theme
from tests.app.person import Person
from tests.app.stand_in_engine import Engine, Preview

_PATIENCE = 60_000


@pytest.fixture(autouse=True)
def _nothing_outlives_a_test(qapp, monkeypatch):
    """Fail when a thread, a running timer or a window is still there after the test."""
    threads_before = set(threading.enumerate())
    windows_before = set(QApplication.topLevelWidgets())
    started = []
    start = QTimer.start

    def remembered_start(timer, *interval):
        started.append(weakref.ref(timer))
        return start(timer, *interval)

    monkeypatch.setattr(QTimer, "start", remembered_start)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    timers = [
        timer
        for reference in started
        if (timer := reference()) is not None and Shiboken.isValid(timer) and timer.isActive()
    ]
    windows = [widget for widget in QApplication.topLevelWidgets() if widget not in windows_before]
    threads = [thread for thread in threading.enumerate() if thread not in threads_before]
    assert not timers, f"timers still run: {timers}"
    assert not windows, f"windows are still there: {windows}"
    assert not threads, f"threads still run: {threads}"


class PatientBot(QtBot):
    """Waits as long as a machine may need that has other things to do as well."""

    def waitSignal(self, signal, *, timeout=_PATIENCE, **how):
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitUntil(self, callback, *, timeout=_PATIENCE):
        return super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request):
    """Return pytest-qt's robot, with more patience."""
    return PatientBot(request)


@pytest.fixture
def make_photo(tmp_path):
    """Write a small photo of one colour with a grey square in it; returns its path."""

    def make(name="a photo.png", colour=(60, 120, 180), size=(60, 80)):
        picture = np.full((*size, 3), colour, np.uint8)
        picture[20:40, 30:50] = 128
        path = tmp_path / name
        cv2.imwrite(str(path), picture[:, :, ::-1])
        return path

    return make


@pytest.fixture
def engine(monkeypatch):
    """Let the window work with an engine that answers at once, or when it is told to."""
    from blurstudio.app.photo import work
    from blurstudio.app.sharp import strength_work

    made = Engine()
    monkeypatch.setattr(work, "new_analysis", made.new_analysis)
    monkeypatch.setattr(strength_work, "new_preview", Preview)
    yield made
    made.open.set()


@pytest.fixture
def person(qtbot):
    """Return a person with a hand on the window."""
    return Person(qtbot)


@pytest.fixture
def settings_file(tmp_path):
    """Return where the window under test keeps its settings."""
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def make_window(qtbot, settings_file):
    """Start the window, as often as a person would."""
    from blurstudio.app.window import MainWindow

    def make() -> MainWindow:
        window = MainWindow(settings_file)
        # A test may end with work that still runs; nobody is there to be asked.
        qtbot.addWidget(window, before_close_func=MainWindow.finish_work)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        window.parts.canvas.setFocus()
        return window

    return make


@pytest.fixture
def window(make_window, engine):
    """Return a window on an engine that answers at once."""
    return make_window()


@pytest.fixture
def dress(qapp):
    """Return a function that dresses the app; afterwards it is as it was, in dark colours."""
    style, palette = qapp.style().objectName(), qapp.palette()
    yield lambda look: theme.apply(qapp, look)
    theme.apply(qapp)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setStyle(style)
    qapp.styleHints().unsetColorScheme()


@pytest.fixture(params=[theme.DARK, theme.LIGHT])
def look(dress, request):
    """Dress the app in each look."""
    dress(request.param)
    return request.param


@pytest.fixture
def folder(tmp_path):
    """Return an empty folder to export into."""
    made = tmp_path / "exports"
    made.mkdir()
    return Path(made)
