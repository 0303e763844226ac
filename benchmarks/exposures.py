"""Exposures that constants are fitted on: of photos that networks learn from, never of others."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from blurstudio.simulate.evaluation_set import SETTINGS
from blurstudio.simulate.exposures import render
from blurstudio.simulate.photos import load_sharp
from blurstudio.training.exposures import list_photos

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from torch import Tensor

    from blurstudio.simulate.exposures import Exposure

_SEED, _ORDER = 9_100, 11


def exposures_of_training_photos(
    data: Path, count: int, strengths: Sequence[float], multiple: int = 1
) -> Iterator[Exposure]:
    """Render whole photos, in a fixed order, one exposure at a time.

    Parameters
    ----------
    data
        Folder that holds `photos/`.
    count
        How many.
    strengths
        Mean path lengths in px, in turn.
    multiple
        Photos are cut to sides that are multiples of it.

    Raises
    ------
    DataError
        If there are no photos.
    """
    photos = sorted(list_photos(data, ("photos",)))
    random.Random(_ORDER).shuffle(photos)

    def loaded(place: int) -> Tensor:
        photo = load_sharp(photos[place % len(photos)])
        rows, columns = (side // multiple * multiple for side in photo.shape[1:])
        return photo[:, :rows, :columns]

    for number in range(count):
        strength = strengths[number % len(strengths)]
        textures = [loaded(7 * number + 3), loaded(5 * number + 1)]
        settings = replace(SETTINGS, strength=(strength, strength))
        yield render([loaded(number)], settings, _SEED + number, textures=textures)
