"""What becomes of memory that was let go: said as the program begins, before there is much of it.

The C library of Linux hands what lies unused at the end of its memory back to the system as soon as
that is a little, and asks for it anew; then every page of it is emptied again. Of the time that a
refinement takes that is a fifteenth.
"""

from __future__ import annotations

import ctypes
import os
import sys

_MIB = 2**20
_ASKED = {-3: 32 * _MIB, -1: 256 * _MIB}
"""glibc's M_MMAP_THRESHOLD, from which on a piece is got and handed back by itself, as high as it
goes; and M_TRIM_THRESHOLD, how much may lie unused: see decision 41."""

_SAID = "MALLOC_MMAP_MAX_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"


def keep_freed_memory() -> bool:
    """Keep some memory that was let go for what comes next, unless the person has said how much.

    Returns
    -------
    bool
        Whether it is kept. Only glibc is asked; others do as they do.
    """
    if not sys.platform.startswith("linux") or any(name in os.environ for name in _SAID):
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):
        return False
    return all(library.mallopt(what, size) == 1 for what, size in _ASKED.items())
