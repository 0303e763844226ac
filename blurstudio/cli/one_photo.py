"""One photo of ``blurstudio process``: whose choices, whether it is done already, and the doing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blurstudio import __version__
from blurstudio.cli.writing import check, remove_older, write
from blurstudio.errors import PhotoError
from blurstudio.media.folders import make_folder
from blurstudio.session import conflicts, files, finished, form
from blurstudio.session.blend import Blend
from blurstudio.session.blend_form import blend_table
from blurstudio.session.conflicts import Conflict
from blurstudio.session.document import Choices, fingerprint
from blurstudio.session.folder_lock import locked, refuse_locked
from blurstudio.session.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.cli.processing import Settings
    from blurstudio.engine.analysis import Analysis
    from blurstudio.media.photo import Photo

AMOUNT = "amount"
"""What the amount is called among the words of the command line; it is none of the options."""

ANALYSIS_SHARE = 0.75
"""Part of a photo's progress bar that goes to the analysis; writing gets the rest."""


@dataclass(frozen=True)
class Analysed:
    """What came of a photo: its analysis, its files, and what is to be said of its document."""

    analysis: Analysis
    files: list[Path]
    remarks: tuple[str, ...] = ()


def process_one(
    path: Path, usual_home: Path, settings: Settings, move: Callable[[float, str], None]
) -> Analysed | Path:
    """Analyse a photo and write what it comes to.

    Parameters
    ----------
    path
        Its file.
    usual_home
        Folder of its results, if nothing is in the way.
    move
        Told a fraction and a text.

    Returns
    -------
    Analysed or Path
        The results; or the folder of those that are there already and are left as they are.
    """
    from blurstudio.media.photo import open_photo

    photo: Photo | None = None
    choices = Choices(settings.options, blend=Blend(settings.amount / 100))
    remarks: tuple[str, ...] = ()
    if settings.document and files.exists(path):
        photo = open_photo(path)
        choices, remarks = _by_document(photo, path, settings)
    try:
        asked = _asked(path, choices, settings)
    except OSError as problem:
        # Its reader says best what is wrong with the file.
        open_photo(path)
        raise PhotoError(
            "{path} can't be read ({why}).", path=path, why=problem.strerror or problem
        ) from problem
    home, is_done = _settle(usual_home, asked, settings.conflict)
    if is_done:
        return home
    request = replace(settings.request, folder=home.parent, name=home.name)
    check(request, path, choices.regions)
    refuse_locked(home)
    analysis = _analysed(photo or open_photo(path), choices, move)
    make_folder(home)
    with locked(home):
        known = finished.is_whole(home)
        finished.begin(home, asked)
        written = write(
            analysis,
            request,
            choices,
            lambda fraction, text: move(ANALYSIS_SHARE + fraction * (1 - ANALYSIS_SHARE), text),
        )
        if not known and not request.parts:
            remove_older(request, analysis, written)
        finished.end(home, asked, written)
    move(1.0, "done")
    return Analysed(analysis, written, remarks)


def _analysed(photo: Photo, choices: Choices, move: Callable[[float, str], None]) -> Analysis:
    from blurstudio.engine.analysis import analyze
    from blurstudio.session.applying import with_choices

    analysis = analyze(
        photo,
        choices.options,
        progress=lambda fraction, text: move(fraction * ANALYSIS_SHARE, text),
    )
    return with_choices(
        analysis, choices, photo.size, lambda _fraction, text: move(ANALYSIS_SHARE, text)
    )


def _by_document(photo: Photo, path: Path, settings: Settings) -> tuple[Choices, tuple[str, ...]]:
    """Choices of the photo's own document; words of the command line count before it."""
    from blurstudio.session.own_choices import own_choices

    said = Choices(settings.options, blend=Blend(settings.amount / 100))
    choices, remarks = own_choices(path, photo.size, said)
    spoken = {n: getattr(settings.options, n) for n in settings.spoken if n != AMOUNT}
    choices = replace(choices, options=replace(choices.options, **spoken))
    if AMOUNT in settings.spoken:
        choices = replace(choices, blend=replace(choices.blend, amount=said.blend.amount))
    return choices, remarks


def _asked(path: Path, choices: Choices, settings: Settings) -> dict[str, Any]:
    """Everything that the results of a photo depend on."""
    options = choices.options
    return {
        "software": __version__,
        "photo": fingerprint(path),
        "options": form.options_table(options) | {"precision": options.precision},
        "networks": _networks(choices),
        "regions": form.regions_table(choices.regions),
        "blend": blend_table(choices.blend),
        # Where results are is no part of what they are.
        "request": to_plain(replace(settings.request, folder=Path())),
    }


def _networks(choices: Choices) -> dict[str, str]:
    """Hashes of the networks, by task: a name may stand for another network tomorrow."""
    from blurstudio.engine.models import chosen_models

    cards = chosen_models(choices.options)
    if choices.options.deblurrer != "network":
        del cards["deblur"]
    return {task: card.sha256 for task, card in cards.items()}


def _settle(home: Path, asked: dict[str, Any], conflict: Conflict | None) -> tuple[Path, bool]:
    """Return the folder of the results, and whether they are to be left as they are there."""
    if conflict is Conflict.OVERWRITE:
        return home, False
    if conflict is Conflict.SKIP:
        return home, conflicts.is_taken(home) and not finished.is_unfinished(home)
    if conflict is Conflict.NUMBER:
        home = conflicts.numbered(home, partial(_may_use, asked))
    return home, finished.is_finished(home, asked)


def _may_use(asked: dict[str, Any], home: Path) -> bool:
    """Whether a folder is free, or holds what a run with the same choices wrote or began."""
    if finished.is_finished(home, asked) or finished.is_begun(home, asked):
        return True
    return not conflicts.is_taken(home)
