"""Averages of neighbouring frames of real clips: made once, then read like rendered exposures.

Which frames they are made of is drawn in clip_windows.py, how they are averaged is written in
clip_averages.py. Their paths are not known.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from blurstudio.errors import DataError
from blurstudio.locations import data_folder as find_data
from blurstudio.simulate.dataset import VERSION, read_dataset
from blurstudio.simulate.photos import file_hash
from blurstudio.simulate.shards import UNLABELLED, write_shards
from blurstudio.training.clip_averages import averages
from blurstudio.training.clip_frames import survey
from blurstudio.training.clip_windows import Window, draw_windows
from blurstudio.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from blurstudio.simulate.dataset import Dataset
    from blurstudio.training.clip_recipe import ClipRecipe

CLIP_SUFFIXES = frozenset({".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v"})

_WINDOWS = "windows.json"


def prepare_clips(
    recipe: ClipRecipe,
    folder: Path,
    data_folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Dataset:
    """Make what is missing of a recipe's averages and open them.

    Parameters
    ----------
    recipe
        Which averages.
    folder
        Where they are, or will be; `windows.json` in it says which frames each was made of.
    data_folder
        Folder that the recipe's clips lie in; asked only when something is missing.
    progress
        Called with averages done and wanted.

    Raises
    ------
    DataError
        If clips are missing or hold too little, or the folder holds something else.
    """
    asked = _asked(recipe)
    if (folder / "index.json").is_file():
        found = read_dataset(folder)
        if {key: found.index.get(key) for key in asked} != asked:
            raise DataError(
                "{folder} holds something else than the averages of clips that the recipe asks "
                "for; name another folder.",
                folder=folder,
            )
        if found.complete:
            return found
    clips = list_clips(find_data(data_folder), recipe.files)
    index = {**asked, "clips": [{"name": p.name, "sha256": file_hash(p)} for p in clips]}
    windows: list[Window] = []

    def make(first: int, size: int) -> dict[str, NDArray[Any]]:
        # Once the folder is claimed, and only if a shard is missing.
        if not windows:
            windows.extend(_windows(clips, recipe, folder / _WINDOWS))
        return averages(clips, windows[first : first + size], recipe.size)

    write_shards(folder, index, make, UNLABELLED, progress)
    return read_dataset(folder)


def list_clips(root: Path, names: Sequence[str]) -> list[Path]:
    """Clips that are named, and those in named folders, below `root`.

    Raises
    ------
    DataError
        If a name is neither, or a folder holds no clips.
    """
    clips: list[Path] = []
    for name in names:
        path = root / name
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in CLIP_SUFFIXES)
        found = [path] if path.is_file() else inside
        if not found:
            raise DataError(
                "There is no clip {path}, and none in it; name a file or a folder.", path=path
            )
        clips += [each for each in found if each not in clips]
    return clips


def _asked(recipe: ClipRecipe) -> dict[str, Any]:
    """Beginning of the index: what the recipe says, and that paths are not known."""
    values = json.loads(json.dumps(dataclasses.asdict(recipe)))
    count, seed = values.pop("count"), values.pop("seed")
    return {
        "version": VERSION,
        "labelled": False,
        "seed": seed,
        "count": count,
        "settings": values,
    }


def _windows(clips: Sequence[Path], recipe: ClipRecipe, path: Path) -> list[Window]:
    """Draw the windows, or read what was drawn before: flow may differ between machines."""
    if path.is_file():
        try:
            kept = [Window(**each) for each in json.loads(path.read_text(encoding="utf-8"))]
        except (ValueError, TypeError) as error:
            raise DataError(
                "{path} is damaged; remove the folder to make it anew.", path=path
            ) from error
        if len(kept) == recipe.count:
            return kept
    windows = draw_windows([survey(clip) for clip in clips], recipe)
    lines = ",\n".join(json.dumps(dataclasses.asdict(window)) for window in windows)
    write_whole(path, f"[\n{lines}\n]\n".encode())
    return windows
