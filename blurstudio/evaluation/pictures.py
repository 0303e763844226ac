"""Reading the pictures of a benchmark as the networks see them, and finding them in a folder.

Decoding and colour are `media`'s business; nothing here is measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.pictures import to_network
from blurstudio.errors import DataError
from blurstudio.media.endings import LEARNED_FROM
from blurstudio.media.photo import open_photo

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor


def read_picture(path: Path) -> Tensor:
    """Read a picture as (3, H, W) float32, sRGB-encoded, [0, 1].

    Raises
    ------
    PhotoError
        If it can't be read.
    """
    photo = open_photo(path)
    return to_network(photo, photo.pixels)


def list_pictures(folder: Path) -> list[Path]:
    """List the pictures of a folder by name.

    Raises
    ------
    DataError
        If there is none.
    """
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() in LEARNED_FROM)
    if not found:
        raise DataError(
            "{folder} holds no pictures; put the photos to measure there.", folder=folder
        )
    return found
