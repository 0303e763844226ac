"""Crashes that take the whole process with them: written down by Python, said at the next start.

Mistakes that Python itself can catch are in `faults.py`.
"""

from __future__ import annotations

import contextlib
import faulthandler
from typing import TYPE_CHECKING

from blurstudio.locations import user_cache_dir

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

_MOST_CHARACTERS = 20_000


def crash_file() -> Path:
    """Path of what a crash leaves behind; it may not exist."""
    return user_cache_dir() / "crash.log"


def _kept_file() -> Path:
    return user_cache_dir() / "crash-last.log"


class CrashWatch:
    """Lets a crash of this process leave a trace, and finds the trace of one before.

    Attributes
    ----------
    found
        Whether the process before ended in a crash.
    """

    def __init__(self) -> None:
        self.found = False
        self._file: TextIO | None = None

    def start(self) -> None:
        """Begin to watch; without a writable folder nothing is watched."""
        path = crash_file()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.found = path.is_file() and path.stat().st_size > 0
            if self.found:
                path.replace(_kept_file())
            self._file = path.open("w", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(self._file)

    def stop(self) -> None:
        """End the watch; an end in good order leaves nothing behind."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            crash_file().unlink()


def crash_text() -> str:
    """Return what the last crash left behind; nothing where there was none."""
    try:
        text = _kept_file().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return text[:_MOST_CHARACTERS].strip()
