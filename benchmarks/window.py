"""How long the window takes from the start of the process until it is painted.

Every start is a fresh process, offscreen and with settings of its own; the process itself is
`first_paint`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class WindowUp:
    """What starting the window takes.

    Parameters
    ----------
    seconds : float
        Median over the starts, from the start of the process.
    loaded : tuple of str
        Heavy modules that had been imported by then in any of them; there should be none.
    """

    seconds: float
    loaded: tuple[str, ...]


def measure_window(
    photo: Path, home: Path, starts: int, progress: Callable[[float, str], None]
) -> WindowUp:
    """Open the window some times on a photo.

    Parameters
    ----------
    photo : Path
        What it opens.
    home : Path
        Folder for its settings, so that a person's own stay as they are.
    starts : int
        Starts that count; one more comes first, to have the files in memory.
    progress : callable
        Called with fraction and text before each.
    """
    taken: list[float] = []
    loaded: set[str] = set()
    for number in range(starts + 1):
        progress(number / (starts + 1), "starting the window")
        begun = time.monotonic()
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.first_paint", str(photo)],
            cwd=ROOT,
            env=offscreen(home),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        said = json.loads(answer.stdout.splitlines()[-1])
        taken.append(said["painted"] - begun)
        loaded.update(said["loaded"])
    return WindowUp(statistics.median(taken[1:]), tuple(sorted(loaded)))


def offscreen(home: Path) -> dict[str, str]:
    """Variables for a program without a screen, with settings of its own in `home`.

    Compiled modules are kept, as they are for whoever installs it; they go below `home`.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        # Offscreen, Qt warns of every hint that it can not pass on to a screen.
        "QT_LOGGING_RULES": "default.warning=false",
    }
