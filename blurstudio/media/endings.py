"""By which endings files of pictures are known before they are opened, and in what order they come.

Endings serve to offer files in a dialog and to find them in a folder; what a file really is, its
first bytes tell (`header`).
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

LEARNED_FROM = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
"""Photos that networks are trained on and measured with.

Not all that are read: another ending would be other exposures of a recipe and other figures.
"""

WITH_PACKAGES = {
    "pillow_heif": (".heic", ".heif"),
    "rawpy": (
        *(".3fr", ".arw", ".cr2", ".cr3", ".dng", ".erf", ".kdc", ".mef", ".mos", ".mrw", ".nef"),
        *(".nrw", ".orf", ".pef", ".raf", ".rw2", ".rwl", ".sr2", ".srf", ".srw"),
    ),
}
"""Photos that are read where a package is installed that isn't needed otherwise."""

WORKED_THROUGH = (
    *LEARNED_FROM,
    *(".avif", ".gif", ".bmp", ".ppm", ".pgm", ".pnm", ".jp2", ".j2k", ".hdr", ".exr"),
    *(end for package, ends in WITH_PACKAGES.items() if find_spec(package) for end in ends),
)
"""Photos that are picked out of a folder to be worked on, one after another."""

OPENED = (*WORKED_THROUGH, ".npy")
"""All that `open_photo` reads. Arrays may be anything, so no folder is worked through for them."""

MOTION = (".flo", ".pfm", ".npz")
"""Flow and paths, which are compared with those of a photo and are no photos themselves."""


def is_named(path: Path, endings: Collection[str]) -> bool:
    """Tell by its name whether a file is one of those with some endings; hidden ones never are."""
    return path.suffix.lower() in endings and not path.name.startswith(".")


def natural_order(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Sort by name as people do: 2 before 10, capitals beside small letters."""
    parts = re.split(r"(\d+)", path.name.casefold())
    order = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    return order, path.name
