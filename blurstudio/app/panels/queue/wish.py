"""What the dialog for a folder asks for: which photos, what to write of them, with whose choices.

Only values; the dialog is in `queue_folder.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.export import ExportRequest
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
