"""The window under a hand: leaks fail tests, the engine answers at once, photos are small."""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

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


@dataclass
class Engine:
    """Stands in for the networks: the sharp picture is the photo, everything moves 8 px right.

    A deconvolution is as bright as it is strong.

    Attributes
    ----------
    open
        While cleared, analyses wait (and listen for a cancel).
    threads
        Names of the threads that computed.
    sizes
        (H, W) of the photos that were analysed.
    asked
        The choices that were computed, one after the other.
    faults
        Says for choices which error computing them raises, or None.
    blank
        Whether photos are taken to show nothing that motion could be read from.
    """

    open: threading.Event = field(default_factory=threading.Event)
    waiting: threading.Event = field(default_factory=threading.Event)
    threads: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    cancelled: int = 0
    fault: Exception | None = None
    faults: object = staticmethod(lambda options: None)
    motion: float = 8.0
    blank: bool = False

    def __post_init__(self):
        self.open.set()

    def new_analysis(self, photo, options):
        """Take the place of `work.new_analysis`."""
        from blurstudio.engine.pictures import reduced_photo

        if options.max_side is not None:
            photo = reduced_photo(photo, options.max_side)
        return Answer(self, photo, options)


class Refined:
    """What the app asks of `engine.Refinement`."""

    sentence = "Refined by a test."


class Preview:
    """What the app asks of `engine.DeconvolutionPreview`."""

    def __init__(self, analysis):
        self.analysis = analysis
        self.most = 0.0

    def ready(self, strength):
        return strength <= self.most

    def picture(self, strength, cancel):
        self.most = max(self.most, strength)
        import torch

        return torch.from_numpy(self.analysis.picture(strength)).permute(2, 0, 1)


class Answer:
    """What the app asks of `engine.Analysis`."""

    def __init__(self, engine, photo, options):
        import torch

        from blurstudio.exposure.trajectory import Trajectory

        self.engine = engine
        self.photo = photo
        self.options = options
        flow = torch.zeros(2, *photo.size)
        flow[0] = engine.motion
        trajectory = Trajectory.from_flow(flow)
        turned = options.reverse != bool(len(options.flips) % 2)
        self.directed = trajectory.reversed() if turned else trajectory
        self.edits = ()
        self.blending = None
        self.refinement = Refined() if options.refine != "off" else None
        self.notes = (*photo.notes, "Made by a test.")
        self.seconds = {"motion": 0.1, "sharp": 0.2, "reblur": 0.3}
        self.provenance = {
            "models": {"motion": {"name": "test motion"}, "deblur": {"name": "test deblur"}}
        }

    def compute(self, progress=None, cancel=None):
        from blurstudio.errors import Cancelled
        from blurstudio.sentences import sentence

        self.engine.threads.append(threading.current_thread().name)
        self.engine.sizes.append(self.photo.size)
        self.engine.asked.append(self.options)
        progress(0.25, sentence("Reading the motion"))
        if self.options.refine != "off":
            self.on_paths(self.trajectory.scaled(2.0))
        self.engine.waiting.set()
        while not self.engine.open.wait(0.005):
            try:
                cancel.raise_if_cancelled()
            except Cancelled:
                self.engine.cancelled += 1
                raise
        if self.engine.fault is not None:
            raise self.engine.fault
        if (fault := self.engine.faults(self.options)) is not None:
            raise fault
        return self

    def changed(self, options):
        return self.engine.new_analysis(self.photo, options)

    def edited(self, edits):
        other = self.changed(self.options)
        other.edits, other.blending = tuple(edits), self.blending
        return other

    def blended(self, blending):
        other = self.edited(self.edits)
        other.blending = blending
        return other

    def seen(self, pixels):
        from blurstudio.engine.blending import lay_over

        return lay_over(pixels, self.photo.pixels, self.blending)

    @property
    def trajectory(self):
        from blurstudio.exposure.edits import edited

        return edited(self.directed, self.edits)

    def picture(self, strength):
        return np.full_like(self.photo.pixels, strength)

    @property
    def report(self):
        from blurstudio.exposure.report import ReblurReport

        return ReblurReport(38.21, 1.63, self.engine.motion, self.engine.motion > 0)

    @property
    def verdict(self):
        from blurstudio.engine.verdict import verdict_on

        return replace(verdict_on(self.photo, self.trajectory), blank=self.engine.blank)

    @property
    def sharp(self):
        if self.options.deblurrer == "deconvolution":
            return self.seen(self.picture(self.options.strength))
        return self.photo.pixels

    @property
    def flow(self):
        return np.full((*self.photo.size, 2), (self.engine.motion, 0), np.float32)

    @property
    def longest_flow(self):
        return self.engine.motion

    def reblurred_part(self, rows, columns):
        return self.photo.pixels[rows, columns]

    def frames(self, count, interval=(-0.5, 0.5), size=None):
        self.engine.threads.append(threading.current_thread().name)
        for time in np.linspace(*interval, count):
            moved = np.roll(self.photo.pixels, round(time * self.engine.motion), axis=1)
            yield moved if size is None else cv2.resize(moved, size[::-1])

    def exposed(self, interval=(-0.5, 0.5)):
        return self.photo.pixels

    @property
    def flow_picture(self):
        return np.full((*self.photo.size, 3), (255, 0, 0), np.uint8)

    overlay_picture = flow_picture

    @property
    def residual(self):
        return np.full((*self.photo.size, 3), 0.02, np.float32)

    @property
    def residual_picture(self):
        return np.full((*self.photo.size, 3), 127, np.uint8)


