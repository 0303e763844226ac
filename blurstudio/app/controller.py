"""The request cycle of the photo on show; the window only listens.

The cycle: `open` reads the photo in the io lane (the one before stays until that succeeded) ->
`photo_opened` -> quick pass and full pass wait in the compute lane, each giving `results_ready` ->
the timeline asks for frames of the newest result. Every step has a key in the bridge: opening
another photo renews the keys, so that nothing late is ever shown on the wrong photo.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app import work
from blurstudio.app.scrub import FrameRequests
from blurstudio.engine.jobs import JobState

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.export import ExportRequest
    from blurstudio.engine.options import AnalysisOptions

_OPEN = "open"
_ANALYSIS = "analysis"
_EXPORT = "export"


class PhotoController(QObject):
    """Photo, results, and the requests between them.

    Parameters
    ----------
    bridge
        Where work is done.
    options
        How photos are analysed.
    """

    photo_opened = Signal(object)
    results_ready = Signal(object)
    analysis_stopped = Signal()
    analysis_changed = Signal(bool)
    exported = Signal(object)

    def __init__(self, bridge: JobBridge, options: AnalysisOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.frames = FrameRequests(bridge, self)
        self.opened: work.Opened | None = None
        self.results: work.Results | None = None
        self._bridge = bridge
        self._options = options

    def open(self, path: Path) -> None:
        """Read a photo; one that was still being read is given up."""
        self._bridge.renew(_OPEN)
        self._bridge.ask(
            "io",
            partial(work.read_photo, path),
            key=_OPEN,
            title=f"Opening {path.name}",
            done=self._show_photo,
        )

    def analyse(self) -> None:
        """Analyse the photo on show, from the beginning."""
        if self.opened is None:
            return
        self._bridge.renew(_ANALYSIS)
        photo = self.opened.photo
        if work.wants_quick_look(photo):
            self._look("Quick look", quick=True)
        self._look("Analysis", quick=False)
        self.analysis_changed.emit(True)

    def stop(self) -> None:
        """Stop the analysis; what is finished stays."""
        if self._bridge.is_busy(_ANALYSIS):
            self._bridge.renew(_ANALYSIS)
            self._stopped(JobState.CANCELLED)

    def export(self, request: ExportRequest) -> None:
        """Write results to files; another photo may be opened meanwhile."""
        from blurstudio.app import export

        if self.results is None or self.opened is None:
            return
        # Results of the quick pass are of a reduced photo: the job itself analyses the whole one.
        analysis = None if self.results.quick else self.results.analysis
        self._bridge.ask(
            "compute",
            partial(export.write, self.opened.photo, self._options, analysis, request),
            key=_EXPORT,
            title=f"Exporting {self.opened.path.name}",
            done=self.exported.emit,
        )

    def _show_photo(self, opened: work.Opened) -> None:
        self._bridge.renew(_ANALYSIS)
        self.frames.use(None)
        self.opened = opened
        self.results = None
        self.photo_opened.emit(opened)
        self.analyse()

    def _look(self, title: str, *, quick: bool) -> None:
        assert self.opened is not None
        self._bridge.ask(
            "compute",
            partial(work.look, self.opened.photo, self._options, quick),
            key=_ANALYSIS,
            title=title,
            done=self._show_results,
            ended=self._ended,
        )

    def _show_results(self, results: work.Results) -> None:
        self.results = results
        self.frames.use(results.player)
        self.results_ready.emit(results)
        if not results.quick:
            self.analysis_changed.emit(False)

    def _ended(self, state: JobState) -> None:
        # After a quick pass that was cancelled or failed, the full pass would only meet the same
        # wish or the same error.
        self._bridge.renew(_ANALYSIS)
        self._stopped(state)

    def _stopped(self, state: JobState) -> None:
        self.analysis_changed.emit(False)
        if state is JobState.CANCELLED:
            self.analysis_stopped.emit()
