"""Started as a program of its own: opens the window on a photo and closes it at the first result.

Prints JSON, one line for each moment on the system's steady clock: painted, analysed (the first
result is on show), closing. How long that took is worked out by whoever started it. A line between
tells of the longest stall from paint to result.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.first_paint import PaintWatcher, watch_first_application
from benchmarks.stall_watch import StallWatch
from blurstudio.cli import main

if TYPE_CHECKING:
    from blurstudio.app.window import MainWindow


_WAITING = "waiting for the first result"


class _Closer(QObject):
    """Waits for the first result, then has a second analysis begin and closes the window."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._heard = False
        self._watch = StallWatch(self)
        self._painted = PaintWatcher(application)
        self._painted.painted.connect(self._listen)

    def _listen(self) -> None:
        if self._heard:
            return
        self._heard = True
        self._painted.stop()
        say("painted")
        self._watch.start(_WAITING)
        window = _window()
        window.controller.results_ready.connect(self._analysed)

    def _analysed(self) -> None:
        _window().controller.results_ready.disconnect(self._analysed)
        # After this turn of the loop it is on show.
        QTimer.singleShot(0, self._close)

    def _close(self) -> None:
        say("analysed")
        self._watch.stop()
        stall = self._watch.longest[_WAITING]
        print(
            json.dumps({"stalled": stall.seconds, "worked": stall.worked, "where": stall.where}),
            flush=True,
        )
        window = _window()
        window.controller.analyse()
        say("closing")
        window.close_now()


def _window() -> MainWindow:
    windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow))
    return cast("MainWindow", next(windows))  # there is no other


def say(what: str) -> None:
    """Print a moment."""
    print(json.dumps({what: time.monotonic()}), flush=True)


if __name__ == "__main__":
    watch_first_application(_Closer)
    sys.exit(main(sys.argv[1:]))
