"""A file that is to be written, and what becomes of one that has its name already.

Which files an export comes to is `names`' business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blurstudio.engine.export.request import Conflict, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class PhotoFacts:
    """What the names and sizes of its results depend on.

    Attributes
    ----------
    name
        Of the photo's file.
    size
        (H, W) px of the results.
    channels
        Of its pictures: 1 for grey ones.
    masks
        Names of its regions, from the bottom to the top.
    """

    name: str
    size: tuple[int, int]
    channels: int = 3
    masks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A file that is to be written.

    Attributes
    ----------
    part
        What it belongs to.
    key
        Which file of the part it is.
    path
        Below the photo's folder of results, with ``/``.
    size
        (H, W) px, or None for what is no picture.
    bytes
        About how many.
    exists
        Whether a file of that name is there already.
    skipped
        Whether it is left alone for that.
    """

    part: Part
    key: str
    path: str
    size: tuple[int, int] | None
    bytes: int
    exists: bool = False
    skipped: bool = False


def settled(
    files: Sequence[Planned], home: Path, conflict: Conflict, exists: Callable[[Path], bool]
) -> tuple[Planned, ...]:
    """Say of each file what becomes of it, or give all of them names that are free.

    Parameters
    ----------
    files
        Under the names that were asked for.
    home
        The photo's folder of results.
    conflict
        What is wished for.
    exists
        Says whether a file is there already.
    """
    if conflict is Conflict.NUMBER:
        return _numbered(files, home, exists)
    return tuple(_met(file, exists(home / file.path), conflict) for file in files)


def _met(file: Planned, there: bool, conflict: Conflict) -> Planned:
    return replace(file, exists=there, skipped=there and conflict is Conflict.SKIP)


def _numbered(
    files: Sequence[Planned], home: Path, exists: Callable[[Path], bool]
) -> tuple[Planned, ...]:
    """One number for all files of an export: what was written together stays together."""
    number = 1
    named: Sequence[Planned] = files
    while any(exists(home / file.path) for file in named):
        number += 1
        named = [replace(file, path=_with_number(file.path, number)) for file in files]
    return tuple(named)


def _with_number(path: str, number: int) -> str:
    first, *rest = PurePosixPath(path).parts
    if rest:
        return "/".join((f"{first} ({number})", *rest))
    stem, dot, suffix = first.rpartition(".")
    return f"{stem} ({number}){dot}{suffix}"
