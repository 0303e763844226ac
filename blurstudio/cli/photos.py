"""Which photos the words on the command line mean: files as they are, folders as what is in them.

Nothing here opens a photo; a file named outright is tried whatever its suffix says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.errors import PhotoError
from blurstudio.locations import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PHOTO_SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".avif", ".bmp", ".gif", ".exr", ".hdr")
)
"""Endings by which photos are picked out of a folder."""


def gather_photos(paths: Iterable[Path]) -> list[Path]:
    """Photos meant by files and folders, each once, in the order given and by name in a folder.

    Parameters
    ----------
    paths
        Files, taken as they are, and folders, whose photos are taken (not those in folders
        below).

    Raises
    ------
    PhotoError
        If a folder can't be read or holds no photo.
    """
    photos: dict[Path, None] = {}
    for path in paths:
        photos.update(dict.fromkeys(_in_folder(path) if path.is_dir() else [path]))
    return list(photos)


def sample_photo() -> Path:
    """Find the bundled blurred photo that is shown when no other is named.

    Raises
    ------
    PhotoError
        If the installation holds no sample.
    """
    folder = resource("samples")
    samples = _photos_of(folder) if folder.is_dir() else []
    if not samples:
        raise PhotoError(
            "The sample photos are missing from this installation; name a photo of your own."
        )
    return samples[0]


def _in_folder(folder: Path) -> list[Path]:
    try:
        found = _photos_of(folder)
    except OSError as error:
        raise PhotoError(
            f"The folder {folder} can't be read ({error.strerror}); check its permissions."
        ) from error
    if not found:
        endings = ", ".join(sorted(PHOTO_SUFFIXES))
        raise PhotoError(
            f"The folder {folder} holds no photo; name one that holds files ending in {endings}."
        )
    return found


def _photos_of(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in PHOTO_SUFFIXES and not path.name.startswith(".")
    )
