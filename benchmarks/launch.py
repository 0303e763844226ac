"""How long it takes from launch to paint and to the first result, and from closing to the end.

Every launch is a fresh process, offscreen and with settings of its own; the process itself is
`launched`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.window import ROOT, offscreen
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SAID = ("painted", "analysed", "closing", "stalled", "worked")


@dataclass(frozen=True)
class Launch:
    """Medians over the launches, s.

    Parameters
    ----------
    painted, analysed : float
        From the start of the process until the window is painted, and until the first result is on
        show.
    closing : float
        From asking the window to close, while an analysis runs, to the end of the process.
    stalled, worked : float
        Longest gap of the event loop between paint and first result, when torch is loaded, and the
        processor time that the window's thread took in it.
    """

    painted: float
    analysed: float
    closing: float
    stalled: float
    worked: float


def measure_launch(
    photo: Path, home: Path, launches: int, progress: Callable[[float, str], None]
) -> Launch:
    """Launch the program some times on a photo.

    Parameters
    ----------
    photo : Path
        What it opens.
    home : Path
        Folder for its settings, so that a person's own stay as they are.
    launches : int
        Launches that count; one more comes first, to have the files in memory. With 0 that one
        counts.
    progress : callable
        Called with fraction and text before each.

    Raises
    ------
    BlurStudioError
        If the program did not come to its end by itself.
    """
    taken = []
    for number in range(launches + 1):
        progress(number / (launches + 1), "launching the program")
        begun = time.monotonic()
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.launched", str(photo)],
            cwd=ROOT,
            env=offscreen(home),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        ended = time.monotonic()
        said: dict[str, float] = {}
        for line in answer.stdout.splitlines():
            said |= json.loads(line)
        if answer.returncode or not said.keys() >= set(_SAID):
            raise BlurStudioError(
                f"The program ended with exit code {answer.returncode} before it had shown a "
                "result, so nothing was measured; see what it said above."
            )
        taken.append(
            (
                *(said["painted"] - begun, said["analysed"] - begun, ended - said["closing"]),
                *(said["stalled"], said["worked"]),
            )
        )
    return Launch(*(statistics.median(each) for each in zip(*(taken[1:] or taken), strict=True)))
