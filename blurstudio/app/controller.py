"""The request cycle of the photo on show; the window only listens.

The cycle: `open` reads the photo in the io lane (the one before stays until that succeeded) ->
`photo_opened` -> quick pass and full pass wait in the compute lane, each giving `results_ready`,
the full one its flow after that -> the timeline asks for frames of the newest result. Other choices
go the same way: `change` writes them into the history, whatever ran for the choices before is
stale, and the nearest analysis that was kept is changed in the lane. Every step has a key in the
bridge: opening another photo, or choosing again, renews the keys, so that nothing late is shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app import work
from blurstudio.app.history import History
from blurstudio.app.kept import Kept, is_done
from blurstudio.app.scrub import PictureRequests
from blurstudio.engine.jobs import JobState

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.export import ExportRequest
    from blurstudio.engine.options import AnalysisOptions

_OPEN = "open"
_ANALYSIS = "analysis"
_EXPORT = "export"
_FLOW = "flow"


class PhotoController(QObject):
    """Photo, choices, results, and the requests between them.

    Parameters
    ----------
    bridge
        Where work is done.
    options
        How photos are analysed unless a person chooses otherwise.

    Attributes
    ----------
    history
        The choices for the photo on show, and those before.
    """

    photo_opened = Signal(object)
    results_ready = Signal(object)
    flow_ready = Signal(object)
    paths_bent = Signal(object)
    analysis_stopped = Signal()
    analysis_changed = Signal(bool)
    options_changed = Signal()
    change_given_up = Signal()
    exported = Signal(object)

    def __init__(self, bridge: JobBridge, options: AnalysisOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.frames = PictureRequests(bridge, "frame", "io", work.frame, self)
        self.history = History(options, self)
        self.history.moved.connect(self._chosen)
        self.defaults = options
        self.opened: work.Opened | None = None
        self.results: work.Results | None = None
        self._bridge = bridge
        self._kept = {True: Kept(), False: Kept()}

    @property
    def options(self) -> AnalysisOptions:
        """The choices in force; those of what is on show are in `results`."""
        return self.history.options

    @property
    def is_shown(self) -> bool:
        """Whether the full result of the choices in force is there."""
        results = self.results
        return results is not None and not results.quick and results.options == self.options

    @property
    def running(self) -> bool:
        """Whether an analysis is waited for."""
        return self._bridge.is_busy(_ANALYSIS)

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
        """Analyse the photo on show, from the beginning, on the machine as it is set now."""
        self._forget_kept()
        usual = self.defaults
        options = replace(
            self.options,
            device=usual.device,
            precision=usual.precision,
            memory_limit=usual.memory_limit,
        )
        if options == self.options:
            self._start("Analysis")
        else:
            self.history.do(options, "Analyse again")

    def use_defaults(self, options: AnalysisOptions) -> None:
        """Begin with other choices from the next photo on; the one on show keeps its own."""
        self.defaults = options
        self.options_changed.emit()

    def change(self, options: AnalysisOptions, words: str, gesture: int | None = None) -> None:
        """Choose otherwise for the photo on show; it can be undone.

        Parameters
        ----------
        options
            All choices.
        words
            What was done, as the Edit menu and the list of jobs say it.
        gesture
            See `History.do`.
        """
        if self.opened is not None:
            self.history.do(options, words, gesture)

    def stop(self) -> None:
        """Stop the analysis; what is finished stays."""
        if self.running:
            self._bridge.renew(_ANALYSIS)
            self._ended(JobState.CANCELLED)

    def pause(self) -> None:
        """Give up what is being computed: other choices are about to be made."""
        self._bridge.renew(_ANALYSIS)

    def catch_up(self) -> None:
        """Ask for results with the choices in force, unless they are there or on their way."""
        if not self.running and self.results is not None and not self.is_shown:
            self._start("Analysis")

    def export(self, request: ExportRequest) -> None:
        """Write results to files; another photo may be opened meanwhile."""
        if self.results is None or self.opened is None:
            return
        # Results of the quick pass are of a reduced photo: the job itself analyses the whole one.
        self._bridge.ask(
            "compute",
            partial(
                work.export,
                self.opened.photo,
                self.options,
                self._kept[False].nearest(self.options),
                request,
            ),
            key=_EXPORT,
            title=f"Exporting {self.opened.path.name}",
            done=self.exported.emit,
        )

    def _show_photo(self, opened: work.Opened) -> None:
        for key in (_ANALYSIS, _FLOW):
            self._bridge.renew(key)
        self._forget_kept()
        self.frames.use(None)
        self.opened = opened
        self.results = None
        self.history.begin(self.defaults)
        self.photo_opened.emit(opened)
        self.analyse()

    def _chosen(self) -> None:
        """Bring what is on show in line with choices that were made, undone or redone."""
        self.options_changed.emit()
        if self.is_shown:
            # Back to what is on show, before anything else could be.
            self._bridge.renew(_ANALYSIS)
            self.analysis_changed.emit(False)
        else:
            self._start(self.history.newest or "Analysis")

    def _start(self, title: str) -> None:
        """Ask for results with the choices in force, in place of whatever was asked for."""
        if self.opened is None:
            return
        for key in (_ANALYSIS, _FLOW):
            self._bridge.renew(key)
        photo = self.opened.photo
        full = self._kept[False].nearest(self.options)
        at_hand = full is not None and is_done(full, self.options)
        if work.wants_quick_look(photo) and not at_hand:
            self._look("Quick look", quick=True)
        self._look(title, quick=False)
        self.analysis_changed.emit(True)

    def _look(self, title: str, *, quick: bool) -> None:
        assert self.opened is not None
        options = self.options
        nearest = self._kept[quick].nearest(work.sized(options, quick))
        tell = self._bridge.channel(_ANALYSIS, self.paths_bent.emit)
        if nearest is None:
            function = partial(work.look, self.opened.photo, options, quick, tell)
        else:
            function = partial(work.look_again, nearest, options, quick, self.results, tell)
        self._bridge.ask(
            "compute",
            function,
            key=_ANALYSIS,
            title=title,
            done=self._show_results,
            ended=self._ended,
        )

    def _show_results(self, results: work.Results) -> None:
        self._kept[results.quick].add(results.analysis)
        self.results = results
        self.frames.use(results.player)
        if not results.quick:
            self._bridge.ask(
                "compute",
                partial(work.flow_picture, results.analysis),
                key=_FLOW,
                done=self.flow_ready.emit,
            )
        self.results_ready.emit(results)
        if not results.quick:
            self.analysis_changed.emit(False)

    def _ended(self, state: JobState) -> None:
        # After a quick pass that was cancelled or failed, the full pass would only meet the same
        # wish or the same error.
        self._bridge.renew(_ANALYSIS)
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
            self.options_changed.emit()
        elif not self.history.take_back():
            self.history.begin(self.results.options)
            self.options_changed.emit()

    def _forget_kept(self) -> None:
        for kept in self._kept.values():
            kept.clear()
