"""Figures of the others, measured in the lane, anew for every result of ours.

What the figures are is decided in `evaluation.comparison`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app.others import work

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.others.entries import Entries, Entry
    from blurstudio.evaluation.comparison import Agreement

_FIGURES = "other figures"


class OtherFigures(QObject):
    """Measures every other against our full result."""

    measured = Signal()

    def __init__(self, bridge: JobBridge, entries: Entries, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._entries = entries
        self._ours: work.Ours | None = None
        self._asked: set[str] = set()

    def use(self, ours: work.Ours | None) -> None:
        """Measure against another result; one of a quick pass has no figures."""
        self._bridge.renew(_FIGURES)
        self._asked.clear()
        for entry in self._entries:
            entry.agreement = None
        self._ours = None if ours is None or ours.results.quick else ours
        self.ask()

    def ask(self) -> None:
        """Have the figures that aren't there."""
        if self._ours is None:
            return
        for entry in self._entries.there:
            if entry.slot not in self._asked:
                self._asked.add(entry.slot)
                self._bridge.ask(
                    "compute",
                    partial(work.agreement, self._ours, entry.reference),
                    key=_FIGURES,
                    of_photo=True,
                    done=partial(self._take, entry),
                )

    def _take(self, entry: Entry, found: Agreement) -> None:
        entry.agreement = found
        self.measured.emit()
