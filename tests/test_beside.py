"""Pieces of work beside each other: in order, with progress, and ended together."""

from __future__ import annotations

import threading

import pytest
import torch

from blurstudio.beside import beside_each_other
from blurstudio.errors import Cancelled


@pytest.fixture
def usual():
    """Gives torch its usual number of threads back."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(params=[1, 2], ids=["one thread", "two threads"])
def threads(request, usual):
    """Threads that torch has."""
    torch.set_num_threads(request.param)
    return request.param


@pytest.fixture
def two_threads(usual):
    """Torch has two."""
    torch.set_num_threads(2)


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


@pytest.mark.usefixtures("two_threads")
def test_two_pieces_work_at_the_same_time_and_compute_in_one_thread_each():
    both = threading.Barrier(2, timeout=20)

    def work(_told):
        both.wait()
        return torch.get_num_threads()

    assert beside_each_other([work, work]) == [1, 1]


@pytest.mark.usefixtures("two_threads")
def test_a_thread_that_first_uses_torch_meanwhile_has_as_many_threads_as_usual():
    found = []

    def work(_told):
        other = threading.Thread(target=lambda: found.append(torch.get_num_threads()))
        other.start()
        other.join()

    beside_each_other([work, work])
    assert found == [2, 2]


@pytest.mark.usefixtures("two_threads")
def test_where_a_thread_can_not_start_the_others_do_not_wait_for_it(monkeypatch):
    begin, begun = threading.Thread.start, []

    def start(thread):
        if begun:
            raise RuntimeError("can't start new thread")
        begun.append(thread)
        begin(thread)

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", start)
        with pytest.raises(RuntimeError, match="can't start new thread"):
            beside_each_other([piece(0), piece(1)])
    assert torch.get_num_threads() == 2


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
