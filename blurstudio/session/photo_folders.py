"""Which files in a folder are photos to work on, and which photo a folder or a document stands for.

Nothing here opens a photo. Folders of results are passed by: they are named after their photos, or
hold the note of what was asked for.
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.errors import PhotoError
from blurstudio.media.endings import WORKED_THROUGH, is_named, natural_order
from blurstudio.session.finished import NOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT_ENDING = ".blurstudio.json"
"""Behind a photo's name: the name of its document."""

_NUMBER = re.compile(r" \(\d+\)$")


def photos_in(
    folder: Path, *, below: bool = False, pattern: str = "*", without: Path | None = None
) -> list[Path]:
    """Return the photos in a folder, by name, those of folders below it after its own.

    Parameters
    ----------
    below
        Whether to look into the folders below as well; links to folders are not followed.
    pattern
        What names must be like, such as ``IMG_*`` or ``*.jpg; *.png``; capitals don't matter.
    without
        A folder to leave out, with all in it.

    Raises
    ------
    PhotoError
        If the folder can't be read.
    """
    wanted = [one for part in pattern.split(";") if (one := part.strip().casefold())] or ["*"]
    left_out = None if without is None else without.absolute()
    return [
        path
        for path in _files(folder, below=below, without=left_out)
        if is_named(path, WORKED_THROUGH)
        and any(fnmatch(path.name.casefold(), one) for one in wanted)
    ]


def meant_by(path: Path) -> Path:
    """Tell which photo is meant: a document stands for its photo, a folder for the first in it.

    Raises
    ------
    PhotoError
        If a folder holds none, or can't be read.
    """
    if path.name.endswith(DOCUMENT_ENDING) and path.name != DOCUMENT_ENDING:
        return path.with_name(path.name.removesuffix(DOCUMENT_ENDING))
    # Path.is_dir raises where a folder may not be looked into.
    if not os.path.isdir(path):  # noqa: PTH112
        return path
    photos = photos_in(path)
    if not photos:
        raise PhotoError("There is no photo in the folder {folder}; open another.", folder=path)
    return min(photos, key=natural_order)


def _files(folder: Path, *, below: bool, without: Path | None) -> Iterator[Path]:
    def refuse(problem: OSError) -> None:
        # One folder below that is closed to the person is no reason to give up the others.
        if Path(problem.filename or folder) == folder:
            raise PhotoError(
                "The folder {folder} can't be read ({why}); check its permissions.",
                folder=folder,
                why=problem.strerror,
            ) from problem

    for place, folders, names in os.walk(folder, onerror=refuse):
        yield from (Path(place, name) for name in sorted(names))
        folders[:] = [
            name
            for name in sorted(folders)
            if below
            and not _holds_results(Path(place, name))
            and Path(place, name).absolute() != without
        ]


def _holds_results(folder: Path) -> bool:
    """Whether a folder is hidden, named like a photo, as folders of results are, or has a note."""
    name = folder.name
    if name.startswith(".") or is_named(Path(_NUMBER.sub("", name)), WORKED_THROUGH):
        return True
    # Not Path.is_file, which raises where a folder may not be looked into.
    return os.path.isfile(folder / NOTE)  # noqa: PTH113
