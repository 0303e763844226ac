"""Folders that results go to: made, or a sentence for why one can't be.

Files that appear in them whole or not at all are `atomic`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder of results, and those above it, where it is not there yet.

    Raises
    ------
    ExportError
        If it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            "The folder {folder} can't be made ({why}); choose another folder for the results.",
            folder=folder,
            why=error.strerror or error,
        ) from error
