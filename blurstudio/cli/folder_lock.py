"""One writer at a time in a folder of results: a lock file with the number of the process.

A lock whose process is gone is taken over, so that a run that was killed bars nobody.
"""

from __future__ import annotations

import os
import secrets
import sys
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


def refuse_locked(folder: Path) -> None:
    """Refuse a folder that another run is writing into.

    Raises
    ------
    ExportError
        If there is one.
    """
    if _is_held(folder / LOCK):
        raise _taken(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep a folder to this process while the block runs.

    Parameters
    ----------
    folder
        It is there already.

    Raises
    ------
    ExportError
        If another run is writing into it, or it can't be written to.
    """
    lock = folder / LOCK
    try:
        _make(lock)
    except FileExistsError as problem:
        raise _taken(folder) from problem
    except OSError as problem:
        raise ExportError(
            "The folder {folder} can't be written to ({why}); choose another folder with -o.",
            folder=folder,
            why=problem.strerror or problem,
        ) from problem
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()


def _taken(folder: Path) -> ExportError:
    return ExportError(
        "Another run is writing into {folder}; wait for it, or choose another folder with -o.",
        folder=folder,
    )


def _make(lock: Path) -> None:
    """Make the lock; FileExistsError if another process holds it."""
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
        except OSError:
            # On a full disk, say.
            lock.unlink(missing_ok=True)
            raise
        return
    raise FileExistsError(lock)


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
    """Whether the process that made a lock is at work; this one makes none twice."""
    try:
        text = lock.read_text(encoding="ascii", errors="replace").strip()
        age = time.time() - lock.stat().st_mtime
    except FileNotFoundError:
        return False
    except OSError:
        # Windows lets nobody read what is being removed or written just now.
        return True
    if not (text.isascii() and text.isdigit()):
        return age < _SECONDS_TO_SIGN
    return int(text) != os.getpid() and _is_running(int(text))


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
