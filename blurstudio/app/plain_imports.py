"""Imports as Python does them, after Qt for Python has put its own in their place.

Loading PySide6 replaces ``__import__``: from then on the source of every imported module is read,
to see whether it asks for snake_case names (``from __feature__ import ...``), and kept in memory.
Nobody does here, and for the thousand modules of torch that is half a second and 40 MB.
"""

from __future__ import annotations

import builtins


def restore_plain_imports() -> None:
    """Have modules imported without a look at their source; call it after PySide6 is loaded."""
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
