"""Writing what was asked for: one writer after the other, each file whole or not at all.

Which files there are and what they are called is `names`' business.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from blurstudio.engine.export import films, motion, pictures, report
from blurstudio.engine.export.extras import NO_EXTRAS, Extras
from blurstudio.engine.export.names import PhotoFacts, home_of, plan_some
from blurstudio.engine.export.request import VIDEOS, Part
from blurstudio.engine.export.task import Task
from blurstudio.engine.findings.figures import write_figures
from blurstudio.engine.interval import check_interval
from blurstudio.errors import ExportError
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.export.planned import Planned
    from blurstudio.engine.export.request import ExportRequest
    from blurstudio.engine.export.task import Files, Writer
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback


def write_export(
    analysis: Analysis,
    request: ExportRequest,
    progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
    extras: Extras = NO_EXTRAS,
) -> list[Path]:
    """Write what was asked for.

    Parameters
    ----------
    analysis
        Whatever of it is not computed yet is computed when it is needed.
    request
        What, how and where.
    progress
        Called with a fraction in [0, 1] and a text.
    cancel
        Asked between files and frames; files that were finished stay.
    extras
        What the report tells and which masks there are.

    Returns
    -------
    list of Path
        The files that were written, in that order; not those that were left as they are.

    Raises
    ------
    ExportError
        If a name can't be used, there is nothing to write, a file can't be written, there is no
        such video, or the interval is no part of the exposure.
    ValueError
        For a number of frames below 1.
    Cancelled
        If the person asked to stop.
    """
    _check(request)
    facts = facts_of(analysis, extras)
    files = plan_some(request, facts)
    home = home_of(request, facts.name)
    task = Task(analysis, request, extras, home, progress, cancel)
    writers = _writers(request)
    steps = [(write, [*own]) for write, own in groupby(files, lambda file: writers[file.part])]
    weights = [_weight(own, request) for _, own in steps]
    written: list[Path] = []
    for index, (write, own) in enumerate(steps):
        start, share = sum(weights[:index]) / sum(weights), weights[index] / sum(weights)
        task.begin(start, share, _DOING[own[0].part])
        wanted = {file.key: home / file.path for file in own if not file.skipped}
        if wanted:
            task.make_folders(wanted.values())
            write(task, wanted)
            written += wanted.values()
        task.present += [home / file.path for file in own]
    if progress is not None:
        progress(1.0, "")
    return written


def facts_of(analysis: Analysis, extras: Extras = NO_EXTRAS) -> PhotoFacts:
    """Facts that the names and sizes of results depend on."""
    photo = analysis.photo
    name = "photo" if photo.path is None else photo.path.name
    masks = tuple(mask.name for mask in extras.masks)
    return PhotoFacts(name, photo.size, 1 if photo.grey else 3, masks)


def _check(request: ExportRequest) -> None:
    """Refuse what can't be before there is any file."""
    check_interval(request.interval)
    if request.frames < 1:
        raise ValueError(f"frames must be at least 1, got {request.frames}")
    if request.video not in VIDEOS:
        raise ExportError(
            '"{video}" is no kind of video; choose {known}.',
            video=request.video,
            known=", ".join(VIDEOS),
        )


def _writers(request: ExportRequest) -> Mapping[Part, Writer]:
    """Who writes each part; a film that shares its frames is written along with them."""
    if films.shares_frames(request):
        return {**_WRITERS, Part.VIDEO: films.write_frames}
    return _WRITERS


def _weight(files: Sequence[Planned], request: ExportRequest) -> int:
    """How much work some files are, in pictures."""
    return request.frames if files[0].part in films.PARTS else 1


def _figures(task: Task, files: Files) -> None:
    for path in files.values():
        write_figures(task.analysis, task.home, task.present, task.request.interval, path)


_DOING = {
    Part.SHARP: sentence("Writing the sharp photo"),
    Part.EXPOSED: sentence("Exposing for a shorter time"),
    Part.STRIP: sentence("Writing before and after"),
    Part.OVERLAY: sentence("Drawing the paths"),
    Part.PICTURES: sentence("Writing pictures"),
    Part.FRAMES: sentence("Writing frames"),
    Part.VIDEO: sentence("Writing the video"),
    Part.OVERLAY_VIDEO: sentence("Writing the video with paths"),
    Part.FLOW: sentence("Writing the flow"),
    Part.PATHS: sentence("Writing the paths"),
    Part.KERNELS: sentence("Writing the kernels"),
    Part.MASKS: sentence("Writing masks"),
    Part.REPORT: sentence("Writing the report"),
    Part.FIGURES: sentence("Writing figures"),
}
_WRITERS: dict[Part, Writer] = {
    Part.SHARP: pictures.write_sharp,
    Part.EXPOSED: pictures.write_exposed,
    Part.STRIP: pictures.write_strip,
    Part.OVERLAY: pictures.write_overlay,
    Part.PICTURES: pictures.write_drawn,
    Part.FRAMES: films.write_frames,
    Part.VIDEO: films.write_film,
    Part.OVERLAY_VIDEO: films.write_overlay_film,
    Part.FLOW: motion.write_flow,
    Part.PATHS: motion.write_paths,
    Part.KERNELS: motion.write_kernels,
    Part.MASKS: pictures.write_masks,
    Part.REPORT: report.write_report,
    Part.FIGURES: _figures,
}
