"""Analyses of the photo on show, asked for in the compute lane: the newest choices count.

A quick look at a large photo comes before the full one, and the nearest of the analyses that were
kept is changed rather than begun anew. Showing results is the controller's business.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from blurstudio.app.photo import work
from blurstudio.app.photo.kept import Kept, is_done
from blurstudio.app.regions import region_work

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.engine.lanes.jobs import JobState
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.media.photo import Photo
    from blurstudio.session.document import Choices

_ANALYSIS = "analysis"


class AnalysisRequests(QObject):
    """Turns a photo and choices into results, one after the quick look and one after the full."""

    ready = Signal(object)
    """Results of either look."""
    paths_bent = Signal(object)
    """Paths while they are being refined."""
    ended = Signal(object)
    """A look was cancelled or failed, so nothing is waited for any more; tells the job's state."""

    def __init__(self, bridge: JobBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._kept = {True: Kept(), False: Kept()}

    @property
    def running(self) -> bool:
        """Whether an analysis is waited for."""
        return self._bridge.is_busy(_ANALYSIS)

    def request(
        self,
        photo: Photo,
        choices: Choices,
        before: Any,  # noqa: ANN401 - the engine's; torch is not imported here
        title: str,
    ) -> None:
        """Ask for results, in place of whatever was asked for.

        Parameters
        ----------
        photo
            The photo on show.
        choices
            All that was chosen for it.
        before
            The analysis on show, if any.
        title
            What the list of jobs calls it.
        """
        self.give_up()
        full = self.nearest(choices.options)
        at_hand = full is not None and is_done(full, choices.options)
        if work.wants_quick_look(photo) and not at_hand:
            self._look(photo, choices, before, self.tr("Quick look"), quick=True)
        self._look(photo, choices, before, title, quick=False)

    def give_up(self) -> None:
        """Want nothing of what is being computed any more."""
        self._bridge.renew(_ANALYSIS)

    def nearest(self, options: AnalysisOptions) -> Any:  # noqa: ANN401 - as above
        """Return the full analysis kept that shares most with such choices, or None."""
        return self._kept[False].nearest(options)

    def forget(self) -> None:
        """Keep nothing of what was computed before."""
        for kept in self._kept.values():
            kept.clear()

    def _look(
        self,
        photo: Photo,
        choices: Choices,
        before: Any,  # noqa: ANN401 - as above
        title: str,
        *,
        quick: bool,
    ) -> None:
        options = choices.options
        nearest = self._kept[quick].nearest(work.sized(options, quick))
        tell = self._bridge.channel(_ANALYSIS, self.paths_bent.emit)
        if nearest is None:
            look = partial(work.look, photo, options, quick, tell)
        else:
            look = partial(work.look_again, nearest, options, quick, before, tell)
        self._bridge.ask(
            "compute",
            partial(region_work.edited_look, look, choices, photo.size),
            key=_ANALYSIS,
            of_photo=True,
            title=title,
            done=self._keep,
            ended=self._ended,
        )

    def _keep(self, results: work.Results) -> None:
        self._kept[results.quick].add(results.unedited.analysis)
        self.ready.emit(results)

    def _ended(self, state: JobState) -> None:
        # After a quick pass that was cancelled or failed, the full pass would only meet the same
        # wish or the same error.
        self.give_up()
        self.ended.emit(state)
