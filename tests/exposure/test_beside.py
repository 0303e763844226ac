"""Pieces of work beside each other: in order, with progress, and ended together."""

from __future__ import annotations

import threading

import pytest
import torch

from blurstudio.errors import Cancelled
from blurstudio.exposure.beside import beside_each_other


@pytest.fixture(params=[1, 2], ids=["one thread", "two threads"])
def threads(request):
    """Threads that torch has."""
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    yield request.param
    torch.set_num_threads(before)


def piece(name, steps=4):
    """Something that takes some steps and returns its name."""

    def work(told):
        for step in range(steps):
            told((step + 1) / steps)
        return name

    return work


def test_answers_come_in_order_and_what_is_done_only_grows(threads):
    told = []
    assert beside_each_other([piece(name) for name in "abc"], told.append) == ["a", "b", "c"]
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    assert torch.get_num_threads() == threads


def test_two_pieces_work_at_the_same_time_and_compute_in_one_thread_each():
    both = threading.Barrier(2, timeout=20)

    def work(_told):
        both.wait()
        return torch.get_num_threads()

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert beside_each_other([work, work]) == [1, 1]
    finally:
        torch.set_num_threads(before)


def test_progress_is_told_in_the_thread_that_asked(threads):
    where = set()
    beside_each_other([piece(0), piece(1)], lambda _done: where.add(threading.get_ident()))
    assert where == {threading.get_ident()}


def test_what_progress_raises_ends_all_pieces(threads):
    ended = []

    def endless(told):
        try:
            while True:
                told(0.5)
        finally:
            ended.append(True)

    def stop(_done):
        raise Cancelled

    with pytest.raises(Cancelled):
        beside_each_other([endless, endless, endless], stop)
    assert 1 <= len(ended) <= threads
    assert torch.get_num_threads() == threads


def test_a_piece_that_fails_ends_the_others(threads):
    def broken(_told):
        raise ValueError("broken")

    def endless(told):
        while True:
            told(0.5)

    with pytest.raises(ValueError, match="broken"):
        beside_each_other([broken, endless])
