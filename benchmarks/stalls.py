"""Stalls of the GUI thread: `python -m benchmarks.stalls [-o docs/results.md]`.

A person opens the sample, waits for it, scrubs, draws a region, takes it back and exports, and then
looks around in a photo of 100 megapixels; a watcher says how long the event loop stood still.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from benchmarks.desk import Desk, isolated, plain_picture
from benchmarks.desk_report import stalls_section
from benchmarks.launch import measure_launch
from benchmarks.stall_watch import Stall, StallWatch
from blurstudio.cli.progress import progress_bar
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import BlurStudioError
from blurstudio.evaluation.results_page import renew_page
from blurstudio.locations import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from blurstudio.engine.lanes.jobs import ProgressCallback

IDLE = "nothing at all"


@dataclass(frozen=True)
class Amounts:
    """How much of everything is done.

    Parameters
    ----------
    large : tuple of int
        (H, W) px of the large photo.
    moments : int
        Of a scrub from end to end.
    idle : float
        How long nothing is done, s.
    max_side : int or None
        Reduce photos to this for their analysis.
    launches : int
        Starts of the program that count.
    """

    large: tuple[int, int] = (8160, 12240)
    moments: int = 120
    idle: float = 5.0
    max_side: int | None = None
    launches: int = 5

    def in_words(self) -> str:
        """Say how much."""
        return f"the sample and a made-up photo of {self.large[1]} x {self.large[0]} px"


QUICK = Amounts((1000, 1500), 10, 0.2, 240, 1)


@dataclass(frozen=True)
class Stalls:
    """What was seen, by phase.

    Parameters
    ----------
    longest : mapping
        The longest gap of the event loop.
    most_worked : mapping
        The gap in which the GUI thread itself computed longest.
    """

    longest: Mapping[str, Stall]
    most_worked: Mapping[str, Stall]


def measure_stalls(folder: Path, amounts: Amounts, progress: ProgressCallback) -> Stalls:
    """Do all of it in a window and watch.

    Parameters
    ----------
    folder
        For settings, photos and what is exported.
    amounts
        How much is done.
    progress
        Called with fraction and text before each phase.
    """
    sample = _copied(resource("samples", "clock_motion.png"), folder)
    large = folder / "large.jpg"
    _, data = cv2.imencode(".jpg", plain_picture(*amounts.large))
    large.write_bytes(data.tobytes())
    desk = Desk(folder, AnalysisOptions(max_side=amounts.max_side))
    watch = StallWatch()
    phases: dict[str, Callable[[], None]] = {
        IDLE: lambda: desk.rest(amounts.idle),
        "opening the sample": lambda: desk.opens(sample),
        "analysing it": desk.sees_results,
        "scrubbing it": lambda: desk.scrubs(amounts.moments),
        "drawing a region": desk.draws_region,
        "its edit": desk.edits,
        "taking both back": lambda: desk.takes_back(2),
        "exporting": lambda: desk.exports(folder / "exports"),
        "opening the large photo": lambda: desk.opens(large),
        "looking around in it": desk.wanders,
        "stopping its analysis": desk.stops,
    }
    try:
        for number, (phase, do) in enumerate(phases.items()):
            progress(number / len(phases), phase)
            if number:
                watch.begin(phase)
            else:
                watch.start(phase)
            do()
        watch.stop()
    finally:
        desk.closes()
    return Stalls(watch.longest, watch.most_worked)


def _copied(photo: Path, folder: Path) -> Path:
    """Copy a photo, so that no document is left beside it."""
    copy = folder / photo.name
    copy.write_bytes(photo.read_bytes())
    return copy


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the section, and write it to the page if one is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stalls", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="the results page to renew")
    parser.add_argument("--quick", action="store_true", help="small and once, to see that it runs")
    chosen = parser.parse_args(argv)
    amounts = QUICK if chosen.quick else Amounts()
    try:
        with progress_bar("Stalls") as move, tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            isolated(folder / "home")
            sample = _copied(resource("samples", "clock_motion.png"), folder)
            # First, and by itself: nothing of this process competes with it then.
            launch = measure_launch(sample, folder / "home", amounts.launches, move)
            stalls = measure_stalls(folder, amounts, move)
        partial = "small and once" if chosen.quick else ""
        section = stalls_section(launch, stalls, amounts.in_words(), partial)
        print(section.markdown())
        if chosen.output is not None:
            renew_page(chosen.output, [section])
    except BlurStudioError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
