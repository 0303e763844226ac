"""Data sets of exposures on disk: rendered in shards, resumable, opened for training.

A folder holds ``index.json`` and shards; the files of a shard are shards.py's business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.errors import DataError
from blurstudio.simulate.labels import STRIDE
from blurstudio.simulate.photo_draws import draws_for
from blurstudio.simulate.photos import file_hash
from blurstudio.simulate.shard_rendering import render_shard
from blurstudio.simulate.shards import (
    ARRAYS,
    SHARD,
    UNLABELLED,
    Array,
    has_shard,
    open_shard,
    write_shards,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from blurstudio.simulate.photo_draws import HeldOut
    from blurstudio.simulate.settings import ExposureSettings

VERSION = 1


@dataclass(frozen=True, eq=False)
class Sample:
    """One exposure of a data set; the arrays are views of the files.

    Parameters
    ----------
    blurred, sharp
        ``(3, H, W)`` uint8, display encoding.
    maps
        ``(2, 2, H/4, W/4)`` float16: a and b of the path a t + b t^2, px of the picture.
    layers
        ``(H/4, W/4)`` uint8: top layer at mid-exposure.
    validity
        ``(H/4, W/4)`` uint8: 1 where the path stays inside the rendered content; 0 everywhere
        where paths and layers are not known.
    strength
        Mean path length, px.
    """

    blurred: Array
    sharp: Array
    maps: Array
    layers: Array
    validity: Array
    strength: float


class Dataset:
    """A rendered data set, opened by `read_dataset`.

    Parameters
    ----------
    folder
        Where it lies.
    index
        Its ``index.json``.
    shards
        The opened arrays of every finished shard.
    """

    def __init__(
        self, folder: Path, index: dict[str, Any], shards: Sequence[dict[str, Array]]
    ) -> None:
        self.folder = folder
        self.index = index
        self._shards = shards

    def __len__(self) -> int:
        return sum(len(shard["strength"]) for shard in self._shards)

    def __getitem__(self, number: int) -> Sample:
        if not 0 <= number < len(self):
            raise IndexError(f"Exposure {number} of a set of {len(self)}.")
        shard, row = self._shards[number // SHARD], number % SHARD
        arrays = {name: shard[name][row] for name in shard}
        if not self.labelled:
            cells = tuple(side // STRIDE for side in arrays["blurred"].shape[-2:])
            arrays["maps"] = np.zeros((2, 2, *cells), np.float16)
            arrays["layers"] = arrays["validity"] = np.zeros(cells, np.uint8)
        return Sample(**{**arrays, "strength": float(arrays["strength"])})

    def __iter__(self) -> Iterator[Sample]:
        return (self[number] for number in range(len(self)))

    @property
    def labelled(self) -> bool:
        """Whether paths and layers are known, as they are of rendered exposures."""
        return bool(self.index.get("labelled", True))

    @property
    def complete(self) -> bool:
        """Whether all exposures that were asked for are there."""
        return len(self) == int(self.index["count"])


def write_dataset(
    photo_paths: Sequence[Path],
    folder: Path,
    count: int,
    settings: ExposureSettings,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    workers: int = 1,
    held_out: HeldOut | None = None,
) -> Dataset:
    """Render `count` exposures into a folder; shards already there are kept.

    Parameters
    ----------
    photo_paths
        Sharp photos, each at least as big as an exposure.
    folder
        Made if missing. A folder with another data set is refused.
    count
        Number of exposures.
    settings
        Ranges to draw from; `settings.size` must be given.
    seed
        Decides everything.
    progress
        Called with (exposures done, exposures in all).
    workers
        Processes that render beside each other; the exposures are the same.
    held_out
        Exposures that share no photo with the others; by default all may be of all photos.

    Raises
    ------
    DataError
        If there are too few photos, a photo can't be used, the folder holds another set, or the
        disk is full.
    """
    if settings.size is None or settings.size[0] % STRIDE or settings.size[1] % STRIDE:
        raise ValueError(f"A data set needs a size in multiples of {STRIDE}, not {settings.size}.")
    paths = sorted(photo_paths, key=lambda path: path.name)
    draws = draws_for(paths, count, seed, held_out)
    index = {
        "version": VERSION,
        "seed": seed,
        "count": count,
        "settings": settings.as_dict(),
        "photos": [{"name": path.name, "sha256": file_hash(path)} for path in paths],
    }
    if held_out is not None:
        index["held_out"] = held_out.as_dict()

    # Within a shard only this process can tell how far it is.
    told = progress if workers == 1 else None
    make = partial(render_shard, draws, settings, count, told)
    write_shards(folder, index, make, progress=progress, workers=workers)
    return read_dataset(folder)


def read_dataset(folder: Path) -> Dataset:
    """Open a data set, also one that is still being rendered: finished shards are served.

    A set whose first shard is not finished has length 0.

    Raises
    ------
    DataError
        If the folder holds no data set, or a damaged one.
    """
    path = folder / "index.json"
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
        count, version = int(index["count"]), int(index["version"])
    except FileNotFoundError as error:
        raise DataError(
            "{folder} holds no rendered exposures; make them with 'blurstudio render'.",
            folder=folder,
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            "The index {path} is damaged; render the data set again into an empty folder.",
            path=path,
        ) from error
    if version != VERSION:
        raise DataError(
            "The data set {folder} has version {version}, and version {wanted} is read here; "
            "render it again.",
            folder=folder,
            version=version,
            wanted=VERSION,
        )
    names = ARRAYS if index.get("labelled", True) else UNLABELLED
    shards = []
    for first in range(0, count, SHARD):
        if not has_shard(folder, first // SHARD, names):
            break
        shards.append(open_shard(folder, first // SHARD, min(SHARD, count - first), names))
    return Dataset(folder, index, shards)
