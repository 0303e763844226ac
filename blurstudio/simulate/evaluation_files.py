"""The evaluation set on disk, for programs of other people that want to be measured on it.

One NumPy file for each exposure, written whole or not at all; the set itself is `evaluation_set`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.errors import DataError
from blurstudio.levels import as_picture
from blurstudio.simulate.evaluation_set import evaluation_takes, kodak_exposures
from blurstudio.whole_files import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blurstudio.simulate.evaluation_set import EvaluationExposure

STRIDE = 4
"""Paths are kept at every fourth pixel of every fourth row: whole ones would take 2 GB."""


def write_evaluation_set(
    photos: Path, folder: Path, progress: Callable[[int, int], None] | None = None
) -> list[Path]:
    """Render the evaluation set into a folder, always the same.

    Parameters
    ----------
    photos
        The 24 Kodak photos.
    folder
        Made if missing; ``<name>.npz`` in it are replaced. Their arrays are listed in
        `docs/formats.md`.
    progress
        Called with (exposures done, exposures in all).

    Returns
    -------
    list of Path
        The files, 96 of them.

    Raises
    ------
    DataError
        If the photos are not there, or the folder can't be written to.
    """
    total = len(evaluation_takes(photos))
    files: list[Path] = []
    for exposure in kodak_exposures(photos):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            files.append(_save(folder / f"{exposure.name}.npz", _arrays(exposure)))
        except OSError as error:
            raise DataError(
                "The evaluation set can't be written to {folder}: {why}; free space or choose "
                "another folder.",
                folder=folder,
                why=error.strerror or error,
            ) from error
        if progress:
            progress(len(files), total)
    return files


def _arrays(exposure: EvaluationExposure) -> dict[str, Any]:
    return {
        "blurred": as_picture(exposure.blurred),
        "sharp": as_picture(exposure.sharp),
        "offsets": exposure.offsets[..., ::STRIDE, ::STRIDE].half().numpy(),
        "layers": exposure.layers.numpy(),
        "validity": exposure.validity[0].bool().numpy(),
        "strength": np.float32(exposure.strength),
    }


def _save(path: Path, arrays: dict[str, Any]) -> Path:
    with whole_file(path) as temporary:
        np.savez_compressed(temporary, **arrays)
    return path
