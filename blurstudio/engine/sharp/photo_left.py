"""The photo itself in place of the sharp picture, where edits of regions leave it as it is.

Once in the photo's encoding, for exact results, and once in the screen's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blurstudio.exposure.resample import resample
from blurstudio.exposure.window import Window
from blurstudio.media.colour import display_image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.media.photo import Photo

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]


def leaves_photo(edits: Iterable[MaskedEdit]) -> bool:
    """Whether one of some edits leaves the photo as it is somewhere."""
    return any(edit.leaves_photo for edit in edits)


def with_photo_left(sharp: Floats, photo: Photo, edits: Iterable[MaskedEdit]) -> Floats:
    """Lay the photo over a sharp picture ``(H, W, 3)`` of its encoding; a new array."""
    mixed = sharp.copy()
    for part, share in _shares(edits, photo.size):
        there = mixed[part.rows, part.columns]
        there += (photo.pixels[part.rows, part.columns] - there) * share
    return mixed


def shown_with_photo_left(shown: Bytes, photo: Photo, edits: Iterable[MaskedEdit]) -> Bytes:
    """Lay the photo over a sharp picture as the screen shows it; only there it is converted."""
    mixed = shown.copy()
    for part, share in _shares(edits, photo.size):
        there = mixed[part.rows, part.columns]
        over = display_image(photo.pixels[part.rows, part.columns], photo.icc_profile)
        levels = there + (over - there.astype(np.float32)) * share
        there[:] = np.rint(levels).astype(np.uint8)
    return mixed


def _shares(edits: Iterable[MaskedEdit], size: tuple[int, int]) -> Iterator[tuple[Window, Floats]]:
    """Give the part of a photo that an edit touches, and how far it shows there, (h, w, 1)."""
    for edit in edits:
        if not (edit.leaves_photo and bool(edit.mask.any())):
            continue
        share = resample(edit.mask[None].float(), size)[0].cpu().numpy()
        rows, columns = (np.flatnonzero(share.any(axis=axis)) for axis in (1, 0))
        if len(rows) and len(columns):
            part = Window(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)
            yield part, share[part.rows, part.columns, None]
