"""The exposures that a recipe asks for: rendered once, then read.

Rendering is resumable, so a run that is stopped while it renders goes on where it was.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from blurstudio.errors import DataError
from blurstudio.locations import data_folder as find_data
from blurstudio.media.endings import LEARNED_FROM
from blurstudio.simulate.dataset import read_dataset, write_dataset
from blurstudio.simulate.settings import ExposureSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blurstudio.training.batches import Exposures
    from blurstudio.training.data_recipe import DataRecipe


def prepare(
    recipe: DataRecipe,
    folder: Path,
    data_folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    workers: int = 1,
) -> Exposures:
    """Render what is missing of a recipe's exposures and open them.

    Parameters
    ----------
    recipe
        Which exposures.
    folder
        Where they are, or will be.
    data_folder
        Folder that the recipe's photo folders lie in; asked only when something is missing.
    progress
        Called with exposures done and wanted.
    workers
        Processes that render beside each other.

    Raises
    ------
    DataError
        If there are no photos, or the folder holds other exposures.
    """
    if (folder / "index.json").is_file():
        found = read_dataset(folder)
        other = _difference(found.index, recipe)
        if other is not None:
            name, there, asked = other
            raise DataError(
                "{folder} holds exposures drawn with {name} = {there}, but the recipe asks for "
                "{name} = {asked}; name another folder.",
                folder=folder,
                name=name,
                there=there,
                asked=asked,
            )
        if found.complete:
            return found
    photos = list_photos(find_data(data_folder), recipe.photos)
    write_dataset(
        photos,
        folder,
        recipe.count,
        recipe.exposure_settings(),
        recipe.seed,
        progress,
        workers,
        recipe.apart(),
    )
    return read_dataset(folder)


def list_photos(root: Path, folders: tuple[str, ...]) -> list[Path]:
    """Photos in folders below `root`, sorted by name.

    Raises
    ------
    DataError
        If there are none.
    """
    photos = [
        path
        for name in folders
        for path in sorted((root / name).rglob("*"))
        if path.suffix.lower() in LEARNED_FROM
    ]
    if not photos:
        named = ", ".join(str(root / name) for name in folders)
        raise DataError(
            "There are no photos in {named}; name a data folder that holds them.", named=named
        )
    return photos


def _difference(index: dict[str, Any], recipe: DataRecipe) -> tuple[str, Any, Any] | None:
    """Name the first thing that a data set and a recipe disagree on, with both values."""
    settings = json.loads(json.dumps(recipe.exposure_settings().as_dict()))
    asked = {"seed": recipe.seed, "count": recipe.count, **settings}
    apart = recipe.apart()
    asked["held_out"] = None if apart is None else apart.as_dict()
    # Settings that came later were then as they are by default.
    before = {**json.loads(json.dumps(ExposureSettings().as_dict())), **index["settings"]}
    there = {"seed": index["seed"], "count": index["count"], **before}
    there["held_out"] = index.get("held_out")
    for name in [*asked, *(there.keys() - asked.keys())]:
        if there.get(name) != asked.get(name):
            return name, there.get(name), asked.get(name)
    return None
