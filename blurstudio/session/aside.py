"""A file that is not all right is set aside, never written over: renamed to a name that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def set_aside(path: Path) -> Path:
    """Rename a file to ``<name>.aside``, or ``<name>.aside-2`` and so on.

    Returns
    -------
    Path
        Where it is now.

    Raises
    ------
    OSError
        If it can't be renamed.
    """
    for number in range(1, 1000):
        tail = "" if number == 1 else f"-{number}"
        kept = path.with_name(f"{path.name}.aside{tail}")
        if not kept.exists():
            break
    path.rename(kept)
    return kept
