"""A long sitting at the window: `python -m benchmarks.soak [--photos 200] [-o docs/results.md]`.

Photo after photo is opened, analysed small, given a region whose motion is frozen, all of it is
taken back, and the next one follows; how much memory the program holds is written down.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from benchmarks.desk import Desk, isolated, plain_picture
from benchmarks.desk_report import soak_section
from blurstudio.cli.progress import progress_bar
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import BlurStudioError, DataError
from blurstudio.evaluation.results_page import renew_page
from blurstudio.media.endings import LEARNED_FROM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZES = ((480, 640), (1000, 1500), (1365, 2048), (720, 1280), (2000, 3000))
"""(H, W) px of made-up photos, one after the other."""

WARM = 20
"""Photos before growth counts: by then all that is loaded once has been loaded."""


@dataclass(frozen=True)
class Soak:
    """What a sitting took.

    Parameters
    ----------
    memory : tuple of int
        Held after each photo, bytes.
    seconds : float
        The whole sitting.
    cycle : int
        After how many photos sizes come again.
    """

    memory: tuple[int, ...]
    seconds: float
    cycle: int

    @property
    def growth(self) -> float:
        """How much more is held at the end than after the warm-up, bytes.

        Medians over as many photos as sizes take to come again, so that a large photo at the end
        counts no more than one at the beginning. NaN where the sitting was too short.
        """
        warm = min(WARM, len(self.memory) // 2)
        span = max(1, min(self.cycle, (len(self.memory) - warm) // 2))
        if len(self.memory) < 2:
            return float("nan")
        start, end = self.memory[warm : warm + span], self.memory[-span:]
        return float(np.median(end) - np.median(start))


def held_memory() -> int:
    """Resident size of this process, bytes."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    said = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(os.getpid())], stdout=subprocess.PIPE, text=True, check=True
    )
    return int(said.stdout) * 1024


def make_photos(folder: Path, count: int, sizes: Sequence[tuple[int, int]] = SIZES) -> list[Path]:
    """Write made-up photos of several sizes, each another one."""
    made = []
    for number in range(count):
        pixels = cv2.blur(plain_picture(*sizes[number % len(sizes)], seed=number), (15, 1))
        path = folder / f"photo {number + 1}.jpg"
        _, data = cv2.imencode(".jpg", pixels)
        path.write_bytes(data.tobytes())
        made.append(path)
    return made


def copy_photos(source: Path, folder: Path, count: int) -> list[Path]:
    """Copy photos, again and again if there are fewer, so that nothing is left beside them.

    Raises
    ------
    DataError
        If there are none.
    """
    found = sorted(each for each in source.glob("*") if each.suffix.lower() in LEARNED_FROM)
    if not found:
        raise DataError(f"There are no photos in {source}; name another folder with --data.")
    copies = []
    for number in range(count):
        photo = found[number % len(found)]
        copies.append(folder / f"{number + 1} {photo.name}")
        copies[-1].write_bytes(photo.read_bytes())
    return copies


def soak(
    photos: Sequence[Path],
    folder: Path,
    options: AnalysisOptions,
    cycle: int,
    progress: Callable[[float, str], None],
) -> Soak:
    """Go through photos at one window.

    Parameters
    ----------
    folder
        For its settings.
    options
        How photos are analysed.
    cycle
        See `Soak`.
    progress
        Called with fraction and text before each photo.
    """
    desk = Desk(folder, options)
    begun = time.perf_counter()
    memory = []
    try:
        for number, photo in enumerate(photos):
            progress(number / len(photos), photo.name)
            desk.opens(photo)
            desk.sees_results()
            desk.draws_region()
            desk.edits()
            desk.scrubs(3)
            desk.takes_back(2)
            memory.append(held_memory())
    finally:
        desk.closes()
    return Soak(tuple(memory), time.perf_counter() - begun, cycle)


def main(argv: Sequence[str] | None = None) -> int:
    """Sit, print the section, and write it to the page if one is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="the results page to renew")
    parser.add_argument("--photos", type=int, default=200, help="how many photos (200)")
    parser.add_argument("--data", type=Path, help="a folder of photos; else they are made up")
    parser.add_argument("--max-side", type=int, default=320, help="side for the analysis (320)")
    chosen = parser.parse_args(argv)
    count = max(2, chosen.photos)
    try:
        with progress_bar("Soak") as move, tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            isolated(folder / "home")
            if chosen.data is None:
                photos, what = make_photos(folder, count), "made-up photos of 0.3 to 6 megapixels"
                cycle = len(SIZES)
            else:
                photos, what = copy_photos(chosen.data, folder, count), "photos of a folder"
                cycle = len({photo.name.split(" ", 1)[1] for photo in photos})
            options = AnalysisOptions(max_side=chosen.max_side)
            result = soak(photos, folder, options, cycle, move)
        section = soak_section(
            result,
            f"{count} {what}, analysed at {chosen.max_side} px",
            "too short a sitting" if count < 2 * WARM else "",
        )
        print(section.markdown())
        if chosen.output is not None:
            renew_page(chosen.output, [section])
    except BlurStudioError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
