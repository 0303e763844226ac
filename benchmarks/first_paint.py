"""Started as a program of its own: opens the window and says when it was first painted.

Prints JSON: the moment on the system's steady clock, and which heavy modules were loaded by then.
How long that took is worked out by whoever started it.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from blurstudio.cli import main

HEAVY = ("torch",)


class _Watcher(QObject):
    """Waits for the first paint of the main window, then ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at an event and let it pass."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, QMainWindow):
            # After this turn of the loop everything in the window is painted.
            QTimer.singleShot(0, self._report)
        return False

    def _report(self) -> None:
        painted = time.monotonic()
        loaded = [name for name in HEAVY if name in sys.modules]
        print(json.dumps({"painted": painted, "loaded": loaded}), flush=True)
        # Work in the background is none of ours; nothing here is worth a tidy end.
        os._exit(0)


def _watch_first_application() -> None:
    """Have the application watched from the moment its loop starts."""
    run = QApplication.exec

    def watched_run(*_: object) -> int:
        application = QApplication.instance()
        if application is None:
            raise RuntimeError("the loop was started without an application")
        watcher = _Watcher(application)
        application.installEventFilter(watcher)
        return run()

    QApplication.exec = staticmethod(watched_run)  # type: ignore[method-assign]


if __name__ == "__main__":
    _watch_first_application()
    sys.exit(main(sys.argv[1:]))
