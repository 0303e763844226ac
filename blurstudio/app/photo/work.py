"""What the app lets the lanes do: read a photo, analyse it, choose otherwise, make pictures.

Only this module, `showable.py` and its neighbours named `..._work.py` reach for torch and the
engine's networks, and only inside their functions: they run in a lane's thread, after the window is
up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas import picture_image
from blurstudio.app.launch.ready_work import load_engine
from blurstudio.app.photo.results import Results
from blurstudio.app.photo.showable import drawn_paths, show

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from blurstudio.app.export import ExportRequest
    from blurstudio.app.photo.results import Paths
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.media.photo import Photo
    from blurstudio.session.document import Choices
    from blurstudio.session.files import Loaded

    Tell = Callable[[Paths], None]

__all__ = ["Opened", "Results", "look"]

QUICK_SIDE = 960


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo that was read, the picture of it for the screen, and how it was left last time."""

    path: Path
    photo: Photo
    picture: QImage
    left: Loaded | None = None


def read_photo(path: Path, defaults: AnalysisOptions, context: JobContext) -> Opened:
    """Read a photo and its document, and prepare its picture.

    Parameters
    ----------
    defaults
        Choices for what the document doesn't say.

    Raises
    ------
    PhotoError
        If it can't be read.
    """
    from blurstudio.media.colour import display_image
    from blurstudio.media.photo import open_photo
    from blurstudio.session import files
    from blurstudio.session.document import mark_of
    from blurstudio.session.photo_folders import meant_by

    context.progress(0.0, QCoreApplication.translate("work", "Reading"))
    path = meant_by(path)
    photo = open_photo(path)
    context.cancel.raise_if_cancelled()
    context.progress(0.6, QCoreApplication.translate("work", "Preparing the picture"))
    picture = picture_image(display_image(photo.pixels, photo.icc_profile))
    return Opened(path, photo, picture, files.load(mark_of(path, photo.size), defaults))


def wants_quick_look(photo: Photo) -> bool:
    """Whether a photo is so large that a reduced one is worth looking at first."""
    return max(photo.size) > 1.5 * QUICK_SIDE


def sized(options: AnalysisOptions, quick: bool) -> AnalysisOptions:
    """Return the choices for a pass: the quick one reduces the photo."""
    if not quick:
        return options
    return replace(options, max_side=min(QUICK_SIDE, options.max_side or QUICK_SIDE))


def new_analysis(photo: Photo, options: AnalysisOptions) -> Any:  # noqa: ANN401 - needs torch
    """Make the engine's analysis of a photo, with nothing computed yet."""
    load_engine()
    from blurstudio.engine.analysis import Analysis

    return Analysis(photo, options)


def look(
    photo: Photo, options: AnalysisOptions, quick: bool, tell: Tell, context: JobContext
) -> Results:
    """Analyse a photo and make everything the window shows of it.

    Parameters
    ----------
    quick
        Reduce the photo first: a look in a fraction of the time.
    tell
        Called with the paths, whenever a refinement has bent them.
    """
    context.progress(0.0, QCoreApplication.translate("work", "Starting"))
    analysis = new_analysis(photo, sized(options, quick))
    _compute(analysis, tell, context)
    return show(analysis, options, quick, None, context)


def look_again(
    nearest: Any,  # noqa: ANN401 - the engine's analysis
    options: AnalysisOptions,
    quick: bool,
    before: Results | None,
    tell: Tell,
    context: JobContext,
) -> Results:
    """Look at a photo with other choices.

    Parameters
    ----------
    nearest
        The analysis that has most in common with what is wanted; that much is not done again.
    before
        The results it takes the place of.
    tell
        As for `look`.
    """
    context.progress(0.0, QCoreApplication.translate("work", "Starting"))
    analysis = _with_choices(nearest, sized(options, quick))
    _compute(analysis, tell, context)
    return show(analysis, options, quick, before, context)


def flow_picture(analysis: Any, context: JobContext) -> QImage:  # noqa: ANN401 - as above
    """Draw the flow of an analysis; it takes longer than what else follows from new paths."""
    context.cancel.raise_if_cancelled()
    return picture_image(analysis.flow_picture)


def use_threads(threads: int, context: JobContext) -> None:
    """Let the processor compute with so many threads; 0 is as many as it had at first."""
    from blurstudio.engine.compute.device import use_threads as use

    context.cancel.raise_if_cancelled()
    use(threads or None)


def _compute(analysis: Any, tell: Tell, context: JobContext) -> None:  # noqa: ANN401 - as above
    from blurstudio.engine.paths.shape import directed

    def bent(paths: Any) -> None:  # noqa: ANN401 - as above
        options = analysis.options
        tell(drawn_paths(directed(paths, options.reverse, options.flips)))

    analysis.on_paths = bent
    try:
        analysis.compute(context.progress, context.cancel)
    finally:
        analysis.on_paths = None


def _with_choices(analysis: Any, options: AnalysisOptions) -> Any:  # noqa: ANN401 - as above
    return analysis if analysis.options == options else analysis.changed(options)


def export(
    photo: Photo,
    choices: Choices,
    analysis: Any,  # noqa: ANN401 - the engine's analysis, or None
    request: ExportRequest,
    context: JobContext,
) -> list[Path]:
    """Write results made with certain choices; an analysis with others serves as far as it can."""
    from blurstudio.app import export as writing
    from blurstudio.engine.export.names import home_name
    from blurstudio.session.applying import with_choices
    from blurstudio.session.exporting import extras_of

    options = choices.options
    if photo.path is not None and not request.name:
        request = replace(request, name=home_name(request.folder, photo.path))
    analysis = (
        new_analysis(photo, options) if analysis is None else _with_choices(analysis, options)
    )

    def told(_fraction: float, text: str) -> None:
        context.progress(0.0, text)

    analysis = with_choices(analysis, choices, photo.size, told, context.cancel)
    extras = extras_of(photo.path, photo.size, choices, request)
    return writing.write(photo, options, analysis, request, context, extras)


def frame(player: Any, time: float, context: JobContext) -> QImage:  # noqa: ANN401
    """Make the frame at a moment."""
    context.cancel.raise_if_cancelled()
    return picture_image(player.frame(time))
