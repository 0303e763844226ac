"""Programming mistakes at run time: every one is logged, and said without blocking the work.

Exceptions in slots and threads would vanish otherwise. Errors meant for the person
(`BlurStudioError`) take the way of the jobs and don't come here.
"""

from __future__ import annotations

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from blurstudio.locations import user_cache_dir

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_log = logging.getLogger("blurstudio")
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_file() -> Path:
    """Path of the log; it may not exist yet."""
    return user_cache_dir() / "blurstudio.log"


def start_log() -> logging.Handler | None:
    """Log warnings and worse to the log file; without a writable folder there is no log."""
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_file(), maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(_FORMAT))
    _log.addHandler(handler)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Close the log that `start_log` opened."""
    if handler is not None:
        _log.removeHandler(handler)
        handler.close()


class Faults(QObject):
    """Catches what nobody else caught, in any thread, while it is installed."""

    # Emitted from the thread that failed; connect it to methods of QObjects only.
    happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take over the process's hooks."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(
        self, kind: type[BaseException], value: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value, trace)
            return
        _log.critical("nobody caught this", exc_info=(kind, value, trace))
        self.happened.emit(sentence(value))

    def _caught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None and not issubclass(caught.exc_type, SystemExit):
            self._caught(caught.exc_type, caught.exc_value, caught.exc_traceback)


def sentence(problem: BaseException) -> str:
    """Say an unforeseen mistake in one sentence."""
    words = str(problem).strip().splitlines()
    what = f"{type(problem).__name__}: {words[0]}" if words else type(problem).__name__
    return QCoreApplication.translate(
        "faults",
        "Something went wrong that Blur Studio did not foresee ({what}). Your work goes on; the "
        "details are in {file}.",
    ).format(what=what, file=log_file())
