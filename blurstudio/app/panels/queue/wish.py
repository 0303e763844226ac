"""What the dialog for a folder asks for: which photos, what to write of them, with whose choices.

Only values, and how the settings keep them for the next time; the dialog is in `folder_dialog.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from blurstudio.app.panels.export.choices import remembered

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.export import ExportRequest
    from blurstudio.app.settings import Settings
    from blurstudio.session.conflicts import Conflict


class Whose(StrEnum):
    """Whose choices a photo of the folder is analysed with."""

    DOCUMENT = "document"
    PHOTO = "photo"
    USUAL = "usual"


@dataclass(frozen=True)
class FolderWish:
    """Every photo of a folder that is to be queued, and how.

    Attributes
    ----------
    folder, pattern, below
        Where photos are looked for, what their names are like, and whether folders below count.
    request
        What to write; photos of folders below get the same folders below its own.
    conflict
        What happens where results lie already.
    whose
        Whose choices they are analysed with.
    """

    folder: Path
    pattern: str
    below: bool
    request: ExportRequest
    conflict: Conflict
    whose: Whose


def usual_place(folder: Path) -> Path:
    """Folder for results of a folder's photos until a person says otherwise: not among them."""
    return folder / "out"


def kept(settings: Settings, wish: FolderWish) -> Settings:
    """Return the settings with a wish to begin the next one with."""
    asked = remembered(settings, wish.request)
    if wish.request.folder == usual_place(wish.folder):
        # Next time it is in that folder, whichever it will be.
        asked = replace(asked, export_folder="")
    return replace(
        settings.with_queue_export(asked),
        queue_folder=str(wish.folder),
        queue_pattern=wish.pattern,
        queue_below=wish.below,
        queue_whose=wish.whose.value,
        queue_conflict=wish.conflict.value,
    )