@pytest.fixture
def engine(monkeypatch):
    """Let the window work with an engine that answers at once, or when it is told to."""
    from blurstudio.app import work
    from blurstudio.app.sharp import strength_work

    made = Engine()
    monkeypatch.setattr(work, "new_analysis", made.new_analysis)
    monkeypatch.setattr(strength_work, "new_preview", Preview)
    yield made
    made.open.set()


class Person:
    """What a person does with a window, and what they wait for."""

    def __init__(self, qtbot):
        self.bot = qtbot

    def opens(self, window, path):
        """Open a photo and wait until it is shown."""
        with self.bot.waitSignal(window.controller.photo_opened):
            window.open_paths([path])

    def sees_results(self, window):
        """Wait for the full result."""
        self.bot.waitUntil(lambda: window.controller.is_shown and not window.controller.running)
        self.bot.waitUntil(lambda: not window.parts.status.jobs.jobs)
        self.bot.waitUntil(lambda: not window.bridge.is_busy("flow"))
        self.bot.waitUntil(lambda: window.showing.is_done)
        # The flow is on its way from the lane by now: let it be heard.
        QCoreApplication.processEvents()

    def opens_and_waits(self, window, path):
        """Open a photo and wait for its full result."""
        self.opens(window, path)
        self.sees_results(window)

    def drops(self, window, paths, on=None):
        """Drop files on a widget of the window; returns whether they were accepted."""
        target = on or window
        while not target.acceptDrops():
            target = target.parentWidget()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        keys = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(50, 50).toPoint(), *how, keys)
        enter.ignore()
        QApplication.sendEvent(target, enter)
        if enter.isAccepted():
            QApplication.sendEvent(target, QDropEvent(QPointF(50, 50), *how, keys))
        return enter.isAccepted()

    def strikes(self, window, *keys):
        """Strike keys over the canvas, each "1" or with modifiers as in "Shift+Y"."""
        from PySide6.QtGui import QKeySequence

        for name in keys:
            stroke = QKeySequence.fromString(name)[0]
            self.bot.keyClick(window.parts.canvas, stroke.key(), stroke.keyboardModifiers())


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
def folder(tmp_path):
    """Return an empty folder to export into."""
    made = tmp_path / "exports"
    made.mkdir()
    return Path(made)
