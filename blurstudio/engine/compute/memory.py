"""How much memory this machine or its container can spare; telling that it ran out, and tidying up.

What it is spent on is decided in `engine.sharp.restore`; trying again with less is
`engine.compute.tiles`'s business.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from pathlib import Path

import torch

_GIB = 2**30
_UNKNOWN = 4 * _GIB
"""What is assumed where the system doesn't tell."""

_SHARE = 0.4
_CEILING = _GIB + _GIB // 4
"""Working memory on the CPU: larger tiles gain little, and a 24-megapixel photo with its results
must stay under 4 GiB in all."""

_CGROUP = Path("/sys/fs/cgroup")


def available_memory() -> int:
    """Bytes of main memory that could be taken now without swapping."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvail"))
    except (OSError, ValueError, StopIteration):
        try:
            # macOS says how much there is, not how much is free.
            free = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
        except (OSError, ValueError, AttributeError):
            free = _UNKNOWN
    return min(free, _container_memory())


def memory_budget(limit: int | None = None) -> int:
    """Bytes of main memory that a network's working memory may take.

    Parameters
    ----------
    limit
        What the person allows; it wins over what the machine could give.
    """
    if limit is not None:
        return limit
    return min(int(available_memory() * _SHARE), _CEILING)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception says that memory ran out, on whatever device."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    # torch's CPU allocator raises a plain RuntimeError.
    return isinstance(error, RuntimeError) and "can't allocate memory" in str(error)


def release_memory() -> None:
    """Give back what failed work left behind."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _container_memory() -> int:
    """Bytes left under the control group's limit; very many where there is none."""
    try:
        limit = (_CGROUP / "memory.max").read_text(encoding="ascii").strip()
        used = (_CGROUP / "memory.current").read_text(encoding="ascii").strip()
        return max(int(limit) - int(used), 0)
    except (OSError, ValueError):
        return sys.maxsize


def _windows_memory() -> int:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
        )

    status = Status(length=ctypes.sizeof(Status))
    # getattr: the name exists on Windows only, for the type checker too.
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    return int(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else _UNKNOWN
