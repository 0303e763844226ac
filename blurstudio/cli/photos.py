"""Which photos the words on the command line mean: files as they are, folders as what is in them.

Nothing here opens a photo; a file named outright is tried whatever its suffix says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.cli.each import note_failure
from blurstudio.errors import PhotoError
from blurstudio.locations import resource
from blurstudio.media.endings import WORKED_THROUGH
from blurstudio.session.photo_folders import photos_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def gather_photos(
    paths: Iterable[Path],
    *,
    below: bool = False,
    failed: list[dict[str, str]] | None = None,
) -> list[Path]:
    """Photos meant by files and folders, each once, in the order given and by name in a folder.

    Parameters
    ----------
    paths
        Files, taken as they are, and folders, whose photos are taken.
    below
        Whether photos in the folders below those are taken as well.
    failed
        Folders that give nothing are added here, after a sentence for the person, as long as there
        are photos elsewhere.

    Raises
    ------
    PhotoError
        If a folder can't be read or holds no photo, and that is not noted in `failed`.
    """
    photos: dict[Path, None] = {}
    barren: list[tuple[Path, PhotoError]] = []
    for path in paths:
        try:
            photos.update(dict.fromkeys(_in_folder(path, below) if path.is_dir() else [path]))
        except PhotoError as error:
            if failed is None:
                raise
            barren.append((path, error))
    if barren and not photos:
        raise barren[0][1]
    if failed is not None:
        for path, why in barren:
            note_failure(path, why, failed)
    return list(photos)


def sample_photo() -> Path:
    """Find the bundled blurred photo that is shown when no other is named.

    Raises
    ------
    PhotoError
        If the installation holds no sample.
    """
    folder = resource("samples")
    samples = photos_in(folder) if folder.is_dir() else []
    if not samples:
        raise PhotoError(
            "The sample photos are missing from this installation; name a photo of your own."
        )
    return samples[0]


def _in_folder(folder: Path, below: bool) -> list[Path]:
    found = photos_in(folder, below=below)
    if not found:
        endings = ", ".join(sorted(WORKED_THROUGH))
        raise PhotoError(
            "The folder {folder} holds no photo; name one that holds files ending in {endings}.",
            folder=folder,
            endings=endings,
        )
    return found
