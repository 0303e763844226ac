"""The Motion panel: every choice behind a result, one under the other.

It shows choices and says which ones a person wishes for; what follows from them is worked out
elsewhere. Nothing here imports torch.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from blurstudio.app.panels.labels import words
from blurstudio.app.panels.motion.paths import DirectionSection, PathSection
from blurstudio.app.panels.motion.picture import RefineSection, SharpSection
from blurstudio.app.panels.motion.section import Section, show_remark
from blurstudio.app.panels.motion.terms import missing, waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.app.listing_work import ModelChoice
    from blurstudio.engine.options import AnalysisOptions


class Ready(Enum):
    """What there is to choose for: nothing yet, a photo without a result, or a result."""

    WAITING = auto()
    MISSING = auto()
    RESULTS = auto()


class MotionPanel(QWidget):
    """Controls for the choices behind a result.

    Attributes
    ----------
    paths, direction, refinement, picture
        The sections, from top to bottom.
    reset
        The button that takes every choice back; enabled from outside, for choices of other panels
        count as well.
    """

    wished = Signal(object, str, object)
    """As `Section.wished`."""
    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._why = words(self, quiet=True)
        column.addWidget(self._why)
        self.paths = PathSection(self)
        self.direction = DirectionSection(self)
        self.refinement = RefineSection(self)
        self.picture = SharpSection(self)
        self._last = _ResetSection(self)
        self.reset = self._last.reset
        self.reset.clicked.connect(self.reset_asked)
        self._sections: tuple[Section, ...] = (
            *(self.paths, self.direction, self.refinement, self.picture),
            self._last,
        )
        for section in self._sections:
            column.addWidget(section)
            section.wished.connect(self.wished)
        self.allow(Ready.WAITING)

    def show_models(self, models: Sequence[ModelChoice]) -> None:
        """Offer these networks."""
        self.paths.show_models(tuple(models))
        self.picture.show_models(tuple(models))

    def show_options(self, options: AnalysisOptions, defaults: AnalysisOptions) -> None:
        """Show choices; `defaults` are those that a reset goes back to."""
        for section in self._sections:
            section.show_options(options, defaults)

    def focus(self) -> None:
        """Bring the keys to the first control."""
        self.paths.motion_model.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def allow(self, ready: Ready) -> None:
        """Enable what can be chosen, and say why the rest can't."""
        show_remark(self._why, {Ready.WAITING: waiting(), Ready.MISSING: missing()}.get(ready, ""))
        for section in self._sections:
            section.setEnabled(ready is Ready.RESULTS)
        if ready is Ready.MISSING:
            # A network that is missing or damaged is the usual cause.
            self.paths.setEnabled(True)
            self.picture.setEnabled(True)
            self._last.setEnabled(True)


class _ResetSection(Section):
    """The way back to the first choices; whether there is any is known elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reset = self.add_button("reset", self.tr("Reset all"))
        self.add_row("", self.reset)
