"""Work off the caller's thread: lanes of jobs with progress, cancel and generations.

The life of a job: `submit` puts it in its lane's queue -> the lane's one thread runs it -> the
listeners hear every change of state in order. Cancelling frees the caller at once; a step that
can't be interrupted runs on, and what it returns is dropped. The queue's lane gives way: wherever
its job tells progress, it waits while the compute lane has something to do. No torch and no Qt live
here.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from blurstudio.engine.job import (
    CancelToken,
    Job,
    JobContext,
    JobEvent,
    JobState,
    Lane,
    Progress,
    ProgressCallback,
)
from blurstudio.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "LANES",
    "CancelToken",
    "Job",
    "JobContext",
    "JobEvent",
    "JobState",
    "Lane",
    "Lanes",
    "Progress",
    "ProgressCallback",
]

T = TypeVar("T")
LANES: tuple[Lane, ...] = ("compute", "io", "queue")
_FIRST: dict[Lane, Lane] = {"queue": "compute"}
"""Lanes that give way, and to which."""
_LOG = logging.getLogger(__name__)


class Lanes:
    """A thread that computes, one that reads and writes, and one for what can wait; each has jobs.

    Listeners are called in order, one at a time, on whichever thread caused the change (mostly
    the lanes' own): they must be quick and must not wait for another thread.
    """

    def __init__(self) -> None:
        # Re-entrant and held while listeners run, so that events of a job never swap places.
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._held: set[Lane] = set()
        self._numbers = itertools.count(1)
        self._listeners: list[Callable[[JobEvent], None]] = []
        self._jobs: dict[int, Job[Any]] = {}
        self._closed = False
        self._queues: dict[Lane, SimpleQueue[Job[Any] | None]] = {n: SimpleQueue() for n in LANES}
        # Daemons: a network in the middle of an operator must never keep the interpreter alive.
        self._threads = [
            threading.Thread(
                target=self._work, args=(name,), name=f"blurstudio-{name}", daemon=True
            )
            for name in LANES
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        lane: Lane,
        function: Callable[[JobContext], T],
        *,
        title: str,
        key: str = "",
        generation: int = 0,
    ) -> Job[T]:
        """Put work at the end of a lane's queue.

        Parameters
        ----------
        lane
            ``"compute"`` or ``"io"``.
        function
            Called in the lane's thread with a `JobContext`.
        title
            What the person reads in the list of jobs.
        key, generation
            Mark work that a later generation of the same key makes stale.

        Raises
        ------
        RuntimeError
            After `shutdown`.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the job lanes are shut down")
            job = Job(
                function,
                self._cancel,
                number=next(self._numbers),
                lane=lane,
                title=title,
                key=key,
                generation=generation,
            )
            self._jobs[job.id] = job
            self._tell(JobEvent(job, JobState.QUEUED, job.progress))
            self._queues[lane].put(job)
        return job

    def subscribe(self, listener: Callable[[JobEvent], None]) -> Callable[[], None]:
        """Call `listener` at every change of every job; returns the way to stop that."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def jobs(self) -> tuple[Job[Any], ...]:
        """Jobs that have not ended, oldest first."""
        with self._lock:
            return tuple(self._jobs.values())

    def hold(self, lane: Lane, held: bool) -> None:
        """Let the jobs of a lane rest where they are, or go on; a rest begins at the next step."""
        with self._lock:
            (self._held.add if held else self._held.discard)(lane)
            self._changed.notify_all()

    def is_held(self, lane: Lane) -> bool:
        """Whether the jobs of a lane rest."""
        with self._lock:
            return lane in self._held

    def cancel_older(self, key: str, generation: int) -> int:
        """Cancel jobs of `key` whose generation is older; returns how many there were."""
        stale = [job for job in self.jobs() if job.key == key and job.generation < generation]
        return sum(job.cancel() for job in stale)

    def cancel_all(self) -> None:
        """Cancel everything that has not ended."""
        for job in self.jobs():
            job.cancel()

    def shutdown(self, timeout: float | None = None) -> bool:
        """Cancel everything and end the threads.

        Parameters
        ----------
        timeout
            Seconds to wait for a step that can't be interrupted; None waits for it.

        Returns
        -------
        bool
            Whether both threads have ended.
        """
        with self._lock:
            first_call, self._closed = not self._closed, True
        self.cancel_all()
        if first_call:
            for queue in self._queues.values():
                queue.put(None)
        deadline = None if timeout is None else time.monotonic() + timeout
        for thread in self._threads:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            thread.join(left)
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self, lane: Lane) -> None:
        """Run the jobs of one lane until the end of its queue."""
        while (job := self._queues[lane].get()) is not None:
            self._run(job)
            # Waiting for the next job must not keep the last one's pictures alive.
            del job

    def _run(self, job: Job[Any]) -> None:
        with self._lock:
            self._give_way(job)
            function = job.function
            if function is None or not job.future.set_running_or_notify_cancel():
                self._finish(job, JobState.CANCELLED, error=Cancelled())
                return
            job.state = JobState.RUNNING
            self._tell(JobEvent(job, job.state, job.progress))

        def report(fraction: float, text: str) -> None:
            self._report(job, Progress(min(max(float(fraction), 0.0), 1.0), text))

        try:
            result = function(JobContext(report, job.token))
        except Cancelled as error:
            self._finish(job, JobState.CANCELLED, error=error)
        except BaseException as error:
            self._finish(job, JobState.FAILED, error=error)
        else:
            self._finish(job, JobState.DONE, result=result)

    def _report(self, job: Job[Any], progress: Progress) -> None:
        with self._lock:
            if not job.state.final:
                job.progress = progress
                self._tell(JobEvent(job, job.state, progress))
                if self._give_way(job):
                    job.token.raise_if_cancelled()

    def _give_way(self, job: Job[Any]) -> bool:
        """Wait, with the lock let go, for what comes before a job; say whether it had to."""
        waited = False
        while not job.state.final and self._must_rest(job.lane):
            waited = True
            self._changed.wait()
        return waited

    def _must_rest(self, lane: Lane) -> bool:
        first = _FIRST.get(lane)
        return lane in self._held or any(other.lane == first for other in self._jobs.values())

    def _cancel(self, job: Job[Any]) -> bool:
        return self._finish(job, JobState.CANCELLED, error=Cancelled())

    def _finish(
        self,
        job: Job[Any],
        state: JobState,
        result: Any = None,  # noqa: ANN401 - whatever the job's function returns
        error: BaseException | None = None,
    ) -> bool:
        """End a job once; every later end (a cancelled job's late result) is dropped."""
        with self._lock:
            if job.state.final:
                return False
            job.state = state
            job.function = None
            self._jobs.pop(job.id, None)
            self._changed.notify_all()
            if state is JobState.DONE:
                job.progress = Progress(1.0, job.progress.text)
            if state is JobState.CANCELLED:
                job.token.cancel()
            # Someone may have cancelled the future itself while the job was queued.
            if not job.future.cancelled():
                if error is None:
                    job.future.set_result(result)
                else:
                    job.future.set_exception(error)
            told = error if state is JobState.FAILED else None
            self._tell(JobEvent(job, state, job.progress, result, told))
            return True

    def _tell(self, event: JobEvent) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                _LOG.exception("a listener failed on job %d", event.job.id)
