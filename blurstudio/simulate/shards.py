"""Files of a data set: a fixed number of exposures per shard, one plain array file per kind.

How a shard's pictures are made is the caller's business; here they are saved and opened,
atomically and by memory map, and a set that was left unfinished goes on.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from blurstudio.errors import DataError
from blurstudio.simulate.workers import each_done
from blurstudio.whole_files import whole_file, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Array = NDArray[Any]

SHARD = 100
ARRAYS = ("blurred", "sharp", "maps", "layers", "validity", "strength")
UNLABELLED = ("blurred", "sharp", "strength")
"""What a set holds whose paths nobody knows."""


def write_shards(
    folder: Path,
    index: dict[str, Any],
    make: Callable[[int, int], Mapping[str, Array]],
    names: Sequence[str] = ARRAYS,
    progress: Callable[[int, int], None] | None = None,
    workers: int = 1,
) -> None:
    """Make the shards of a set that are not there yet.

    Parameters
    ----------
    folder
        Made if missing. A folder with another data set is refused.
    index
        What the set is made of; `count` among it.
    make
        Gives the arrays of the exposures from a number on, a count of them; the same whenever it
        is asked.
    names
        `ARRAYS`, or `UNLABELLED`.
    progress
        Called with (exposures done, exposures in all) after each shard.
    workers
        Processes that make shards beside each other; `make` must then be picklable.

    Raises
    ------
    DataError
        If the folder holds another set, or can't be written to.
    """
    count = int(index["count"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        claim(folder, index)
        wanted = [
            (first // SHARD, first, min(SHARD, count - first)) for first in range(0, count, SHARD)
        ]
        missing = [one for one in wanted if not finished(folder, one[0], one[2], names)]
        done = count - sum(size for _, _, size in missing)
        work = partial(_make_one, folder, make, names)
        for size in each_done(work, missing, workers):
            done += size
            if progress:
                progress(done, count)
    except OSError as error:
        raise DataError(
            "The data set can't be written to {folder}: {why}; free space or choose another "
            "folder, then start again to go on.",
            folder=folder,
            why=error.strerror or error,
        ) from error


def _make_one(
    folder: Path,
    make: Callable[[int, int], Mapping[str, Array]],
    names: Sequence[str],
    shard: int,
    first: int,
    size: int,
) -> int:
    """Make and save a shard, given as number, first exposure and size; return the size."""
    save_shard(folder, shard, make(first, size), names)
    return size


def has_shard(folder: Path, shard: int, names: Sequence[str] = ARRAYS) -> bool:
    """Whether all files of a shard are there, damaged or not."""
    return all(_path(folder, name, shard).exists() for name in names)


def open_shard(
    folder: Path, shard: int, size: int, names: Sequence[str] = ARRAYS
) -> dict[str, Array]:
    """Memory-mapped arrays of a shard of `size` exposures, by their names.

    Raises
    ------
    DataError
        If a file is missing, damaged, or of another length.
    """
    arrays = {}
    for name in names:
        path = _path(folder, name, shard)
        try:
            arrays[name] = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise DataError(
                "The file {path} of the data set is missing or damaged; delete it and run the "
                "same command again to replace it.",
                path=path,
            ) from error
        if arrays[name].ndim == 0 or len(arrays[name]) != size:
            raise DataError(
                "The file {path} does not hold {size} exposures; delete it and run the same "
                "command again to replace it.",
                path=path,
                size=size,
            )
    return arrays


def save_shard(
    folder: Path, shard: int, arrays: Mapping[str, Array], names: Sequence[str] = ARRAYS
) -> None:
    """Write a shard; each file appears complete or not at all."""
    for name in names:
        with whole_file(_path(folder, name, shard)) as temporary:
            np.save(temporary, arrays[name], allow_pickle=False)


def claim(folder: Path, index: dict[str, Any]) -> None:
    """Write ``index.json``, or check that the one that is there asks for the same set.

    Raises
    ------
    DataError
        If the folder holds another data set.
    """
    path = folder / "index.json"
    text = json.dumps(index, indent=1)
    if not path.exists():
        write_whole(path, text.encode())
        return
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        there = None
    if there != json.loads(text):
        raise DataError(
            "{folder} already holds a data set with other photos or settings; choose another "
            "folder or remove it.",
            folder=folder,
        )


def finished(folder: Path, shard: int, size: int, names: Sequence[str] = ARRAYS) -> bool:
    """Whether all files of a shard are there and whole."""
    try:
        open_shard(folder, shard, size, names)
    except DataError:
        return False
    return True


def _path(folder: Path, name: str, shard: int) -> Path:
    return folder / f"{name}_{shard:03d}.npy"
