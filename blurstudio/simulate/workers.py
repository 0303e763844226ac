"""Processes that work beside each other, each in one thread.

Many small steps gain nothing by more threads: they only wait for each other.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

import torch

from blurstudio.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

Result = TypeVar("Result")


def each_done(
    work: Callable[..., Result], jobs: Sequence[tuple[Any, ...]], workers: int
) -> Generator[Result]:
    """Do every job and yield what came of it, in the order in which they are done.

    Parameters
    ----------
    work
        Does one job; with several workers it and what it is given must be picklable.
    jobs
        Arguments of each.
    workers
        How many processes; 1 does all of them here, in order. If the caller stops listening, what
        has not begun is given up.

    Raises
    ------
    DataError
        If a process was ended from outside.
    """
    if workers == 1:
        for job in jobs:
            yield work(*job)
        return
    # Forked processes would inherit locks of torch's threads, and no GPU at all.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), torch.set_num_threads, (1,))
    try:
        for done in as_completed([pool.submit(work, *job) for job in jobs]):
            yield done.result()
    except BrokenProcessPool as error:
        raise DataError(
            "One of the {workers} processes was ended, most likely for want of memory; ask for "
            "fewer --workers and start again to go on.",
            workers=workers,
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)
