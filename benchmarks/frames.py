"""Frame times of pan, zoom and scrub: `python -m benchmarks.frames [-o docs/results.md]`.

Our canvas and pyqtgraph's plain ImageView show the same pictures and make the same motions in
turns, frame by frame, offscreen.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.desk import application, isolated, plain_picture
from benchmarks.desk_report import frames_section
from benchmarks.viewers import OurCanvas, PlainImageView
from blurstudio.app.photo.showable import PLAYER_PIXELS
from blurstudio.cli.progress import progress_bar
from blurstudio.errors import BlurStudioError
from blurstudio.evaluation.results_page import renew_page
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.viewers import Viewer
    from blurstudio.engine.lanes.jobs import ProgressCallback

SIZES = {2: (1224, 1632), 24: (4000, 6000), 100: (8160, 12240)}
"""(H, W) px by megapixels."""

QUICK = {2: (122, 163)}
MOTIONS = ("pan", "zoom", "scrub")
_FRAMES_SCRUBBED = 5


@dataclass(frozen=True)
class Spread:
    """Times of some frames.

    Parameters
    ----------
    clock, worked : tuple of float
        By the clock and of the processor (all threads of the process), s.
    """

    clock: tuple[float, ...]
    worked: tuple[float, ...]

    @property
    def median(self) -> float:
        """By the clock, s."""
        return float(np.median(self.clock))

    @property
    def rarely(self) -> float:
        """99th percentile by the clock, s."""
        return float(np.percentile(self.clock, 99))

    @property
    def work(self) -> float:
        """Median of the processor's time, s."""
        return float(np.median(self.worked))


@dataclass(frozen=True)
class Frames:
    """What was measured of one picture.

    Parameters
    ----------
    motions : mapping
        By motion, then by viewer.
    first : mapping
        From having the pixels to seeing them, s, by viewer.
    held_up : mapping
        How much of that the GUI thread is busy with, s, by viewer.
    """

    motions: Mapping[str, Mapping[str, Spread]]
    first: Mapping[str, float]
    held_up: Mapping[str, float]


def measure_frames(
    size: tuple[int, int], frames: int, progress: Callable[[float, str], None]
) -> Frames:
    """Let both viewers show a made-up picture of (H, W) px and move it.

    Parameters
    ----------
    frames
        Of each motion.
    progress
        Called with fraction and text before each motion.
    """
    app = application()
    pixels = plain_picture(*size)
    viewers: dict[str, Viewer] = {"ours": OurCanvas(), "ImageView": PlainImageView()}
    try:
        first, held_up = {}, {}
        for name, viewer in viewers.items():
            first[name], held_up[name] = viewer.show_first(pixels)
            app.processEvents()
        motions = {}
        for number, motion in enumerate(MOTIONS):
            progress(number / len(MOTIONS), motion)
            steps = {name: _steps(motion, viewer, size) for name, viewer in viewers.items()}
            motions[motion] = _in_turns(steps, frames)
    finally:
        for viewer in viewers.values():
            viewer.close()
        app.processEvents()
    return Frames(motions, first, held_up)


def _steps(motion: str, viewer: Viewer, size: tuple[int, int]) -> Callable[[int], None]:
    """Return what brings a viewer to frame n of a motion."""
    if motion == "pan":
        viewer.look_at(1.0 if max(size) > viewer.width else 4.0)
        # To and fro, so that small pictures stay in sight.
        return lambda n: viewer.pan(*((12.0, 7.0) if n // 15 % 2 else (-12.0, -7.0)))
    if motion == "zoom":
        viewer.look_at(min(viewer.width / size[1], viewer.height / size[0]))
        reach = math.log(4.0 / (viewer.width / size[1]))
        # From the whole picture to 400 % and back, by equal factors.
        turns = 30
        return lambda n: viewer.zoom_by(
            math.exp((reach if n // turns % 2 == 0 else -reach) / turns)
        )
    small = bounded_size(size, PLAYER_PIXELS)
    pictures = [viewer.prepared(plain_picture(*small, seed=n)) for n in range(_FRAMES_SCRUBBED)]
    viewer.look_at(min(viewer.width / size[1], viewer.height / size[0]))
    return lambda n: viewer.scrub_to(pictures[n % len(pictures)])


def _in_turns(steps: Mapping[str, Callable[[int], None]], frames: int) -> dict[str, Spread]:
    """Make frames in turns: a motion, and what follows from it until it is painted."""
    app = application()
    clock: dict[str, list[float]] = {name: [] for name in steps}
    worked: dict[str, list[float]] = {name: [] for name in steps}
    # The first frame of each prepares what all share.
    for number in range(frames + 1):
        for name, step in steps.items():
            begun, work = time.perf_counter(), time.process_time()
            step(number)
            app.processEvents()
            if number:
                clock[name].append(time.perf_counter() - begun)
                worked[name].append(time.process_time() - work)
    return {name: Spread(tuple(clock[name]), tuple(worked[name])) for name in steps}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the section, and write it to the page if one is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.frames", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="the results page to renew")
    parser.add_argument("--frames", type=int, default=300, help="frames of each motion (300)")
    parser.add_argument("--quick", action="store_true", help="small and few, to see that it runs")
    chosen = parser.parse_args(argv)
    sizes, frames = (QUICK, 5) if chosen.quick else (SIZES, max(1, chosen.frames))
    try:
        with progress_bar("Frames") as move, tempfile.TemporaryDirectory() as name:
            isolated(Path(name))
            found = {}
            for number, (megapixels, size) in enumerate(sizes.items()):
                part = _part_of(move, number, len(sizes), f"{megapixels} megapixels: ")
                found[megapixels] = measure_frames(size, frames, part)
        partial = "small and few" if chosen.quick else ""
        section = frames_section(found, frames, partial)
        print(section.markdown())
        if chosen.output is not None:
            renew_page(chosen.output, [section])
    except BlurStudioError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _part_of(
    move: ProgressCallback, number: int, count: int, words: str
) -> Callable[[float, str], None]:
    return lambda fraction, text: move((number + fraction) / count, words + text)


if __name__ == "__main__":
    sys.exit(main())
