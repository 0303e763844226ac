"""Regions analysed by themselves: asked for when they are missing, given up when nobody wants them.

The work is the lane's (`part_work`); parts are kept with the analysis they belong to, from where
`edited.py` has them laid in. While a region is in the hand nothing is asked for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from blurstudio.app.regions import part_work
from blurstudio.session import parts
from blurstudio.session.regions import find

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.photo.history import History
    from blurstudio.app.photo.work import Results
    from blurstudio.engine.lanes.jobs import JobState
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.session.document import Choices

_PART = "part"


class Patching(QObject):
    """Has the parts analysed that the photo's regions ask for."""

    ready = Signal()
    """A part is there now that is to be laid in."""
    changed = Signal()
    """Other parts are waited for than before."""

    def __init__(self, bridge: JobBridge, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._history = history
        self._jobs: dict[PartWish, int] = {}
        self._given_up: set[PartWish] = set()
        self._held = False
        self._newest: tuple[Results, Choices, tuple[int, int]] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a part is waited for."""
        return bool(self._jobs)

    def request(self, results: Results, choices: Choices, photo_size: tuple[int, int]) -> None:
        """Ask for the parts that a result lacks, and give up those nobody wants any more."""
        self._newest = (results, choices, photo_size)
        wanted = self._wanted()
        for wish in [wish for wish in self._jobs if wish not in wanted.values()]:
            self._bridge.cancel(self._jobs.pop(wish))
        if not self._held and not results.quick:
            for number, wish in wanted.items():
                self._ask(number, wish)
        self.changed.emit()

    def hold(self, held: bool) -> None:
        """Rest while a region is in the hand; go on when it is let go."""
        if held == self._held:
            return
        self._held = held
        if not held and self._newest is not None:
            self.request(*self._newest)

    def try_again(self) -> None:
        """Ask once more for what was given up."""
        self._given_up.clear()
        if self._newest is not None:
            self.request(*self._newest)

    def is_given_up(self, wish: PartWish) -> bool:
        """Whether a part was stopped or failed."""
        return wish in self._given_up

    def forget(self) -> None:
        """Drop everything: another photo is shown."""
        self._bridge.renew(_PART)
        self._jobs.clear()
        self._given_up.clear()
        self._newest = None
        self._held = False

    def _wanted(self) -> dict[int, PartWish]:
        assert self._newest is not None
        results, choices, photo_size = self._newest
        if not any(region.own for region in choices.regions):
            return {}
        analysis = results.unedited.analysis
        wanted, _ = parts.wishes(choices.regions, analysis.options, photo_size, analysis.photo.size)
        analysis.parts.make_room(len(wanted))
        return wanted

    def _ask(self, number: int, wish: PartWish) -> None:
        assert self._newest is not None
        results, choices, _ = self._newest
        analysis = results.unedited.analysis
        if wish in self._jobs or wish in self._given_up or wish in analysis.parts:
            return
        region = find(choices.regions, number)
        assert region is not None
        words = QCoreApplication.translate("parts", "Analysing only {name}")
        self._jobs[wish] = self._bridge.ask(
            "compute",
            partial(part_work.analyse_part, analysis, wish),
            key=_PART,
            of_photo=True,
            title=words.format(name=region.name),
            done=partial(self._done, wish),
            ended=partial(self._ended, number, wish),
        )

    def _done(self, wish: PartWish, _part: object) -> None:
        if self._jobs.pop(wish, None) is not None:
            self.ready.emit()

    def _ended(self, number: int, wish: PartWish, _state: JobState) -> None:
        """Leave everything as it was: the wish is taken back, unless more was done since."""
        if self._jobs.pop(wish, None) is None:
            return
        self._given_up.add(wish)
        if not self._history.take_back_own(number):
            self.changed.emit()
