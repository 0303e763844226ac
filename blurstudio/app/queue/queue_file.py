"""The queue's file in the hands of one window: read at the start, saved at each change.

Of several windows only the first has the queue, so that no photo is worked on twice. The file
itself is `session.queue.store`'s.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from blurstudio.app.queue import queue_work
from blurstudio.errors import BlurStudioError
from blurstudio.session.queue import Queue, store

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge

_SAVE = "save queue"
_log = logging.getLogger(__name__)


class QueueFile(QObject):
    """Reads and saves the queue of a window."""

    complained = Signal(str)
    """The queue can't be saved; the sentence says why."""

    def __init__(self, bridge: JobBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._path = store.queue_file()
        self._lock: QLockFile | None = None
        self._saveable = True
        self._said = ""

    def claim(self) -> bool:
        """Take the queue for this window; returns False if another one has it."""
        if self._lock is not None:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            # It is said when the queue is to be saved there.
            _log.warning("%s can't be made: %s", self._path.parent, problem)
            return True
        lock = QLockFile(str(self._path.with_name(f"{self._path.name}.lock")))
        # Never stale while its process lives, however long that is.
        lock.setStaleLockTime(0)
        if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            return False
        self._lock = lock
        return True

    def read(self) -> store.Left:
        """Read the queue as it was left; an empty one where another window has it."""
        if not self._path.exists() or not self.claim():
            return store.Left(Queue())
        left = queue_work.load(self._path)
        self._saveable = left.saveable
        return left

    def save(self, queue: Queue) -> None:
        """Save the queue, in the io lane."""
        if self._saveable:
            self._bridge.ask(
                "io", partial(queue_work.save, self._path, queue), key=_SAVE, done=self._saved
            )

    def close(self, queue: Queue) -> None:
        """Save the queue at once, the lanes having ended, and let go of it."""
        if self._lock is None:
            return
        if self._saveable:
            try:
                store.save(self._path, queue)
            except BlurStudioError as problem:
                _log.warning("%s", problem)
        self._lock.unlock()
        self._lock = None

    def _saved(self, problem: str) -> None:
        """Complain once about the same thing, not at each change."""
        if problem and problem != self._said:
            self.complained.emit(problem)
        self._said = problem
