"""The choices for the photo on show: made here, undone here, and told to whoever shows them.

What follows from them, analyses and edits of results, is the controller's business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app.photo.history import History

if TYPE_CHECKING:
    from blurstudio.app.photo import work
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.session.blend import Blend
    from blurstudio.session.document import Choices, Others
    from blurstudio.session.regions import Regions


class PhotoChoices(QObject):
    """A photo and what a person chose for it.

    Parameters
    ----------
    options
        How photos are analysed unless a person chooses otherwise.

    Attributes
    ----------
    history
        The choices for the photo on show, and those before.
    defaults
        What the next photo begins with.
    opened
        The photo on show.
    """

    options_changed = Signal()
    regions_changed = Signal()
    blend_changed = Signal()
    others_changed = Signal()
    """The photo is compared with other files now."""
    results_outdated = Signal()
    """Other options are in force: what is on show was made with others."""
    edits_outdated = Signal()
    """Regions or blend are others: what is on show was edited otherwise."""

    def __init__(self, options: AnalysisOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.history = History(options, self)
        self.history.moved.connect(self._moved)
        self.defaults = options
        self.opened: work.Opened | None = None
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

    def _moved(self) -> None:
        """Tell which choices are others now, and have what follows from them."""
        before, self._known = self._known, self.history.choices
        if before.regions != self._known.regions:
            self.regions_changed.emit()
        if before.blend != self._known.blend:
            self.blend_changed.emit()
        if (before.regions, before.blend) != (self._known.regions, self._known.blend):
            self.edits_outdated.emit()
        if before.others != self._known.others:
            self.others_changed.emit()
        if before.options != self._known.options:
            self.results_outdated.emit()

    def _begin(self, choices: Choices) -> None:
        """Start over with these; nothing before can be undone, and nobody is told."""
        self.history.begin(choices)
        self._known = self.history.choices
