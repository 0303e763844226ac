"""The queue at work: one entry after another in its lane, which gives way to the work on screen.

The way of an entry: `add` -> it waits -> it is begun, with its folder settled before anything is
written -> what came of it is noted -> the next one. Each step is saved, so that a crash or a
restart loses no more than the entry that was under way. Windows and words are `desk.py`'s.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app.queue import queue_work
from blurstudio.app.queue.queue_file import QueueFile
from blurstudio.session.queue import Outcome, Queue, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.session.queue import Entry

_KEY = "queue"


class Queueing(QObject):
    """Works on the queue of one window.

    Attributes
    ----------
    queue
        As it is now.
    remarks
        Sentences about what was wrong with the queue of last time.
    """

    changed = Signal(object)
    progressed = Signal(float, str)
    """How far the running entry is, [0, 1], and what is being done."""
    begun = Signal(int)
    """Id of the job that works on an entry."""
    finished = Signal(object)
    """Every entry came to its end; with the states of those that did since the last time."""
    complained = Signal(str)

    def __init__(self, bridge: JobBridge, controller: PhotoController, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._file = QueueFile(bridge, self)
        self._file.complained.connect(self.complained)
        self._job: int | None = None
        self._number = 0
        self._ended: list[State] = []
        self._closed = False
        left = self._file.read()
        self.queue: Queue = left.queue
        self.remarks = left.remarks
        bridge.progressed.connect(self._progress)

    def go_on(self) -> None:
        """Work on what was left from last time."""
        if self.queue.entries:
            self._take(self.queue)

    def add(self, entries: Iterable[Entry]) -> bool:
        """Put entries at the end; returns False if another window has the queue."""
        if self._closed or not self._file.claim():
            return False
        self._take(self.queue.add(entries))
        return True

    def pause(self, paused: bool) -> None:
        """Let the queue rest, the entry that is under way too, or go on."""
        self._take(self.queue.pause(paused))

    def remove(self, number: int) -> None:
        """Take an entry away; if it is being worked on, that is stopped."""
        stopped = self._job if number == self._number else None
        if stopped is not None:
            self._forget_job()
            self._bridge.renew(_KEY)
        self._take(self.queue.remove(number))

    def move(self, number: int, by: int) -> None:
        """Move an entry up (negative) or down."""
        self._take(self.queue.move(number, by))

    def retry(self) -> None:
        """Do failed entries again."""
        self._take(self.queue.retry())

    def clear_finished(self) -> None:
        """Take away what is done or was skipped."""
        self._take(self.queue.clear_finished())

    def finish(self) -> None:
        """Keep the queue for the next start: the window is closed, and the lanes have ended."""
        if not self._closed:
            self._closed = True
            self.queue = self.queue.interrupt()
            self._file.close(self.queue)

    def _take(self, queue: Queue) -> None:
        """Have another queue from now on: saved, shown, and worked on."""
        if self._closed:
            return
        self.queue = queue
        self._bridge.hold("queue", queue.paused)
        entry = queue.next
        if entry is not None:
            self._begin(entry)
        self._file.save(self.queue)
        self.changed.emit(self.queue)
        if not self.queue.left and self._ended:
            ended, self._ended = self._ended, []
            self.finished.emit(ended)

    def _begin(self, entry: Entry) -> None:
        self.queue = self.queue.begin(entry.number)
        self._number = entry.number
        settled = self._bridge.channel(_KEY, self._settle)
        self._job = self._bridge.ask(
            "queue",
            partial(queue_work.work_on, entry, self._controller.defaults, settled),
            key=_KEY,
            title=self.tr("Queue: {name}").format(name=entry.photo.name),
            done=self._end,
            ended=self._stopped,
        )
        self.begun.emit(self._job)

    def _settle(self, home: Path) -> None:
        self._take(self.queue.settle(self._number, home))

    def _end(self, outcome: Outcome) -> None:
        number = self._number
        self._forget_job()
        self._ended.append(outcome.state)
        self._take(self.queue.end(number, outcome))

    def _stopped(self, _state: object) -> None:
        """Go on with the next one after a person stopped this one in the list of jobs."""
        self._end(Outcome(State.FAILED, self.tr("Stopped before it was done.")))

    def _forget_job(self) -> None:
        self._job, self._number = None, 0

    def _progress(self, id_: int, fraction: float, text: str) -> None:
        if id_ == self._job:
            self.progressed.emit(fraction, text)
