"""What the benchmarks' figures say on the results page.

Measuring is done elsewhere in this folder; the page itself is in
`blurstudio.evaluation.results_page`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.evaluation import targets
from blurstudio.evaluation.circumstances import (
    Circumstances,
    describe_machine,
    describe_model,
    today,
)
from blurstudio.evaluation.tables import Figure, Section, table

if TYPE_CHECKING:
    from benchmarks.window import WindowUp
    from blurstudio.evaluation.pipeline import Pipeline


@dataclass(frozen=True)
class Times:
    """Median times on one picture, s.

    Parameters
    ----------
    paths, sharp : float
        Our paths and our sharp picture.
    nafnet, nafnet_float32 : float
        NAFNet-32 in our precision, and in float32.
    frame : float
        One frame while scrubbing.
    precision : str
        Ours.
    """

    paths: float
    sharp: float
    nafnet: float
    nafnet_float32: float
    frame: float
    precision: str

    @property
    def ours(self) -> float:
        """Sharp picture and paths together."""
        return self.paths + self.sharp


def speed_section(
    times: Times,
    memory: int,
    window: WindowUp,
    refinement: float,
    pipeline: Pipeline,
    *,
    what: str,
    partial: str = "",
) -> Section:
    """Write down times as ratios first, then memory and the window's start.

    Parameters
    ----------
    times : Times
        Of one picture.
    memory : int
        Peak of `blurstudio process`, bytes.
    window : WindowUp
        Until the window was painted.
    refinement : float
        Until paths and picture of one photo were refined, s.
    pipeline : Pipeline
        What was timed.
    what : str
        Sizes and rounds, in words.
    partial : str
        When this was only a quick look: which, in words.
    """
    rows = [
        (f"NAFNet-32 in {times.precision}", times.nafnet),
        ("NAFNet-32 in float32", times.nafnet_float32),
        ("Ours: sharp picture and paths", times.ours),
        ("Ours: sharp picture alone", times.sharp),
        ("Ours: paths alone", times.paths),
    ]
    cells = [
        (
            name,
            f"{seconds / times.nafnet:.2f}",
            f"{seconds / times.nafnet_float32:.2f}",
            f"{seconds:.2f}",
        )
        for name, seconds in rows
    ]
    gibibytes = memory / 2**30
    early = (
        f"By then {', '.join(window.loaded)} had been imported, which should come later."
        if window.loaded
        else "torch had not been imported by then."
    )
    body = "\n".join(
        [
            "Times are medians of rounds in which all took turns in one run, after a round that "
            "did not count. NAFNet-32 has random weights, was written by us from its paper (17.1 "
            "million parameters), and runs wholly in the stated precision, channels last. Ours is "
            "what the engine does for a photo: networks, tiles, direction of time.",
            "",
            table(
                (
                    "Network",
                    f"times NAFNet-32 in {times.precision}",
                    "times NAFNet-32 in float32",
                    "seconds",
                ),
                cells,
                numbers=True,
            ),
            "",
            f"A scrubbed frame at the picture's size takes {1000 * times.frame:.1f} ms. "
            f"Refining paths and picture took {refinement:.1f} s, once. "
            f"`blurstudio process` held {gibibytes:.2f} GiB at most (resident). The window was "
            f"painted {window.seconds:.2f} s after its process was started, offscreen. {early}",
        ]
    )
    ratio = times.ours / times.nafnet
    ratio_float32 = times.ours / times.nafnet_float32
    same = f"Sharp picture and paths, beside NAFNet-32 in {times.precision}"
    figures = (
        Figure.judged(same, ratio, targets.TIME_RATIO),
        Figure.reported(
            "The same, beside NAFNet-32 in float32", ratio_float32, f"{ratio_float32:.2f} times"
        ),
        Figure.judged("A scrubbed frame", 1000 * times.frame, targets.FRAME_TIME),
        Figure.judged("Refinement of paths and picture", refinement, targets.REFINEMENT_TIME),
        Figure.judged("Peak memory for the photo", gibibytes, targets.PEAK_MEMORY),
        Figure.judged("Window up", window.seconds, targets.WINDOW_TIME),
    )
    circumstances = Circumstances(
        command="python -m benchmarks.speed -o docs/results.md" + (" --quick" if partial else ""),
        data=f"pictures made up for the purpose: {what}",
        seed="fixed in benchmarks/photos.py",
        models=tuple(describe_model(card) for card in pipeline.models),
        machine=describe_machine(pipeline.compute),
        date=today(),
    )
    return Section("speed", "Speed and memory", figures, body, circumstances, partial)
