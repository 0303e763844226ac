"""The window's door to `engine.export`: the request's names, and the writing as one job.

Nothing is written here; the names are kept where the app has always had them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from blurstudio.engine.export.request import Conflict, ExportRequest, Part

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.engine.export.extras import Extras
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.media.photo import Photo

__all__ = ["Conflict", "ExportRequest", "Part", "write"]


def write(
    photo: Photo,
    options: AnalysisOptions,
    analysis: Any,  # noqa: ANN401 - the engine's analysis; torch must not be imported for its type
    request: ExportRequest,
    context: JobContext,
    extras: Extras | None = None,
) -> list[Path]:
    """Write what was asked for; each file appears whole or not at all.

    Nobody else writes into the folder of the results meanwhile, `blurstudio process` and the queue
    included.

    Parameters
    ----------
    photo
        The photo.
    options
        How to analyse it, where no analysis of the whole photo is given.
    analysis
        Its full analysis, or None.
    extras
        What is told of the export beside the analysis.

    Returns
    -------
    list of Path
        The files, in the order they were written.

    Raises
    ------
    ExportError
        If the folder is being written into by another, or can't be made, or a file can't be
        written.
    Cancelled
        If the person asked to stop; files that were finished stay.
    """
    from blurstudio.app.photo import work
    from blurstudio.engine.export.extras import NO_EXTRAS
    from blurstudio.engine.export.names import home_of
    from blurstudio.engine.export.write import write_export
    from blurstudio.media.folders import make_folder
    from blurstudio.session.folder_lock import locked, refuse_locked

    home = home_of(request, "" if photo.path is None else photo.path.name)
    # Told before minutes of computing, and made sure of after them.
    refuse_locked(home)
    if analysis is None:
        analysis = work.new_analysis(photo, options)
    analysis.compute(context.progress, context.cancel)
    # A queue that is paused rests here at the latest before it keeps others out of the folder.
    context.progress(0.0, QCoreApplication.translate("work", "Writing"))
    context.cancel.raise_if_cancelled()
    make_folder(home)
    with locked(home):
        return write_export(
            analysis, request, context.progress, context.cancel, extras or NO_EXTRAS
        )
