"""Shared libraries of torch, loaded while other threads go on.

Python holds its lock while it loads a module's libraries: torch's take 0.4 s, in which a window
could not even be moved. Called as a C function, the same loader lets go of the lock; the import
that follows finds everything in place. Nothing here imports torch.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

_LOCK = threading.Lock()
_SUFFIXES = {"linux": ".so", "darwin": ".dylib"}


def load_torch_libraries() -> bool:
    """Load torch's libraries; where that can't be done beforehand, importing torch will do it.

    Returns
    -------
    bool
        Whether they are loaded.
    """
    suffix = _SUFFIXES.get(sys.platform)
    # One thread at a time: even to look for the loader's entry waits for a library that is being
    # loaded, and that with Python's lock.
    with _LOCK:
        spec = find_spec("torch")
        if suffix is None or spec is None or spec.origin is None or "torch" in sys.modules:
            return False
        folder = Path(spec.origin).parent / "lib"
        # In torch's own order: what all need from outside torch is for everybody, the rest is not.
        return _load(folder / f"libtorch_global_deps{suffix}", for_all=True) and _load(
            folder / f"libtorch_python{suffix}"
        )


def _load(library: Path, *, for_all: bool = False) -> bool:
    """Load a library without Python's lock; returns whether that went well."""
    if not library.is_file():
        return False
    load = ctypes.CDLL(None).dlopen
    load.restype = ctypes.c_void_p
    load.argtypes = (ctypes.c_char_p, ctypes.c_int)
    how = os.RTLD_NOW | (os.RTLD_GLOBAL if for_all else 0)
    return load(os.fsencode(library), how) is not None
