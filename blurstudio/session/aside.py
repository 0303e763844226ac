"""A file that is not all right is set aside, never written over: renamed to a name that is free.

What was wrong with it is said here, too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blurstudio.sentences import sentence
from blurstudio.session.fields import Misfit

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


def reason(problem: BaseException) -> str:
    """Say in a clause why a file could not be read."""
    if isinstance(problem, Misfit):
        return problem.sentence
    if isinstance(problem, json.JSONDecodeError):
        return sentence("line {line} is no JSON", line=problem.lineno)
    if isinstance(problem, UnicodeDecodeError):
        return sentence("it is no text")
    if isinstance(problem, OSError):
        return problem.strerror or sentence("it can't be read")
    if isinstance(problem, ValueError):
        return str(problem)
    return sentence("it is laid out wrongly")
