"""Work off the caller's thread: lanes of jobs with progress, cancel and generations.

The life of a job: `submit` puts it in its lane's queue -> the lane's one thread runs it
(`engine.lanes.running`) -> the listeners hear every change of state in order. Cancelling frees the
caller at once; a step that can't be interrupted runs on, and what it returns is dropped. No torch
and no Qt live here.
"""

from __future__ import annotations

import itertools
import threading
import time
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from blurstudio.engine.lanes.job import (
    CancelToken,
    Job,
    JobContext,
    JobEvent,
    JobState,
    Lane,
    Progress,
    ProgressCallback,
)
from blurstudio.engine.lanes.priority import stand_back
from blurstudio.engine.lanes.running import Runner

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
LANES: tuple[Lane, ...] = ("compute", "io", "queue", "aside")
"""What is computed now, what is read and written, what can wait, and what nobody waits for: a disk
that doesn't answer holds up nothing else there."""


class Lanes(Runner):
    """One thread for each of `LANES`, which runs the jobs of that lane one after another.

    Listeners are called in order, one at a time, on whichever thread caused the change (mostly
    the lanes' own): they must be quick and must not wait for another thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
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
            One of `LANES`.
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
            Whether all threads have ended.
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
        if lane != "io":
            stand_back()
        while (job := self._queues[lane].get()) is not None:
            self._run(job)
            # Waiting for the next job must not keep the last one's pictures alive.
            del job
