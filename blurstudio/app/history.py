"""Undo: which choices a person made for the photo on show, one after the other.

It only remembers choices; what follows from them is the controller's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

if TYPE_CHECKING:
    from blurstudio.engine.options import AnalysisOptions

_MERGEABLE = 1
_ALONE = -1


class History(QObject):
    """Choices as a stack of commands, each with the words that the Edit menu shows.

    Attributes
    ----------
    stack
        Qt's undo stack, for menus.
    """

    moved = Signal()
    """The choices are others now: something was done, undone or redone."""
    listed = Signal()
    """What can be undone and redone is something else now."""

    def __init__(self, options: AnalysisOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.options = options
        self._silent = False
        self.stack.indexChanged.connect(self._tell)

    @property
    def newest(self) -> str:
        """Words of the command that was just done; empty after an undo."""
        return self.stack.undoText() if self.stack.index() == self.stack.count() else ""

    def begin(self, options: AnalysisOptions) -> None:
        """Start over with first choices; nothing before can be undone, and nobody is told."""
        self.options = options
        self._silent = True
        self.stack.clear()
        self._silent = False

    def do(self, options: AnalysisOptions, words: str, gesture: int | None = None) -> None:
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
        if options != self.options:
            self.stack.push(_Change(self, options, words, gesture))

    def go_back_to(self, options: AnalysisOptions, *, forget: bool) -> bool:
        """Return to choices that were in force before, without telling that they changed.

        Parameters
        ----------
        options
            Choices of one place of the stack; the nearest such place is taken.
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
        start = self.options if first is None else _change(first).before
        places = [start, *(_change(stack.command(i)).after for i in range(stack.count()))]
        same = [place for place, there in enumerate(places) if there == options]
        if not same:
            return False
        target = min(same, key=lambda place: abs(place - here))
        self._silent = True
        while forget and stack.index() > target:
            self._drop_newest()
        stack.setIndex(target)
        self._silent = False
        return True

    def take_back(self) -> bool:
        """Undo the newest command for good; returns whether there was one."""
        if not self.stack.canUndo():
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

    def __init__(
        self, history: History, options: AnalysisOptions, words: str, gesture: int | None
    ) -> None:
        super().__init__(words)
        self._history = history
        self.before = history.options
        self.after = options
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
        self._history.options = self.after

    def undo(self) -> None:
        """Choose what was chosen before; Qt forgets a command that was obsolete after that."""
        self._history.options = self.before
        self.setObsolete(self.failed)


def _change(command: QUndoCommand) -> _Change:
    assert isinstance(command, _Change)
    return command
