"""Large shared libraries, loaded while other threads go on.

Python holds its lock while it loads a module's libraries: torch's take 0.4 s, in which a window
could not even be moved. Called as a C function, the same loader lets go of the lock; the import
that follows finds everything in place. Nothing here imports what it loads for.
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
        Whether this loaded them.
    """
    # One thread at a time: even to look for the loader's entry waits for a library that is being
    # loaded, and that with Python's lock.
    with _LOCK:
        folder, suffix = _folder_of("torch"), _SUFFIXES.get(sys.platform)
        if folder is None or suffix is None:
            return False
        # In torch's own order: what all need from outside torch is for everybody, the rest is not.
        return _load(folder / "lib" / f"libtorch_global_deps{suffix}", for_all=True) and _load(
            folder / "lib" / f"libtorch_python{suffix}"
        )


def load_video_libraries() -> bool:
    """Load FFmpeg's libraries, as `load_torch_libraries` does torch's."""
    with _LOCK:
        folder = _folder_of("av")
        modules = [] if folder is None else sorted(folder.glob("_core*.so"))
        return bool(modules) and _load(modules[0])


def _folder_of(package: str) -> Path | None:
    """Where a package lies that is not in use yet, if its libraries can be loaded beforehand."""
    if package in sys.modules or sys.platform not in _SUFFIXES:
        return None
    spec = find_spec(package)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _load(library: Path, *, for_all: bool = False) -> bool:
    """Load a library without Python's lock; returns whether that went well."""
    if not library.is_file():
        return False
    load = ctypes.CDLL(None).dlopen
    load.restype = ctypes.c_void_p
    load.argtypes = (ctypes.c_char_p, ctypes.c_int)
    how = os.RTLD_NOW | (os.RTLD_GLOBAL if for_all else 0)
    return load(os.fsencode(library), how) is not None
