"""The request cycle of the photo on show; the window only listens.

The cycle: `open` reads the photo in the io lane (the one before stays until that succeeded) ->
`photo_opened` -> quick pass and full pass wait in the compute lane, each giving `results_ready`,
the full one its flow after that -> the timeline asks for frames of the newest result. Other choices
(`photo_choices.py`) go the same way: whatever ran for the choices before is stale, and the nearest
analysis that was kept is changed in the lane (`analysis_requests.py`). What follows from regions
and from the blend is made anew from the result on show (`edited.py`). Every step has a key in the
bridge: another photo, or another choice, renews the keys, so that nothing late is shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from blurstudio.app.photo import work
from blurstudio.app.photo.analysis_requests import AnalysisRequests
from blurstudio.app.photo.flow_request import FlowRequest
from blurstudio.app.photo.frame_requests import FrameRequests
from blurstudio.app.photo.photo_choices import PhotoChoices
from blurstudio.app.regions.edited import EditedResults
from blurstudio.app.regions.patching import Patching
from blurstudio.engine.lanes.jobs import JobState
from blurstudio.session.document import Choices

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.export import ExportRequest
    from blurstudio.engine.options import AnalysisOptions

_OPEN = "open"
_EXPORT = "export"


class PhotoController(PhotoChoices):
    """Photo, choices, results, and the requests between them.

    Parameters
    ----------
    bridge
        Where work is done.
    options
        How photos are analysed unless a person chooses otherwise.

    Attributes
    ----------
    results
        What is on show of the photo, if anything.
    frames, flow
        Where frames of the newest result are asked for, and the picture of its flow.
    """

    opening = Signal()
    """A photo is about to be read, be it the one on show."""
    photo_left = Signal()
    """Another photo is about to take the place of the one on show, which is still there."""
    photo_opened = Signal(object)
    not_opened = Signal()
    """A photo could not be read, or reading it was stopped."""
    results_ready = Signal(object)
    edits_ready = Signal(object)
    paths_bent = Signal(object)
    analysis_stopped = Signal()
    analysis_changed = Signal(bool)
    change_given_up = Signal()
    exported = Signal(object)

    def __init__(self, bridge: JobBridge, options: AnalysisOptions, parent: QObject) -> None:
        super().__init__(options, parent)
        self.results_outdated.connect(self._chosen)
        self.edits_outdated.connect(self._edit)
        self.frames = FrameRequests(bridge, self)
        self.flow = FlowRequest(bridge, self)
        self.edited = EditedResults(bridge, self)
        self.edited.ready.connect(self._show_edits)
        self.patching = Patching(bridge, self.history, self)
        self.patching.ready.connect(self._edit)
        self.results: work.Results | None = None
        self._bridge = bridge
        self._analyses = AnalysisRequests(bridge, self)
        self._analyses.ready.connect(self._show_results)
        self._analyses.paths_bent.connect(self.paths_bent)
        self._analyses.ended.connect(self._ended)
        # A turn after a photo is shown: it is painted before it is computed with.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.analyse)

    @property
    def is_shown(self) -> bool:
        """Whether the full result of the choices in force is there."""
        results = self.results
        return results is not None and not results.quick and results.options == self.options

    @property
    def running(self) -> bool:
        """Whether an analysis is waited for."""
        return self._soon.isActive() or self._analyses.running

    def open(self, path: Path) -> None:
        """Read a photo; one that was still being read is given up."""
        self.opening.emit()
        self._bridge.renew(_OPEN)
        self._bridge.ask(
            "io",
            partial(work.read_photo, path, self.defaults),
            key=_OPEN,
            title=self.tr("Opening {name}").format(name=path.name),
            of_photo=True,
            done=self._show_photo,
            ended=lambda _state: self.not_opened.emit(),
        )

    def analyse(self) -> None:
        """Analyse the photo on show, from the beginning, on the machine as it is set now."""
        self._soon.stop()
        self._analyses.forget()
        usual = self.defaults
        options = replace(
            self.options,
            device=usual.device,
            precision=usual.precision,
            memory_limit=usual.memory_limit,
        )
        if options == self.options:
            self._start(self.tr("Analysis"))
        else:
            self.history.do(options, self.tr("Analyse again"))

    def stop(self) -> None:
        """Stop the analysis; what is finished stays."""
        if self.running:
            self._soon.stop()
            self._analyses.give_up()
            self._ended(JobState.CANCELLED)

    def pause(self) -> None:
        """Give up what is being computed: other choices are about to be made."""
        self._analyses.give_up()

    def catch_up(self) -> None:
        """Ask for results with the choices in force, unless they are there or on their way."""
        if not self.running and self.results is not None and not self.is_shown:
            self._start(self.tr("Analysis"))

    def export(self, request: ExportRequest) -> None:
        """Write results to files; another photo may be opened meanwhile."""
        if self.results is None or self.opened is None:
            return
        # Choices that are still computed are not on show. Results of the quick pass are of a
        # reduced photo: of them the job itself analyses the whole one.
        options = self.options if self.results.quick else self.results.options
        choices = replace(self.history.choices, options=options)
        nearest = self._analyses.nearest(options)
        self._bridge.ask(
            "compute",
            partial(work.export, self.opened.photo, choices, nearest, request),
            key=_EXPORT,
            title=self.tr("Exporting {name}").format(name=self.opened.path.name),
            done=self.exported.emit,
        )

    def _show_photo(self, opened: work.Opened) -> None:
        self.photo_left.emit()
        self._analyses.give_up()
        self.flow.forget()
        self._analyses.forget()
        self.frames.use(None)
        self.edited.forget()
        self.patching.forget()
        self.opened = opened
        self.results = None
        left = None if opened.left is None else opened.left.document.choices
        self._begin(left or Choices(self.defaults))
        self.photo_opened.emit(opened)
        self._soon.start()

    def _chosen(self) -> None:
        """Bring what is on show in line with options that were chosen, undone or redone."""
        self.options_changed.emit()
        if self.is_shown:
            # Back to what is on show, before anything else could be.
            self._analyses.give_up()
            self.analysis_changed.emit(False)
        else:
            self._start(self.history.newest or self.tr("Analysis"))

    def _start(self, title: str) -> None:
        """Ask for results with the choices in force, in place of whatever was asked for."""
        if self.opened is None:
            return
        self.flow.forget()
        before = None if self.results is None else self.results.unedited
        self._analyses.request(self.opened.photo, self.history.choices, before, title)
        self.analysis_changed.emit(True)

    def _show_results(self, results: work.Results) -> None:
        self._use(results)
        self.results_ready.emit(results)
        if not results.quick:
            self.analysis_changed.emit(False)
        # Regions may have been drawn, or strokes painted, while these were computed.
        self._edit()

    def _show_edits(self, results: work.Results) -> None:
        """Show other edits of the result on show; those of an earlier result come too late."""
        shown = self.results
        if shown is not None and results.unedited is shown.unedited:
            other = (results.edits, results.parts) != (shown.edits, shown.parts)
            self._use(results, other_paths=other)
            self.edits_ready.emit(results)

    def _use(self, results: work.Results, *, other_paths: bool = True) -> None:
        self.results = results
        self.frames.use(results.player)
        if other_paths and not results.quick:
            self.flow.draw(results.analysis)

    def _edit(self) -> None:
        """Bring the result on show in line with the edits of the regions and with the blend."""
        if self.results is not None and self.opened is not None:
            self.patching.request(self.results, self.history.choices, self.opened.photo.size)
            self.edited.request(self.results, self.history.choices, self.opened.photo.size)

    def _ended(self, state: JobState) -> None:
        if self.results is not None and self.results.options != self.options:
            self._give_up_change(forget=state is JobState.FAILED)
            if state is JobState.CANCELLED:
                self.change_given_up.emit()
        elif state is JobState.CANCELLED:
            self.analysis_stopped.emit()
        self.analysis_changed.emit(self.running)

    def _give_up_change(self, *, forget: bool) -> None:
        """Go back to the choices of what is on show; failed ones can't be chosen again by redo."""
        assert self.results is not None
        if self.history.go_back_to(self.results.options, forget=forget):
            self._known = self.history.choices
            self.options_changed.emit()
        elif not self.history.take_back():
            self._begin(replace(self.history.choices, options=self.results.options))
            self.options_changed.emit()
