"""Running one job: its states in order, its progress, its rest while others go first, its one end.

Which thread runs which jobs is `engine.lanes.jobs`. The queue's lane gives way: wherever its job
tells progress, it waits while the compute lane has something to do.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

from blurstudio.engine.lanes.job import Job, JobContext, JobEvent, JobState, Lane, Progress
from blurstudio.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST: dict[Lane, Lane] = {"queue": "compute"}
"""Lanes that give way, and to which."""
_LOG = logging.getLogger(__name__)


class Runner:
    """Runs jobs on whichever thread it is told to, and tells listeners what becomes of them."""

    def __init__(self) -> None:
        # Re-entrant and held while listeners run, so that events of a job never swap places.
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._held: set[Lane] = set()
        self._listeners: list[Callable[[JobEvent], None]] = []
        self._jobs: dict[int, Job[Any]] = {}

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
