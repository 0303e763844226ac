"""What happens where results lie already, and which folder that gives.

The queue and the command line share it; what lies there is asked of the disk each time.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from blurstudio.engine.export.request import Conflict
from blurstudio.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Conflict", "is_taken", "numbered", "settle"]

_MOST = 10_000


def is_taken(home: Path) -> bool:
    """Whether something lies in a folder, or a file is in its place.

    Raises
    ------
    ExportError
        If that can't be told.
    """
    try:
        with os.scandir(home) as found:
            return any(True for _ in found)
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        return True
    except OSError as problem:
        raise ExportError(
            "The folder {folder} can't be read ({why}); choose another one.",
            folder=home,
            why=problem.strerror or problem,
        ) from problem


def numbered(home: Path, may_use: Callable[[Path], bool]) -> Path:
    """Return a folder, or the first of "name (2)", "name (3)" ... that may be used.

    Raises
    ------
    ExportError
        If there is no such folder.
    """
    for number in range(1, _MOST):
        place = home if number == 1 else home.with_name(f"{home.name} ({number})")
        if may_use(place):
            return place
    raise ExportError(
        "There are too many folders like {folder}; choose another folder.", folder=home
    )


def settle(home: Path, conflict: Conflict) -> Path | None:
    """Return the folder that results go to; None if they are to be left out.

    Parameters
    ----------
    home
        Folder that they would go to if there were nothing in it.
    conflict
        What to do otherwise.

    Raises
    ------
    ExportError
        If what is there can't be told.
    """
    if conflict is Conflict.OVERWRITE:
        return home
    if conflict is Conflict.NUMBER:
        return numbered(home, lambda place: not is_taken(place))
    return None if is_taken(home) else home
