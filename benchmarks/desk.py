"""A person at the window, for measuring: opens, waits, scrubs, draws, takes back, exports, closes.

Everything goes through the window's own ways; what is measured meanwhile is the callers' business.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.photos import SEED
from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.launch.interpreter import suit_a_window
from blurstudio.app.window import MainWindow
from blurstudio.errors import BlurStudioError
from blurstudio.session.regions import Edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from blurstudio.engine.options import AnalysisOptions

_PATIENCE = 1800.0
_LEFT = Qt.MouseButton.LeftButton
_STEPS = 24


def isolated(home: Path) -> None:
    """Keep a person's own settings and documents out of it; before anything of Qt is made."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Offscreen, Qt warns of every hint that it can not pass on to a screen.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    os.environ["HOME"] = str(home)
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(home / kind.lower())


def application() -> QApplication:
    """Return the application; there is one in a process."""
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([])


def plain_picture(height: int, width: int, seed: int = SEED) -> npt.NDArray[np.uint8]:
    """Make a picture of soft noise, (H, W, 3) uint8, as fast as a large one can be made."""
    cells = np.random.default_rng(seed).integers(
        0, 256, (max(2, height // 12), max(2, width // 12), 3), dtype=np.uint8
    )
    return cv2.resize(cells, (width, height), interpolation=cv2.INTER_LINEAR)


class Desk:
    """A window of its own and a hand at it.

    Parameters
    ----------
    folder
        For its settings.
    options
        How photos are analysed.
    """

    def __init__(self, folder: Path, options: AnalysisOptions) -> None:
        self.app = application()
        suit_a_window()
        self.window = MainWindow(folder / "settings.toml")
        self.window.controller.use_defaults(options)
        self._problem = ""
        # Waits sleep until there is an event; this one comes whatever else does.
        self._clock = QTimer(self.window)
        self._clock.start(10)
        self.window.bridge.failed.connect(self._complain)
        self.window.bridge.crashed.connect(self._complain)
        self.window.resize(1400, 900)
        self.window.show()
        self.window.draw_ahead()
        self.window.get_ready()
        self.canvas = self.window.parts.canvas

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something is so.

        Raises
        ------
        BlurStudioError
            If the window said that something went wrong, or it takes half an hour.
        """
        end = time.monotonic() + _PATIENCE
        while not until():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if self._problem:
                raise BlurStudioError(f"The window said: {self._problem}")
            if time.monotonic() > end:
                raise BlurStudioError("The window did not come to an end in half an hour.")

    def rest(self, seconds: float) -> None:
        """Do nothing for a while; the window goes on."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end)

    def opens(self, photo: Path) -> None:
        """Open a photo and wait until it is seen."""
        before = self.window.controller.opened
        self.window.open_paths([photo])
        self.wait(lambda: self.window.controller.opened is not before)
        self.app.processEvents()

    def sees_results(self) -> None:
        """Wait for the full result and all that follows from it."""
        controller = self.window.controller
        self.wait(lambda: controller.is_shown and not controller.running)
        self.settles()

    def settles(self) -> None:
        """Wait until no job is left, and what came of them is seen."""
        self.wait(lambda: self.window.bridge.is_idle and self.window.showing.is_done)
        self.app.processEvents()

    def scrubs(self, moments: int, pause: float = 1 / 60) -> None:
        """Drag the timeline from end to end."""
        for time_ in np.linspace(-0.5, 0.5, moments):
            self.window.parts.timeline.time = float(time_)
            self.rest(pause)

    def draws_region(self) -> None:
        """Draw a rectangle over a quarter of the photo, as a hand does."""
        self.window.commands["tool.rectangle"].trigger()
        height, width = self.canvas.picture_size or (1, 1)
        corners = [QPointF(width * part, height * part) for part in (0.25, 0.75)]
        start, stop = (self.canvas.from_picture(corner).toPoint() for corner in corners)
        QTest.mousePress(self.canvas, _LEFT, pos=start)
        for step in range(1, _STEPS + 1):
            QTest.mouseMove(self.canvas, start + (stop - start) * step / _STEPS)
            self.rest(1 / 60)
        QTest.mouseRelease(self.canvas, _LEFT, pos=stop)
        self.window.commands["tool.view"].trigger()

    def edits(self) -> None:
        """Let nothing move in the region that is chosen, and wait for what follows."""
        self.window.parts.panel.regions.fields.edit.pick(Edit.FREEZE)
        self.settles()

    def takes_back(self, times: int) -> None:
        """Undo the last things done, and wait for what follows."""
        for _ in range(times):
            self.window.commands["edit.undo"].trigger()
        self.settles()

    def stops(self) -> None:
        """Stop the analysis."""
        self.window.controller.stop()
        self.rest(0.1)

    def wanders(self) -> None:
        """Fit, go to actual size, pan there, go near enough to read pixels, and come back."""
        for zoom in (1.0, 8.0, 48.0, 0.5):
            self.canvas.set_zoom(zoom)
            for step in range(_STEPS):
                self.canvas.pan(QPointF(17.0, 9.0) if step < _STEPS / 2 else QPointF(-23.0, 5.0))
                self.rest(1 / 60)
        self.canvas.fit()
        self.rest(1 / 60)

    def exports(self, folder: Path) -> None:
        """Write the sharp picture, a video and the figures, and wait for them."""
        parts = frozenset({Part.SHARP, Part.VIDEO, Part.FIGURES})
        self.window.controller.export(ExportRequest(folder, parts))
        self.settles()

    def closes(self) -> None:
        """Close the window, whatever it does."""
        self.window.close_now()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.app.processEvents()

    def _complain(self, sentence: str) -> None:
        self._problem = sentence
