"""Processes that work beside each other, each in one thread.

Many small steps gain nothing by more threads: they only wait for each other.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def single_threaded(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of fresh processes; what has not begun when it is left is given up.

    Parameters
    ----------
    workers
        How many.
    """
    # Forked processes would inherit locks of torch's threads, and no GPU at all.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), torch.set_num_threads, (1,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
