"""Between the engine's job lanes and Qt: one long-lived object that both sides know.

The way of one request: `ask` submits a function to a lane and notes who waits for it -> the lane's
thread tells what becomes of it -> the news is queued into the GUI thread -> whoever waits is called
there, one a turn. Each kind of request has a key with a generation; `renew` makes all earlier ones
of the key stale: they are cancelled, and what they still return is dropped.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from blurstudio.app.launch import faults
from blurstudio.app.saying import say
from blurstudio.engine.lanes.jobs import JobEvent, JobState, Lanes
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.engine.lanes.jobs import Job, JobContext, Lane

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Waiting:
    job: Job[Any]
    of_photo: bool
    done: Callable[[Any], None]
    ended: Callable[[JobState], None] | None


class JobBridge(QObject):
    """Runs functions in the lanes and brings their results into the GUI thread.

    Jobs without a title are the app's own small ones: no signal tells of them.
    """

    added = Signal(int, str)
    progressed = Signal(int, float, str)
    ended = Signal(int)
    failed = Signal(str)
    """Something could not be done; the sentence says what and what to do."""
    photo_failed = Signal(str)
    """The same of the photo on show, or of one that was to take its place."""
    crashed = Signal(str)
    """A job failed for a reason that nobody foresaw; the log knows more."""

    _told = Signal(object)
    _heard = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generations: Counter[str] = Counter()
        self._waiting: dict[int, _Waiting] = {}
        self._ended: deque[JobEvent] = deque()
        # Showing a result takes time: never more than one between two looks at the keys and mouse,
        # and what it changes is painted in yet another turn.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._deliver)
        self._listeners: dict[str, Callable[[Any], None]] = {}
        # Queued even from the GUI thread, so that the news of a job never change their order.
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._is_closed = False
        self._lanes = Lanes()
        self._unsubscribe = self._lanes.subscribe(self._told.emit)

    def ask(
        self,
        lane: Lane,
        function: Callable[[JobContext], Any],
        *,
        key: str,
        title: str = "",
        of_photo: bool = False,
        done: Callable[[Any], None],
        ended: Callable[[JobState], None] | None = None,
    ) -> int:
        """Let a lane do something.

        Parameters
        ----------
        lane
            ``"compute"``, ``"io"``, ``"queue"`` for what gives way to computing, or ``"aside"`` for
            what nobody waits for.
        function
            Called in the lane's thread. It must hold no QObject: the thread may be the last to
            let go of it, and with it would destroy the QObject.
        key
            What kind of request it is, for `renew`.
        title
            What the job bar says; empty for work nobody needs to hear of.
        of_photo
            Whether it is about the photo on show alone, or one that is to take its place: the
            sentence goes with that photo, then, if it fails.
        done
            Called in the GUI thread with the result, unless the job failed or became stale.
        ended
            Called in the GUI thread with FAILED or CANCELLED, unless the job is stale.

        Returns
        -------
        int
            The job's id; 0, of none, once the lanes were ended: a window that goes may still have
            timers, and what they ask for comes too late.
        """
        if self._is_closed:
            return 0
        job = self._lanes.submit(
            lane, function, title=title, key=key, generation=self._generations[key]
        )
        self._waiting[job.id] = _Waiting(job, of_photo, done, ended)
        return job.id

    def channel(self, key: str, heard: Callable[[Any], None]) -> Callable[[Any], None]:
        """Make a way for a job to tell something before it is done.

        Parameters
        ----------
        key
            The job's; what is told after a `renew` of it is dropped.
        heard
            Called in the GUI thread with what was told.

        Returns
        -------
        callable
            To be called in the lane's thread, with what there is to tell.
        """
        generation = self._generations[key]
        self._listeners[key] = heard
        emit = self._heard.emit

        def tell(what: object) -> None:
            emit(key, generation, what)

        return tell

    def renew(self, key: str) -> None:
        """Begin a new generation: cancel what runs under the key, drop what comes late."""
        self._generations[key] += 1
        self._lanes.cancel_older(key, self._generations[key])

    def cancel(self, id_: int) -> None:
        """Cancel one job; a job that has ended is left alone."""
        for job in self._lanes.jobs():
            if job.id == id_:
                job.cancel()

    def hold(self, lane: Lane, held: bool) -> None:
        """Let the jobs of a lane rest where they are, or go on."""
        self._lanes.hold(lane, held)

    @property
    def running(self) -> int:
        """How many jobs with a title wait or run; those that rest don't count."""
        jobs = self._lanes.jobs()
        return sum(bool(job.title) and not self._lanes.is_held(job.lane) for job in jobs)

    @property
    def is_idle(self) -> bool:
        """Whether no job waits, runs, or is still to be told of, with a title or without."""
        return not self._waiting

    def is_busy(self, key: str) -> bool:
        """Whether a job of the key's newest generation waits, runs, or has not been told of yet."""
        return any(
            waiting.job.key == key and waiting.job.generation == self._generations[key]
            for waiting in self._waiting.values()
        )

    def close(self, timeout: float) -> bool:
        """Cancel everything and end the lanes; nothing is delivered afterwards.

        Returns
        -------
        bool
            Whether the threads ended within `timeout` seconds.
        """
        self._is_closed = True
        self._unsubscribe()
        self._waiting.clear()
        self._ended.clear()
        self._turn.stop()
        self._listeners.clear()
        return self._lanes.shutdown(timeout)

    @Slot(object)
    def _hear(self, event: JobEvent) -> None:
        if event.state.final:
            self._ended.append(event)
            self._turn.start()
        elif event.job.title:
            self._publish(event)

    @Slot()
    def _deliver(self) -> None:
        """Give the oldest result to whoever waits for it; the next one has a turn of its own."""
        event = self._ended.popleft()
        if self._ended:
            self._turn.start()
        job = event.job
        if job.title:
            self._publish(event)
        waiting = self._waiting.pop(job.id, None)
        if waiting is None or job.generation != self._generations[job.key]:
            return
        if event.state is JobState.DONE:
            waiting.done(event.result)
            return
        if event.state is JobState.FAILED:
            self._say(job, event.error, of_photo=waiting.of_photo)
        if waiting.ended is not None:
            waiting.ended(event.state)

    @Slot(str, int, object)
    def _pass_on(self, key: str, generation: int, what: object) -> None:
        listener = self._listeners.get(key)
        if listener is not None and generation == self._generations[key]:
            listener(what)

    def _say(self, job: Job[Any], error: BaseException | None, *, of_photo: bool) -> None:
        """Say why a job failed; what isn't meant for the person is logged as well."""
        if isinstance(error, BlurStudioError):
            (self.photo_failed if of_photo else self.failed).emit(say(error))
            return
        error = error or RuntimeError(self.tr("no reason was given"))
        _log.error("job %d “%s” failed", job.id, job.title, exc_info=error)
        self.crashed.emit(faults.sentence(error))

    def _publish(self, event: JobEvent) -> None:
        id_ = event.job.id
        if event.state is JobState.QUEUED:
            self.added.emit(id_, event.job.title)
        elif event.state.final:
            self.ended.emit(id_)
        else:
            self.progressed.emit(id_, event.progress.fraction, say(event.progress.text))
