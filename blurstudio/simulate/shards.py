"""Files of a data set: a fixed number of exposures per shard, one plain array file per kind.

How a shard's pictures are made lives in dataset.py; here they are saved and opened, atomically
and by memory map.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from blurstudio.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Array = NDArray[Any]

SHARD = 100
# The last one is written last: where it is, the shard is finished.
ARRAYS = ("blurred", "sharp", "maps", "layers", "validity", "strength")


def has_shard(folder: Path, shard: int) -> bool:
    """Whether a shard was finished, undamaged or not."""
    return _path(folder, ARRAYS[-1], shard).exists()


def open_shard(folder: Path, shard: int, size: int) -> dict[str, Array]:
    """Memory-mapped arrays of a shard of `size` exposures, by the names of `ARRAYS`.

    Raises
    ------
    DataError
        If a file is missing, damaged, or of another length.
    """
    arrays = {}
    for name in ARRAYS:
        path = _path(folder, name, shard)
        try:
            arrays[name] = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise DataError(
                f"The file {path} of the data set is missing or damaged; delete it and run "
                "'blurstudio render' again to replace it."
            ) from error
        if arrays[name].ndim == 0 or len(arrays[name]) != size:
            raise DataError(
                f"The file {path} does not hold {size} exposures; delete it and run "
                "'blurstudio render' again to replace it."
            )
    return arrays


def save_shard(folder: Path, shard: int, arrays: Mapping[str, Array]) -> None:
    """Write a shard; each file appears complete or not at all."""
    for name in ARRAYS:
        path = _path(folder, name, shard)
        partial = path.with_name(path.name + ".partial")
        try:
            with partial.open("wb") as file:
                np.save(file, arrays[name], allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def _save_text(path: Path, text: str) -> None:
    """Write a text file; it appears complete or not at all."""
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


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
        _save_text(path, text)
        return
    try:
        there = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        there = None
    if there != json.loads(text):
        raise DataError(
            f"{folder} already holds a data set with other photos or settings; choose another "
            "folder or remove it."
        )


def finished(folder: Path, shard: int, size: int) -> bool:
    """Whether all files of a shard are there and whole."""
    try:
        open_shard(folder, shard, size)
    except DataError:
        return False
    return True


def _path(folder: Path, name: str, shard: int) -> Path:
    return folder / f"{name}_{shard:03d}.npy"
