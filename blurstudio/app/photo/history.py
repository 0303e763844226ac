"""Undo: which choices a person made for the photo on show, one after the other.

It only remembers choices, options, regions and blend alike; what follows from them is the
controller's business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from blurstudio.session.document import Choices
from blurstudio.session.regions import find

if TYPE_CHECKING:
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.session.blend import Blend
    from blurstudio.session.regions import Regions

_MERGEABLE = 1
_ALONE = -1


class History(QObject):
    """Choices as a stack of commands, each with the words that the Edit menu shows.

    Attributes
    ----------
    stack
        Qt's undo stack, for menus.
    choices
        Those in force.
    """

    moved = Signal()
    """The choices are others now: something was done, undone or redone."""
    listed = Signal()
    """What can be undone and redone is something else now."""

    def __init__(self, options: AnalysisOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.choices = Choices(options)
        self._silent = False
        self.stack.indexChanged.connect(self._tell)

    @property
    def options(self) -> AnalysisOptions:
        """How the photo is analysed."""
        return self.choices.options

    @property
    def regions(self) -> Regions:
        """Regions of the photo, from the bottom to the top."""
        return self.choices.regions

    @property
    def blend(self) -> Blend:
        """How much of the result is used, and where."""
        return self.choices.blend

    @property
    def newest(self) -> str:
        """Words of the command that was just done; empty after an undo."""
        return self.stack.undoText() if self.stack.index() == self.stack.count() else ""

    def begin(self, choices: Choices) -> None:
        """Start over with first choices; nothing before can be undone, and nobody is told."""
        self.choices = choices
        self._silent = True
        self.stack.clear()
        self._silent = False

    def do(self, options: AnalysisOptions, words: str, gesture: object = None) -> None:
        """Choose something.

        Parameters
        ----------
        options
            All choices, the new one among them; the same as before is nothing to undo.
        words
            What the Edit menu says after "Undo".
        gesture
            Changes of one gesture, as of a slider in the hand, are undone as one.
        """
        self.choose(replace(self.choices, options=options), words, gesture)

    def draw(self, regions: Regions, words: str, gesture: object = None) -> None:
        """Have other regions; parameters as of `do`."""
        self.choose(replace(self.choices, regions=regions), words, gesture)

    def mix(self, blend: Blend, words: str, gesture: object = None) -> None:
        """Use another part of the result; parameters as of `do`."""
        self.choose(replace(self.choices, blend=blend), words, gesture)

    def choose(self, choices: Choices, words: str, gesture: object = None) -> None:
        """Choose options, regions and blend at once; parameters as of `do`."""
        if choices != self.choices:
            self.stack.push(_Change(self, choices, words, gesture))

    def go_back_to(self, options: AnalysisOptions, *, forget: bool) -> bool:
        """Return to options that were in force before, without telling that they changed.

        Parameters
        ----------
        options
            Options of one place of the stack; the nearest such place is taken. Where regions were
            drawn, others compared or the blend changed on the way, they stay: going back is one
            more command then.
        forget
            Take the commands on the way back off the stack: they failed.

        Returns
        -------
        bool
            Whether there is such a place; otherwise nothing happens.
        """
        stack = self.stack
        here = stack.index()
        first = stack.command(0)
        start = self.choices if first is None else _change(first).before
        places = [start, *(_change(stack.command(i)).after for i in range(stack.count()))]
        same = [place for place, there in enumerate(places) if there.options == options]
        if not same:
            return False
        target = min(same, key=lambda place: abs(place - here))
        self._silent = True
        if places[target] != replace(self.choices, options=options):
            self.do(options, self.tr("Back to the result on show"))
            self._silent = False
            return True
        while forget and stack.index() > target:
            self._drop_newest()
        stack.setIndex(target)
        self._silent = False
        return True

    def take_back(self) -> bool:
        """Undo the newest command for good, if it chose options; returns whether it did."""
        if not self.stack.canUndo():
            return False
        newest = _change(self.stack.command(self.stack.index() - 1))
        if newest.before.options == newest.after.options:
            return False
        self._drop_newest()
        return True

    def take_back_own(self, number: int) -> bool:
        """Undo the newest command for good, if it had a region analysed by itself.

        Returns
        -------
        bool
            Whether it did.
        """
        if not self.stack.canUndo():
            return False
        newest = _change(self.stack.command(self.stack.index() - 1))
        before, after = (find(choices.regions, number) for choices in (newest.before, newest.after))
        if before is None or after is None or before.own == after.own:
            return False
        self._drop_newest()
        return True

    def _drop_newest(self) -> None:
        _change(self.stack.command(self.stack.index() - 1)).failed = True
        self.stack.undo()

    def _tell(self) -> None:
        self.listed.emit()
        if not self._silent:
            self.moved.emit()


class _Change(QUndoCommand):
    """The step from some choices to others."""

    def __init__(self, history: History, choices: Choices, words: str, gesture: object) -> None:
        super().__init__(words)
        self._history = history
        self.before = history.choices
        self.after = choices
        self.gesture = gesture
        self.failed = False

    def id(self) -> int:
        """Tell Qt whether it may try to merge this command with the one before."""
        return _ALONE if self.gesture is None else _MERGEABLE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the next step of the same gesture; back at the start, nothing is left."""
        later = _change(other)
        if later.gesture != self.gesture:
            return False
        self.after = later.after
        self.setObsolete(self.after == self.before)
        return True

    def redo(self) -> None:
        """Choose it."""
        self._history.choices = self.after

    def undo(self) -> None:
        """Choose what was chosen before; Qt forgets a command that was obsolete after that."""
        self._history.choices = self.before
        self.setObsolete(self.failed)


def _change(command: QUndoCommand) -> _Change:
    assert isinstance(command, _Change)
    return command
