"""The queue in words: the state of an entry, what is left, and what came of all of it.

Which states there are is `session.queue`'s business.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.session.conflicts import Conflict
from blurstudio.session.queue import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blurstudio.session.queue import Queue


def state_words(state: State, *, paused: bool) -> str:
    """Say where an entry is."""
    if state is State.RUNNING and paused:
        return QCoreApplication.translate("queue", "rests")
    return {
        State.WAITING: QCoreApplication.translate("queue", "waits"),
        State.RUNNING: QCoreApplication.translate("queue", "at work"),
        State.DONE: QCoreApplication.translate("queue", "done"),
        State.FAILED: QCoreApplication.translate("queue", "failed"),
        State.SKIPPED: QCoreApplication.translate("queue", "left out"),
    }[state]


def counted(states: Iterable[State]) -> str:
    """Count outcomes, such as “12 done, 1 failed”."""
    counts = Counter(states)
    texts = (
        (State.DONE, QCoreApplication.translate("queue", "{count} done")),
        (State.FAILED, QCoreApplication.translate("queue", "{count} failed")),
        (State.SKIPPED, QCoreApplication.translate("queue", "{count} left out")),
        (State.WAITING, QCoreApplication.translate("queue", "{count} to do")),
    )
    return ", ".join(text.format(count=counts[s]) for s, text in texts if counts[s])


def summary(queue: Queue) -> str:
    """Say how far a queue is."""
    if not queue.entries:
        return QCoreApplication.translate(
            "queue", "Nothing is queued. Queue the photo on show, or a whole folder."
        )
    states = [
        State.WAITING if entry.state is State.RUNNING else entry.state for entry in queue.entries
    ]
    if queue.paused and queue.left:
        return QCoreApplication.translate("queue", "Paused: {counts}").format(
            counts=counted(states)
        )
    return counted(states)


def conflict_choices() -> tuple[tuple[str, Conflict], ...]:
    """Return what can be done where results lie already, in words."""
    return (
        (QCoreApplication.translate("queue", "Leave the photo out"), Conflict.SKIP),
        (
            QCoreApplication.translate("queue", "Write beside them, with a number"),
            Conflict.NUMBER,
        ),
        (QCoreApplication.translate("queue", "Write over them"), Conflict.OVERWRITE),
    )
