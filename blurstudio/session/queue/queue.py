"""The queue as a value: each change gives another one, which is then shown and saved.

Nothing here works on an entry, and nothing reads or writes a file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blurstudio.sentences import sentence
from blurstudio.session.queue.entry import Entry, Outcome, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Change = Callable[[Entry], Entry]

MOST_TRIES = 2
"""How often an entry is begun if the program ends over it each time: it may be the reason."""

_ENDED_OVER_IT = sentence(
    "Blur Studio ended twice while it worked on this photo; try it again with a smaller largest "
    "side, or with less in the queue."
)


@dataclass(frozen=True)
class Queue:
    """Entries in the order in which they are worked on.

    Attributes
    ----------
    entries
        Finished ones stay until they are cleared.
    paused
        Whether a person wants none to be worked on just now.
    """

    entries: tuple[Entry, ...] = ()
    paused: bool = False

    @property
    def running(self) -> Entry | None:
        """The entry that is being worked on."""
        return next((entry for entry in self.entries if entry.state is State.RUNNING), None)

    @property
    def next(self) -> Entry | None:
        """The entry to begin with now; None while one runs, and in a paused queue."""
        if self.paused or self.running is not None:
            return None
        return next((entry for entry in self.entries if entry.state is State.WAITING), None)

    @property
    def left(self) -> int:
        """How many entries are not finished."""
        return sum(not entry.state.final for entry in self.entries)

    def counts(self) -> Counter[State]:
        """Count entries by state."""
        return Counter(entry.state for entry in self.entries)

    def find(self, number: int) -> Entry | None:
        """Return an entry by its number."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def add(self, entries: Iterable[Entry]) -> Queue:
        """Put entries at the end; they get their numbers here."""
        first = 1 + max((entry.number for entry in self.entries), default=0)
        added = [
            replace(entry, number=number, state=State.WAITING, sentence="", home=None, tries=0)
            for number, entry in enumerate(entries, start=first)
        ]
        return replace(self, entries=(*self.entries, *added))

    def pause(self, paused: bool) -> Queue:
        """Pause the queue, or let it go on."""
        return replace(self, paused=paused)

    def begin(self, number: int) -> Queue:
        """Note that an entry is being worked on."""
        return self._change(
            number, lambda entry: replace(entry, state=State.RUNNING, tries=entry.tries + 1)
        )

    def settle(self, number: int, home: Path) -> Queue:
        """Note where the results of an entry go."""
        return self._change(number, lambda entry: replace(entry, home=home))

    def end(self, number: int, outcome: Outcome) -> Queue:
        """Note what came of an entry."""
        return self._change(
            number,
            lambda entry: replace(entry, state=outcome.state, sentence=outcome.sentence, tries=0),
        )

    def interrupt(self) -> Queue:
        """Put back the entry that is being worked on: the program is about to be closed."""
        running = self.running
        if running is None:
            return self
        return self._change(
            running.number, lambda entry: replace(entry, state=State.WAITING, tries=0)
        )

    def recover(self) -> Queue:
        """Go on after the program ended over an entry, unless that entry seems to be the reason."""
        running = self.running
        if running is None:
            return self
        if running.tries >= MOST_TRIES:
            return self.end(running.number, Outcome(State.FAILED, _ENDED_OVER_IT))
        return self._change(running.number, lambda entry: replace(entry, state=State.WAITING))

    def retry(self) -> Queue:
        """Let failed entries wait again, in their places."""
        return replace(
            self,
            entries=tuple(
                replace(entry, state=State.WAITING, sentence="")
                if entry.state is State.FAILED
                else entry
                for entry in self.entries
            ),
        )

    def clear_finished(self) -> Queue:
        """Take away what is done or was skipped; failed entries stay, to be tried again."""
        gone = (State.DONE, State.SKIPPED)
        return replace(self, entries=tuple(e for e in self.entries if e.state not in gone))

    def remove(self, number: int) -> Queue:
        """Take an entry away."""
        return replace(self, entries=tuple(e for e in self.entries if e.number != number))

    def move(self, number: int, by: int) -> Queue:
        """Move an entry up (negative) or down in the order, as far as there is room."""
        entries = list(self.entries)
        entry = self.find(number)
        if entry is None:
            return self
        place = entries.index(entry)
        entries.pop(place)
        entries.insert(min(max(place + by, 0), len(entries)), entry)
        return replace(self, entries=tuple(entries))

    def _change(self, number: int, change: Change) -> Queue:
        return replace(
            self,
            entries=tuple(
                change(entry) if entry.number == number else entry for entry in self.entries
            ),
        )
