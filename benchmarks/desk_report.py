"""What frame times, stalls and the long sitting say on the results page.

Measuring is done in `frames`, `stalls` and `soak`; the page is in
`blurstudio.evaluation.results_page`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.stall_watch import Stall
from blurstudio.evaluation import targets
from blurstudio.evaluation.circumstances import Circumstances, describe_machine, today
from blurstudio.evaluation.tables import Figure, Section, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.frames import Frames
    from benchmarks.launch import Launch
    from benchmarks.soak import Soak
    from benchmarks.stalls import Stalls

_NOISE = (
    "The machine did other work as well, which takes turns of some 10 to 30 ms away from any "
    "thread: "
)
_EVERY = 10
_START = "starting, until the first result"


def frames_section(found: Mapping[int, Frames], frames: int, partial: str = "") -> Section:
    """Write down frame times beside those of ImageView.

    Parameters
    ----------
    found : mapping
        By megapixels.
    frames : int
        Of each motion.
    partial : str
        When this was only a quick look: which, in words.
    """
    figures, rows, first = [], [], []
    largest = max(found)
    for motion in found[largest].motions:
        ours, theirs = (found[largest].motions[motion][name] for name in ("ours", "ImageView"))
        name = f"{motion.capitalize()}, {largest} megapixels"
        figures.append(Figure.judged(f"{name}, median", 1000 * ours.median, targets.FRAME_TIME))
        figures.append(
            Figure.judged(f"{name}, 99th percentile", 1000 * ours.rarely, targets.STALL_TIME)
        )
        work = f"{1000 * ours.work:.1f} ms, ImageView {1000 * theirs.work:.1f} ms"
        figures.append(Figure.reported(f"{name}, the processor's time", ours.work, work))
    for megapixels, each in found.items():
        for motion, viewers in each.motions.items():
            ours, theirs = viewers["ours"], viewers["ImageView"]
            numbers = (
                *(ours.median, theirs.median, ours.rarely, theirs.rarely, ours.work, theirs.work),
            )
            cells = (f"{1000 * number:.1f}" for number in numbers)
            ratio = f"{ours.median / theirs.median:.2f}"
            rows.append((f"{megapixels} Mpx, {motion}", ratio, *cells))
        first.append(
            (
                f"{megapixels} Mpx",
                *(f"{each.first[name]:.2f}" for name in ("ours", "ImageView")),
                *(f"{1000 * each.held_up[name]:.0f}" for name in ("ours", "ImageView")),
            )
        )
    body = "\n".join(
        [
            "Both viewers are 1280 x 800 px large and make the same motions in turns, "
            f"{frames} frames each, in one run: drags at actual size, the way from the whole "
            "picture to 400 % and back, and other frames of the exposure (as large as the app "
            "makes them) in the picture's place. A frame is timed from the motion until it is "
            f"painted. {_NOISE}the ratio of medians and the processor's time (all threads) say "
            "more than the clock.",
            "",
            table(
                (
                    *("Motion", "ours : ImageView", "ours, ms", "ImageView, ms"),
                    *("ours, 99th, ms", "ImageView, 99th, ms"),
                    *("ours, processor, ms", "ImageView, processor, ms"),
                ),
                rows,
                numbers=True,
            ),
            "",
            "From having the pixels to seeing them. Ours are made ready by a worker; the window "
            "itself is held up only while it paints.",
            "",
            table(
                (
                    *("Picture", "ours, s", "ImageView, s"),
                    *("ours, window held up, ms", "ImageView, window held up, ms"),
                ),
                first,
                numbers=True,
            ),
        ]
    )  # fmt: skip
    how = "--quick" if partial else f"--frames {frames}"
    command = f"python -m benchmarks.frames {how} -o docs/results.md"
    data = f"pictures made up for the purpose; {frames} frames of each motion"
    about = _circumstances(command, data)
    return Section(*("desk-frames", "Pan, zoom and scrub", tuple(figures), body, about, partial))


def stalls_section(launch: Launch, stalls: Stalls, what: str, partial: str = "") -> Section:
    """Write down launch, closing, and the longest stall of each phase.

    Parameters
    ----------
    launch : Launch
        Of the program on the sample.
    stalls : Stalls
        Of a window; the first phase is one in which nothing was done.
    what : str
        What was opened, in words.
    partial : str
        As above.
    """
    idle, *others = stalls.longest
    start = Stall(launch.stalled, launch.worked)
    longest = {_START: start} | {phase: stalls.longest[phase] for phase in others}
    most_worked = {_START: start} | {phase: stalls.most_worked[phase] for phase in others}
    worst = max(longest, key=lambda phase: longest[phase].seconds)
    busiest = max(most_worked, key=lambda phase: most_worked[phase].worked)
    longest = {idle: stalls.longest[idle]} | longest
    most_worked = {idle: stalls.most_worked[idle]} | most_worked
    figures = (
        Figure.judged("First paint after launch", launch.painted, targets.WINDOW_TIME),
        Figure.judged("First result on the sample", launch.analysed, targets.FIRST_RESULT_TIME),
        Figure.judged("Closing while an analysis runs", launch.closing, targets.CLOSING_TIME),
        Figure.judged(
            "Longest stall of the window",
            *(1000 * longest[worst].seconds, targets.STALL_TIME, f"({worst})"),
        ),
        Figure.judged(
            "Longest work of the window's thread between two looks at its events",
            *(1000 * most_worked[busiest].worked, targets.STALL_TIME, f"({busiest})"),
        ),
    )
    rows = [
        (
            phase,
            f"{1000 * longest[phase].seconds:.0f}",
            f"{1000 * longest[phase].worked:.0f}",
            f"{1000 * most_worked[phase].worked:.0f}",
            _in_code(most_worked[phase].where or longest[phase].where),
        )
        for phase in longest
    ]
    body = "\n".join(
        [
            "A watcher in the window's thread notes how long its event loop stands still. "
            f"{_NOISE}the first line, an idle window, says how much. The third column is what "
            "the thread itself computed in its longest stall, the fourth the most that it ever "
            "computed between two looks at its events: that is the program's own share. The first "
            "start is the program's own, where torch is loaded meanwhile: the median of its "
            "longest stalls; the rest is one sitting at a window.",
            "",
            table(
                (
                    *("While", "longest stall, ms", "computed in it, ms"),
                    *("most computed at once, ms", "seen in"),
                ),
                rows,
                numbers=True,
            ),
        ]
    )  # fmt: skip
    command = "python -m benchmarks.stalls -o docs/results.md" + (" --quick" if partial else "")
    about = _circumstances(command, what)
    return Section(*("desk-stalls", "Launch, stalls and closing", figures, body, about, partial))


def soak_section(soak: Soak, what: str, partial: str = "") -> Section:
    """Write down how much memory a long sitting takes.

    Parameters
    ----------
    soak : Soak
        The sitting.
    what : str
        Its photos, in words.
    partial : str
        As above.
    """
    count = len(soak.memory)
    figure = Figure.judged(
        "Memory growth over a long sitting", soak.growth / 1e6, targets.MEMORY_GROWTH
    )
    held = [
        (f"{number}", f"{soak.memory[number - 1] / 1e6:.0f}")
        for number in sorted({1, *range(_EVERY, count + 1, _EVERY), count})
    ]
    body = "\n".join(
        [
            "Photo after photo is opened at one window, analysed, given a region whose motion is "
            "frozen, scrubbed, and all is taken back. Growth is counted from the 20th photo on "
            "(the middle one of a short run), between medians over as many photos as their sizes "
            f"take to come again. The sitting took {soak.seconds / 60:.0f} min.",
            "",
            table(("After photo", "memory held, MB"), held, numbers=True),
        ]
    )
    about = _circumstances(f"python -m benchmarks.soak --photos {count} -o docs/results.md", what)
    return Section("desk-soak", "A long sitting", (figure,), body, about, partial)


def _circumstances(command: str, data: str) -> Circumstances:
    return Circumstances(
        command=command,
        data=data,
        seed="fixed in benchmarks/photos.py",
        models=(),
        machine=describe_machine() + "; offscreen",
        date=today(),
    )


def _in_code(name: str) -> str:
    return f"`{name}`" if name else ""
