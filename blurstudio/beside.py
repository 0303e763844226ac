"""Run callables in parallel threads, one torch thread each.

Work in many small steps gains nothing by threads that share each step: they wait for each other
after every one. Beside other work on two cores a survey took 34 s with two and 1.1 s with one.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Barrier, Event
from typing import TYPE_CHECKING, Any, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Told = Callable[[float], None]

T = TypeVar("T")


class _StoppedError(Exception):
    """Ends a piece where another failed; nobody sees it."""


def beside_each_other(
    pieces: Sequence[Callable[[Told], T]], on_step: Told | None = None
) -> list[T]:
    """Run pieces of work, as many at a time as torch has threads; each computes in one.

    A single piece has all of them.

    Parameters
    ----------
    pieces
        Each is given a function to call with the fraction of it that is done, and ends where that
        raises.
    on_step
        Called with the fraction of all that is done, in the calling thread. What it raises ends the
        work, as does what a piece raises.

    Returns
    -------
    list
        What the pieces return, in their order.
    """
    told = on_step or (lambda _done: None)
    workers = min(torch.get_num_threads(), len(pieces))
    return _one_by_one(pieces, told) if workers < 2 else _together(pieces, told, workers)


def _one_by_one(pieces: Sequence[Callable[[Told], T]], told: Told) -> list[T]:
    found = []
    for place, piece in enumerate(pieces):

        def told_of_it(done: float, before: int = place) -> None:
            told((before + done) / len(pieces))

        found.append(piece(told_of_it))
        told_of_it(1.0)
    return found


def _together(pieces: Sequence[Callable[[Told], T]], told: Told, workers: int) -> list[T]:
    news: SimpleQueue[tuple[int, float] | Future[T]] = SimpleQueue()
    stopped = Event()

    def do(place: int) -> T:
        def told_of_it(done: float) -> None:
            if stopped.is_set():
                raise _StoppedError
            news.put((place, done))

        found = pieces[place](told_of_it)
        news.put((place, 1.0))
        return found

    with ThreadPoolExecutor(workers, "beside", _compute_in_one) as pool:
        _start(pool, workers)
        futures = [pool.submit(do, place) for place in range(len(pieces))]
        try:
            for future in futures:
                future.add_done_callback(news.put)
            _listen(news, len(pieces), told)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            stopped.set()
    return [future.result() for future in futures]


def _listen(news: SimpleQueue[Any], count: int, told: Told) -> None:
    """Tell how far pieces have come until all are done, or one fails."""
    done, left = [0.0] * count, count
    while left:
        said = news.get()
        if isinstance(said, Future):
            said.result()
            left -= 1
        else:
            place, done[place] = said
            told(sum(done) / count)


def _compute_in_one() -> None:
    """Let torch compute in one thread in the calling thread."""
    # Who has not asked before takes the usual number at its first computation after all.
    torch.get_num_threads()
    torch.set_num_threads(1)


def _start(pool: ThreadPoolExecutor, workers: int) -> None:
    """Start all threads of a pool, each of which computes in one thread.

    A thread that sets its number sets the one that others begin with as well. So the usual number
    is set again as soon as all have started, before they work.
    """
    usual = torch.get_num_threads()
    started = Barrier(workers + 1)
    try:
        for _ in range(workers):
            pool.submit(started.wait)
        started.wait()
    finally:
        # Where one could not start, the others would wait for it for ever.
        started.abort()
        torch.set_num_threads(usual)
