"""Which files ``blurstudio process`` writes of a photo, and the writing of them.

Without a word about parts they are the usual ones; the writers themselves are the engine's.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.engine.export.names import PhotoFacts, home_of, plan, plan_some
from blurstudio.engine.export.request import FRAMES_RANGE, ExportRequest, Part
from blurstudio.engine.interval import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from blurstudio.engine.analysis import Analysis
    from blurstudio.session.document import Choices
    from blurstudio.session.regions import Regions

USUAL_PARTS = frozenset(
    {
        Part.SHARP,
        Part.OVERLAY,
        Part.PICTURES,
        Part.FRAMES,
        Part.VIDEO,
        Part.FLOW,
        Part.PATHS,
        Part.KERNELS,
        Part.FIGURES,
    }
)
"""What is written where nothing is named."""

_SOME_SIZE = (1, 1)


def check(request: ExportRequest, photo: Path, regions: Regions | None) -> None:
    """Refuse what can't be written, before there is anything to write.

    Parameters
    ----------
    request
        Without parts it stands for the usual files.
    photo, regions
        Its file and its regions, after which files are named; None as long as these are not known,
        and with them whether there is a file at all.

    Raises
    ------
    ExportError
        If a name can't be used, or there would be no file.
    """
    masks = tuple(region.name for region in regions or ())
    planned = plan if regions is None else plan_some
    planned(_with_parts(request), PhotoFacts(photo.name, _SOME_SIZE, masks=masks), _is_not_there)


def _is_not_there(_path: Path) -> bool:
    return False


def write(
    analysis: Analysis,
    request: ExportRequest,
    choices: Choices,
    move: Callable[[float, str], None],
) -> list[Path]:
    """Write what was asked for.

    Parameters
    ----------
    analysis
        Of a photo that was read from a file, with everything that was chosen for it.
    request
        Without parts it stands for the usual files.
    choices
        What was chosen.
    move
        Told a fraction and a text.

    Returns
    -------
    list of Path
        The files.
    """
    from blurstudio.engine.export.write import write_export
    from blurstudio.session.exporting import extras_of

    photo = analysis.photo
    full = _with_parts(request)
    extras = extras_of(photo.path, photo.size, choices, full)
    return write_export(analysis, full, move, extras=extras)


def remove_older(request: ExportRequest, analysis: Analysis, written: Iterable[Path]) -> None:
    """Remove frames of earlier results that no note tells of: they would be taken for new ones.

    Parameters
    ----------
    request, analysis
        As `write` had them.
    written
        The files that stay.
    """
    from blurstudio.engine.export.write import facts_of

    facts = facts_of(analysis)
    parts = frozenset({Part.FRAMES, Part.EXPOSED})
    could = plan(replace(request, parts=parts, frames=FRAMES_RANGE[1]), facts, _is_not_there)
    home = home_of(request, facts.name)
    for path in {home / file.path for file in could}.difference(written):
        with contextlib.suppress(OSError):
            path.unlink()


def _with_parts(request: ExportRequest) -> ExportRequest:
    if request.parts:
        return request
    exposed = {Part.EXPOSED} if request.interval != WHOLE else set[Part]()
    return replace(request, parts=USUAL_PARTS | exposed)
