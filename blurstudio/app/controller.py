"""The request cycle of the photo on show; the window only listens.

The cycle: `open` reads the photo in the io lane (the one before stays until that succeeded) ->
`photo_opened` -> quick pass and full pass wait in the compute lane, each giving `results_ready`,
the full one its flow after that -> the timeline asks for frames of the newest result. Other choices
go the same way: `change` writes them into the history, whatever ran for the choices before is
stale, and the nearest analysis that was kept is changed in the lane. Regions drawn on the photo go
into the same history by `draw`, and how much of the result is used by `mix`; what follows from them
is made anew from the result on show (`edited.py`), without a network. Every step has a key in the
bridge: opening another photo, or choosing again, renews the keys, so that nothing late is shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app import region_work, work
from blurstudio.app.edited import EditedResults
from blurstudio.app.frame_requests import FrameRequests
from blurstudio.app.history import History
from blurstudio.app.kept import Kept, is_done
from blurstudio.app.patching import Patching
from blurstudio.engine.jobs import JobState
from blurstudio.session.document import Choices

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.export import ExportRequest
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.session.blend import Blend
    from blurstudio.session.document import Others
    from blurstudio.session.regions import Regions

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

    opening = Signal()
    """A photo is about to be read, be it the one on show."""
    photo_left = Signal()
    """Another photo is about to take the place of the one on show, which is still there."""
    photo_opened = Signal(object)
    results_ready = Signal(object)
    edits_ready = Signal(object)
    flow_ready = Signal(object)
    paths_bent = Signal(object)
    analysis_stopped = Signal()
    analysis_changed = Signal(bool)
    options_changed = Signal()
    regions_changed = Signal()
    blend_changed = Signal()
    others_changed = Signal()
    """The photo is compared with other files now."""
    change_given_up = Signal()
    exported = Signal(object)

    def __init__(self, bridge: JobBridge, options: AnalysisOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.frames = FrameRequests(bridge, self)
        self.history = History(options, self)
        self.history.moved.connect(self._moved)
        self.edited = EditedResults(bridge, self)
        self.edited.ready.connect(self._show_edits)
        self.patching = Patching(bridge, self.history, self)
        self.patching.ready.connect(self._edit)
        self.defaults = options
        self.opened: work.Opened | None = None
        self.results: work.Results | None = None
        self._bridge = bridge
        self._kept = {True: Kept(), False: Kept()}
        self._known = self.history.choices

    @property
    def options(self) -> AnalysisOptions:
        """The choices in force; those of what is on show are in `results`."""
        return self.history.options

    @property
    def regions(self) -> Regions:
        """Regions of the photo on show, from the bottom to the top."""
        return self.history.regions

    @property
    def blend(self) -> Blend:
        """How much of the result is used, and where."""
        return self.history.blend

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
        self.opening.emit()
        self._bridge.renew(_OPEN)
        self._bridge.ask(
            "io",
            partial(work.read_photo, path, self.defaults),
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

    def change(self, options: AnalysisOptions, words: str, gesture: object = None) -> None:
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

    def draw(self, regions: Regions, words: str, gesture: object = None) -> None:
        """Have other regions on the photo on show; parameters as of `change`."""
        if self.opened is not None:
            self.history.draw(regions, words, gesture)

    def mix(self, blend: Blend, words: str, gesture: object = None) -> None:
        """Use another part of the result; parameters as of `change`."""
        if self.opened is not None:
            self.history.mix(blend, words, gesture)

    def choose(self, choices: Choices, words: str) -> None:
        """Choose several things at once, undone as one."""
        if self.opened is not None:
            self.history.choose(choices, words)

    def compare_with(self, others: Others, words: str) -> None:
        """Compare the photo on show with other answers; parameters as of `change`."""
        if self.opened is not None:
            self.history.choose(replace(self.history.choices, others=others), words)

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
                self.history.choices,
                self._kept[False].nearest(self.options),
                request,
            ),
            key=_EXPORT,
            title=f"Exporting {self.opened.path.name}",
            done=self.exported.emit,
        )

    def _show_photo(self, opened: work.Opened) -> None:
        self.photo_left.emit()
        for key in (_ANALYSIS, _FLOW):
            self._bridge.renew(key)
        self._forget_kept()
        self.frames.use(None)
        self.edited.forget()
        self.patching.forget()
        self.opened = opened
        self.results = None
        left = None if opened.left is None else opened.left.document.choices
        self.history.begin(left or Choices(self.defaults))
        self._known = self.history.choices
        self.photo_opened.emit(opened)
        self.analyse()

    def _moved(self) -> None:
        """Tell which choices are others now, and have what follows from them."""
        before, self._known = self._known, self.history.choices
        if before.regions != self._known.regions:
            self.regions_changed.emit()
        if before.blend != self._known.blend:
            self.blend_changed.emit()
        if (before.regions, before.blend) != (self._known.regions, self._known.blend):
            self._edit()
        if before.others != self._known.others:
            self.others_changed.emit()
        if before.options != self._known.options:
            self._chosen()

    def _chosen(self) -> None:
        """Bring what is on show in line with options that were chosen, undone or redone."""
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
        before = None if self.results is None else self.results.unedited
        if nearest is None:
            look = partial(work.look, self.opened.photo, options, quick, tell)
        else:
            look = partial(work.look_again, nearest, options, quick, before, tell)
        self._bridge.ask(
            "compute",
            partial(region_work.edited_look, look, self.history.choices, self.opened.photo.size),
            key=_ANALYSIS,
            title=title,
            done=self._show_results,
            ended=self._ended,
        )

    def _show_results(self, results: work.Results) -> None:
        self._kept[results.quick].add(results.unedited.analysis)
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
            self._bridge.renew(_FLOW)
            self._bridge.ask(
                "compute",
                partial(work.flow_picture, results.analysis),
                key=_FLOW,
                done=self.flow_ready.emit,
            )

    def _edit(self) -> None:
        """Bring the result on show in line with the edits of the regions and with the blend."""
        if self.results is not None and self.opened is not None:
            self.patching.request(self.results, self.history.choices, self.opened.photo.size)
            self.edited.request(self.results, self.history.choices, self.opened.photo.size)

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
            self._known = self.history.choices
            self.options_changed.emit()
        elif not self.history.take_back():
            self.history.begin(replace(self.history.choices, options=self.results.options))
            self._known = self.history.choices
            self.options_changed.emit()

    def _forget_kept(self) -> None:
        for kept in self._kept.values():
            kept.clear()
