"""How Python itself runs under a window: imports, garbage, and how long a thread keeps its lock.

None of it changes what the program does, only how long a hand at the window waits.
"""

from __future__ import annotations

import builtins
import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds. The window's thread asks for Python's lock at every step; by Python's own 5 ms, work in
# the lanes would have each of them wait a third of a picture of the screen.
_SWITCH = 0.001


def suit_a_window() -> None:
    """Let threads change often, and modules be imported as Python does it; PySide6 is loaded.

    Loading PySide6 replaces ``__import__``: from then on the source of every imported module is
    read, to see whether it asks for snake_case names (``from __feature__ import ...``), and kept in
    memory. Nobody does here, and for the thousand modules of torch it is half a second and 40 MB.
    """
    sys.setswitchinterval(_SWITCH)
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Keep Python from looking for garbage in what is made or imported inside, now or ever.

    Modules and a window stay until the end. Looking through them finds nothing, takes a tenth of a
    start, and keeps every thread waiting: for all of torch, 0.15 s at once.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
