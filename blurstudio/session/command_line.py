"""The call of ``blurstudio process`` that makes what was chosen in the window.

Only choices that differ from the usual ones are spelled out. Regions and strokes have no words on
the command line.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from blurstudio.engine.export.request import in_words
from blurstudio.engine.interval import WHOLE
from blurstudio.engine.options import AnalysisOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.engine.export.request import ExportRequest

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


def process_words(photo: Path, options: AnalysisOptions, amount: float = 1.0) -> list[str]:
    """Spell out a call, one word after the other, without any quoting.

    Parameters
    ----------
    photo
        Made absolute, so that the call works in every folder.
    options
        How it is analysed.
    amount
        Share of the result that is used, [0, 1].
    """
    words = ["blurstudio", "process", str(photo.absolute())]
    usual = AnalysisOptions()
    for name, option in _OPTIONS.items():
        value = getattr(options, name)
        if value != getattr(usual, name):
            words += [option, str(value)]
    if options.memory_limit is not None:
        words += ["--memory", repr(options.memory_limit / 1e9)]
    if options.reverse:
        words.append("--reverse")
    for x, y in options.flips:
        words += ["--flip", f"{x!r},{y!r}"]
    if amount != 1:
        words += ["--amount", f"{100 * amount:.12g}"]
    return words


def export_words(photo: Path, options: AnalysisOptions, request: ExportRequest) -> list[str]:
    """Spell out the call that writes the same results to the same folder.

    Parameters
    ----------
    photo, options
        As for `process_words`.
    request
        Formats of pictures, names and what a video repeats have no words on the command line.
    """
    words = [*process_words(photo, options), "-o", str(request.folder.absolute())]
    words += ["--parts", in_words(request.parts), "--frames", str(request.frames)]
    words += ["--video", request.video]
    if request.interval != WHOLE:
        start, end = (round(moment + 0.5, 6) for moment in request.interval)
        words += ["--part", f"{start:g}:{end:g}"]
    return words


def quoted(words: Sequence[str], platform: str = sys.platform) -> str:
    """Put words into one line as the platform's shell takes them apart again."""
    # Seldom asked for, and not quick to load.
    if platform == "win32":
        from subprocess import list2cmdline

        return list2cmdline(words)
    from shlex import join

    return join(words)
