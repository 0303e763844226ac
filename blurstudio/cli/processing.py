"""Processing photos one after another: a bad one spoils none of the others, a stopped run goes on.

The words of the command line are `process`'s business; here is what is done.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blurstudio.cli import output
from blurstudio.cli.each import check_machine, each_photo
from blurstudio.cli.one_photo import Analysed, process_one
from blurstudio.cli.words import taken_from_words
from blurstudio.cli.writing import check
from blurstudio.engine.export.names import home_name
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import Cancelled, ExportError
from blurstudio.session.command_line import USUAL
from blurstudio.session.conflicts import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blurstudio.engine.export.request import ExportRequest


@dataclass(frozen=True)
class Settings:
    """How photos are processed; the values without a word on the command line.

    Attributes
    ----------
    request
        What is written of each photo, and how; no parts stand for the usual files. Results go to a
        folder below its own, named like the photo.
    options
        How the photo is analysed.
    amount
        How much of the result is used, per cent.
    conflict
        What happens where results lie already; None keeps those that are whole and just what is
        asked for, and writes over others.
    document
        Whether the photo's own document decides on options, where it has one, and regions.
    spoken
        Fields of `options`, and the amount, that were chosen on the command line: they count before
        a document.
    roots
        Folders whose folders below are found again in the results.
    """

    request: ExportRequest = USUAL
    options: AnalysisOptions = field(default_factory=AnalysisOptions)
    amount: float = 100.0
    conflict: Conflict | None = None
    document: bool = False
    spoken: frozenset[str] = frozenset()
    roots: tuple[Path, ...] = ()


def process_photos(
    photos: Sequence[Path],
    settings: Settings,
    unread: Sequence[dict[str, str]] = (),
    *,
    as_json: bool,
) -> int:
    """Process photos one after another and say what came of each.

    Parameters
    ----------
    photos
        Files; those with the same name can't share a folder of results.
    settings
        See `Settings`.
    unread
        What could not even be looked into, in the form of `each_photo`'s failures.
    as_json
        One JSON document at the end instead of paths as they are written.

    Returns
    -------
    int
        Exit code: 0, or 1 if a photo failed; the others are done all the same.

    Raises
    ------
    ExportError
        If two photos would be written over each other, or nothing can be written there.
    CommandLineError
        If the names of files can't be used, or there is no such device.
    WeightsError
        If there is no such network.
    """
    homes = {photo: _home(photo, settings) for photo in photos}
    _refuse_equal_names(list(homes.values()))
    _refuse_unwritable(settings.request.folder)
    if photos:
        # What is wrong with the run is the same for all of them.
        with taken_from_words():
            check(settings.request, photos[0], None)
        check_machine(settings.options, own_networks=settings.document)
    done: list[dict[str, Any]] = []
    skipped: list[dict[str, str]] = []
    failed = [*unread]

    def work(photo: Path, move: Callable[[float, str], None]) -> Analysed | Path:
        return process_one(photo, homes[photo], settings, move)

    try:
        for photo, outcome in each_photo(photos, work, failed, own_networks=settings.document):
            if isinstance(outcome, Path):
                skipped.append({"photo": str(photo), "folder": str(outcome)})
                continue
            done.append(_described(photo, outcome))
            if not as_json:
                _tell(photo, outcome)
    except (KeyboardInterrupt, Cancelled):
        if len(photos) > 1:
            _say_how_to_go_on(len(done) + len(skipped), len(photos), settings.conflict)
        raise
    if as_json:
        output.answer_json({"results": done, "skipped": skipped, "errors": failed})
    _say_what_was_left(skipped, settings.conflict)
    left = len(photos) - len(done) - len(skipped)
    if left and len(photos) > 1 and not as_json:
        output.say(f"{left} of {len(photos)} photos could not be processed.")
    return int(bool(failed))


def _tell(photo: Path, outcome: Analysed) -> None:
    for file in outcome.files:
        output.answer(str(file))
    analysis = outcome.analysis
    refined = analysis.refinement
    about = [] if refined is None else [refined.sentence]
    for sentence in (*outcome.remarks, _in_words(outcome), *about, *analysis.notes):
        output.say(f"{photo.name}: {sentence}")


def _say_what_was_left(skipped: Sequence[dict[str, str]], conflict: Conflict | None) -> None:
    if not skipped:
        return
    which = skipped[0]["folder"] if len(skipped) == 1 else f"{len(skipped)} photos"
    if conflict is Conflict.SKIP:
        output.say(f"Left out, since there are results already: {which}.")
    else:
        output.say(
            f"Done already with the same choices: {which}; --on-conflict overwrite does it again."
        )


def _say_how_to_go_on(done: int, count: int, conflict: Conflict | None) -> None:
    how = "The same command goes on with the rest"
    if conflict is Conflict.OVERWRITE:
        how += " if --on-conflict overwrite is left out"
    output.say(f"{done} of {count} photos are done. {how}.")


def _described(photo: Path, outcome: Analysed) -> dict[str, Any]:
    analysis = outcome.analysis
    return {
        "photo": str(photo),
        "files": [str(file) for file in outcome.files],
        "report": asdict(analysis.report),
        "refinement": None if analysis.refinement is None else analysis.refinement.as_dict(),
        "notes": [*outcome.remarks, *analysis.notes],
    }


def _in_words(outcome: Analysed) -> str:
    """Say how well the result explains the photo; never the figure without its companions."""
    report = outcome.analysis.report
    if not report.motion_found:
        return "no motion found."
    return (
        f"the reblurred result matches the photo to {report.psnr:.1f} dB, with "
        f"{report.gradient_gain:.2f} times its gradient energy and paths of "
        f"{report.mean_length:.1f} px on average."
    )


def _home(photo: Path, settings: Settings) -> Path:
    folder = settings.request.folder / _below(photo, settings.roots)
    return folder / home_name(folder, photo)


def _below(photo: Path, roots: Sequence[Path]) -> Path:
    """Folders between a photo and the folder that was named on the command line."""
    root = next((root for root in roots if photo.is_relative_to(root)), photo.parent)
    return photo.parent.relative_to(root)


def _refuse_equal_names(homes: Sequence[Path]) -> None:
    names = Counter(str(home).casefold() for home in homes)
    twice = next((home.name for home in homes if names[str(home).casefold()] > 1), None)
    if twice is not None:
        raise ExportError(
            "Several of the photos are called {twice} and would be written over each other; "
            "process them one by one, with another -o for each.",
            twice=twice,
        )


def _refuse_unwritable(folder: Path) -> None:
    """Say it now rather than after minutes of work; nothing is made before there is a result."""
    existing = next(
        place for place in (folder.absolute(), *folder.absolute().parents) if place.exists()
    )
    if not existing.is_dir():
        raise ExportError(
            "{folder} is a file, not a folder; choose another folder with -o.", folder=existing
        )
    if not os.access(existing, os.W_OK | os.X_OK):
        raise ExportError(
            "The folder {folder} can't be written to; choose another folder with -o.",
            folder=existing,
        )
