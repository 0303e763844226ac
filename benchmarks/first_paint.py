"""Started as a program of its own: opens the window and says when it was first painted.

Prints JSON: the moment on the system's steady clock, and which heavy modules were loaded by then.
How long that took is worked out by whoever started it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from blurstudio.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = ("torch",)


class PaintWatcher(QObject):
    """Tells of every paint of the main window, when everything in it is painted."""

    painted = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        # At this one only: a filter in Python for all events of a start takes as long as painting.
        windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow))
        self._window = next(windows)
        self._window.installEventFilter(self)

    def stop(self) -> None:
        """Look at no more events."""
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at an event and let it pass."""
        if event.type() is QEvent.Type.Paint:
            # After this turn of the loop everything in the window is painted.
            QTimer.singleShot(0, self.painted.emit)
        return False


class _Reporter(QObject):
    """Reports the first paint and ends the program."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        PaintWatcher(application).painted.connect(self._report)

    def _report(self) -> None:
        painted = time.monotonic()
        loaded = [name for name in HEAVY if name in sys.modules]
        print(json.dumps({"painted": painted, "loaded": loaded}), flush=True)
        # Work in the background is none of ours; nothing here is worth a tidy end.
        os._exit(0)


def watch_first_application(watcher: Callable[[QApplication], QObject]) -> None:
    """Have a watcher made for the application at the moment when its loop starts."""
    run = QApplication.exec

    def watched_run(*_: object) -> int:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise RuntimeError("the loop was started without an application")
        watched_run.watcher = watcher(application)  # type: ignore[attr-defined]
        return run()

    QApplication.exec = staticmethod(watched_run)  # type: ignore[method-assign]


if __name__ == "__main__":
    watch_first_application(_Reporter)
    sys.exit(main(sys.argv[1:]))
