"""The call of ``blurstudio process`` that makes what was chosen in the window.

Only choices that differ from the usual ones are spelled out. Regions and strokes have no words on
the command line; it reads them from the document of the photo.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.engine.export.names import home_name
from blurstudio.engine.export.request import (
    DEPTH_OF_PHOTO,
    Conflict,
    ExportRequest,
    Part,
    fit_in_words,
    in_words,
)
from blurstudio.engine.interval import WHOLE
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.regions import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blurstudio.session.document import Choices

USUAL = ExportRequest(Path("out"), still="png", frame_depth=DEPTH_OF_PHOTO, flows=("flo",))
"""What is written, and how, without a word about it; no parts stand for the usual files."""

_OPTIONS = {
    "device": "--device",
    "precision": "--precision",
    "motion_model": "--model-motion",
    "deblur_model": "--model-deblur",
    "max_side": "--max-side",
    "constraint": "--constraint",
    "refine": "--refine",
    "deblurrer": "--deblurrer",
    "strength": "--strength",
}
_EXPORT_OPTIONS = {
    "still": "--still",
    "depth": "--depth",
    "quality": "--quality",
    "pattern": "--names",
    "frames": "--frames",
    "frame_still": "--frame-still",
    "frame_depth": "--frame-depth",
    "frame_pattern": "--frame-names",
    "video": "--video",
    "fps": "--fps",
    "loops": "--loops",
}


def process_words(photo: Path, choices: Choices) -> list[str]:
    """Spell out a call, one word after the other, without any quoting.

    Parameters
    ----------
    photo
        Made absolute, so that the call works in every folder.
    choices
        How it is analysed, and how much of the result is used; its document is read where they
        have more than there are words for.
    """
    options, amount = choices.options, choices.blend.amount
    words = ["blurstudio", "process", str(photo.absolute())]
    words += _differing(options, AnalysisOptions(), _OPTIONS)
    if options.memory_limit is not None:
        words += ["--memory", repr(options.memory_limit / 1e9)]
    if options.reverse:
        words.append("--reverse")
    for x, y in options.flips:
        words += ["--flip", f"{x!r},{y!r}"]
    if amount != 1:
        words += ["--amount", f"{100 * amount:.12g}"]
    if reads_document(choices):
        words.append("--document")
    return words


def reads_document(choices: Choices) -> bool:
    """Whether results depend on regions or strokes, which only the photo's document can tell."""
    return not choices.blend.mask.is_whole or any(
        region.visible and (region.edit is not Edit.NONE or region.own is not None)
        for region in choices.regions
    )


def export_words(photo: Path, choices: Choices, request: ExportRequest) -> list[str]:
    """Spell out the call that writes the same files to the same folder.

    Parameters
    ----------
    photo, choices
        As for `process_words`.
    request
        What is written, and how. A date in names is the day on which it is called. Where files
        that are there already are to stay, whole folders do.
    """
    words = process_words(photo, choices)
    if Part.MASKS in request.parts and choices.regions and not reads_document(choices):
        words.append("--document")
    return [*words, *_words_about(request, photo)]


def _words_about(request: ExportRequest, photo: Path) -> Iterator[str]:
    yield from ("-o", str(request.folder.absolute()))
    # Flow without a kind of file is no file.
    parts = request.parts if request.flows else request.parts - {Part.FLOW}
    if parts:
        yield from ("--parts", in_words(parts))
    yield from _differing(request, USUAL, _EXPORT_OPTIONS)
    if request.interval != WHOLE:
        shares = (round(moment + 0.5, 12) for moment in request.interval)
        yield from ("--part", ":".join(map(_spelled, shares)))
    if request.video_fit != USUAL.video_fit:
        yield from ("--video-size", fit_in_words(request.video_fit))
    if request.pingpong:
        yield "--ping-pong"
    if request.flows not in ((), USUAL.flows):
        yield from ("--flows", ",".join(request.flows))
    conflict = request.conflict
    if request.name not in ("", home_name(request.folder, photo)):
        # The folder got a number.
        conflict = Conflict.NUMBER
    if conflict is not Conflict.OVERWRITE:
        yield from ("--on-conflict", conflict.value)


def _differing(chosen: object, usual: object, options: dict[str, str]) -> Iterator[str]:
    for name, option in options.items():
        value = getattr(chosen, name)
        if value != getattr(usual, name):
            yield from (option, _spelled(value))


def _spelled(value: object) -> str:
    short = f"{value:g}" if isinstance(value, float) else str(value)
    return short if not isinstance(value, float) or float(short) == value else repr(value)


def quoted(words: Sequence[str], platform: str = sys.platform) -> str:
    """Put words into one line as the platform's shell takes them apart again."""
    # Seldom asked for, and not quick to load.
    if platform == "win32":
        from subprocess import list2cmdline

        return list2cmdline(words)
    from shlex import join

    return join(words)
