"""What a job is: its state, its progress, the token that stops it, what its listeners hear.

The threads that run jobs live in `engine.lanes.jobs`, which offers all of these names too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

from blurstudio.errors import Cancelled

T = TypeVar("T")
Lane = Literal["compute", "io", "queue", "aside"]
ProgressCallback = Callable[[float, str], None]
"""Called with a fraction in [0, 1] and a plain text about the step at hand."""


class JobState(StrEnum):
    """Where a job is in its life; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether the job has ended, one way or another."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


class CancelToken:
    """A wish to stop that any thread may voice and long work looks at between its steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask for the work to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone asked for the work to stop."""
        return self._event.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until someone asks for the work to stop, at most `timeout` seconds; say whether."""
        return self._event.wait(timeout)

    def raise_if_cancelled(self) -> None:
        """Leave the work here if someone asked for it.

        Raises
        ------
        Cancelled
            If `cancel` was called.
        """
        if self._event.is_set():
            raise Cancelled


@dataclass(frozen=True)
class Progress:
    """How far a job is: `fraction` in [0, 1] and a plain text about the step at hand."""

    fraction: float = 0.0
    text: str = ""


@dataclass(frozen=True, eq=False)
class JobEvent:
    """One change in a job's life, as it was at that moment.

    Attributes
    ----------
    job
        The job itself; by the time the event is read it may be further on.
    state
        The state that the job had just reached, or RUNNING with new progress.
    progress
        How far the job was.
    result
        What the function returned; only in the event of DONE.
    error
        What the function raised; only in the event of FAILED.
    """

    job: Job[Any]
    state: JobState
    progress: Progress
    result: Any = None
    error: BaseException | None = None


class JobContext:
    """What a job's function is given: a place for its progress and the wish to stop."""

    def __init__(self, report: ProgressCallback, cancel: CancelToken) -> None:
        self._report = report
        self.cancel = cancel

    def progress(self, fraction: float, text: str = "") -> None:
        """Say how far the work is: `fraction` in [0, 1] and what is being done."""
        self._report(fraction, text)


class Job(Generic[T]):
    """One piece of work in a lane. Made by `Lanes.submit`.

    Attributes
    ----------
    id
        Counts up from 1 within its `Lanes`.
    title
        What the person reads in the list of jobs.
    lane
        Which thread runs it.
    key, generation
        Newer generations of one key make older ones stale (`Lanes.cancel_older`).
    future
        The result, or the exception; `Cancelled` when the job was cancelled.
    state, progress
        Where it is; changed by its lanes only.
    token
        What its function is asked to stop by.
    function
        What is to run; None once the job has ended.
    """

    def __init__(
        self,
        function: Callable[[JobContext], T],
        on_cancel: Callable[[Job[T]], bool],
        *,
        number: int,
        lane: Lane,
        title: str,
        key: str,
        generation: int,
    ) -> None:
        self.id = number
        self.title = title
        self.lane: Lane = lane
        self.key = key
        self.generation = generation
        self.future: Future[T] = Future()
        self.state = JobState.QUEUED
        self.progress = Progress()
        self.token = CancelToken()
        # Emptied when the job ends: closures may hold hundreds of megabytes of picture.
        self.function: Callable[[JobContext], T] | None = function
        self._on_cancel = on_cancel

    def cancel(self) -> bool:
        """Cancel the job; whoever waits for it is freed at once.

        Returns
        -------
        bool
            False if the job had already ended.
        """
        return self._on_cancel(self)
