"""How threads of one computation wait for each other: said before there are any.

A thread that waits for the others of its team turns round and round at first, as that answers
soonest. With as many threads as cores, and one core taken by another program, it turns round in the
place of the very thread it waits for, and most of the time goes into that.
"""

from __future__ import annotations

import os

_ROUNDS = "GOMP_SPINCOUNT"
_SAID = (_ROUNDS, "OMP_WAIT_POLICY")
_ENOUGH = "10000"
"""Rounds, some microseconds of them, after which a waiting thread sleeps: see decision 38."""


def wait_briefly() -> None:
    """Let waiting threads sleep soon, unless the person has said how they are to wait.

    It is read when torch is imported, by the OpenMP of GCC, which torch has on Linux; others ignore
    it.
    """
    if not any(name in os.environ for name in _SAID):
        os.environ[_ROUNDS] = _ENOUGH
