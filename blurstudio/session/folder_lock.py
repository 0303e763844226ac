"""One writer at a time in a folder of results: a lock file with the number of the process.

A lock whose process is gone is taken over, so that a run that was killed bars nobody. Threads of
one process keep out of each other's folders, too: the window's queue and its export have one each.
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from blurstudio.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".blurstudio.lock"
_TRIES = 20
_SECONDS_TO_SIGN = 5.0
"""A lock without a number is being made, or its process died just then."""
_SECONDS_TO_LET_GO = 0.02

_turn = threading.Lock()
"""Held while this process makes a lock or removes its own; never while it writes results."""
_ours: set[tuple[int, int]] = set()
"""The lock files that this process holds: what the system tells files apart by."""


def refuse_locked(folder: Path) -> None:
    """Refuse a folder that is being written into.

    Raises
    ------
    ExportError
        If it is.
    """
    if _is_held(folder / LOCK):
        raise _taken(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep a folder to this thread while the block runs.

    Parameters
    ----------
    folder
        It is there already.

    Raises
    ------
    ExportError
        If it is being written into, or can't be.
    """
    lock = folder / LOCK
    try:
        with _turn:
            mark = _make(lock)
    except FileExistsError as problem:
        raise _taken(folder) from problem
    except OSError as problem:
        raise ExportError(
            "The folder {folder} can't be written to ({why}); choose another folder for the "
            "results.",
            folder=folder,
            why=problem.strerror or problem,
        ) from problem
    try:
        yield
    finally:
        with _turn:
            _let_go(lock)
            _ours.discard(mark)


def _taken(folder: Path) -> ExportError:
    return ExportError(
        "Blur Studio is writing into {folder} already; wait until that is done, or choose another "
        "folder for the results.",
        folder=folder,
    )


def _make(lock: Path) -> tuple[int, int]:
    """Make the lock and say what the system tells it by; FileExistsError if it is held."""
    for _ in range(_TRIES):
        try:
            descriptor = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        except FileExistsError:
            if _is_held(lock):
                raise
            _remove_left(lock)
            continue
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(str(os.getpid()))
                mark = _mark(os.fstat(descriptor))
        except OSError:
            # On a full disk, say.
            lock.unlink(missing_ok=True)
            raise
        _ours.add(mark)
        return mark
    raise FileExistsError(lock)


def _let_go(lock: Path) -> None:
    """Remove our own lock: it would bar others for as long as this process lives."""
    for _ in range(_TRIES):
        try:
            lock.unlink(missing_ok=True)
        except OSError:
            # Windows lets nobody remove what another process is just reading.
            time.sleep(_SECONDS_TO_LET_GO)
        else:
            return


def _remove_left(lock: Path) -> None:
    """Remove a lock that was left, unless another process has just put its own in the place."""
    aside = lock.with_name(f"{LOCK}-{secrets.token_hex(4)}")
    with suppress(OSError):
        lock.rename(aside)
    with suppress(OSError):
        if _is_held(aside):
            # A link never takes the place of a third one.
            lock.hardlink_to(aside)
    with suppress(OSError):
        aside.unlink()


def _is_held(lock: Path) -> bool:
    """Whether whoever made a lock is at work; of this process's, those that it knows of are."""
    try:
        text = lock.read_text(encoding="ascii", errors="replace").strip()
        found = lock.stat()
    except FileNotFoundError:
        return False
    except OSError:
        # Windows lets nobody read what is being removed or written just now. Where the folder
        # can't be looked into, or is none, there is nothing to respect.
        return sys.platform == "win32" or os.path.lexists(lock)
    if not (text.isascii() and text.isdigit()):
        return time.time() - found.st_mtime < _SECONDS_TO_SIGN
    if int(text) == os.getpid():
        return _mark(found) in _ours
    return _is_running(int(text))


def _mark(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return process > 0


def _is_running_on_windows(process: int) -> bool:
    """Ask Windows, where the signal 0 is Ctrl+C."""
    import ctypes

    query, still_active = 0x1000, 259
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has it
    handle = kernel.OpenProcess(query, False, process & 0xFFFFFFFF)
    if not handle:
        return False
    code = ctypes.c_ulong()
    asked = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return not asked or code.value == still_active
