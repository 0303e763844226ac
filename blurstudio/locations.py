"""Where things are: shipped resources, the user's own folders, and the data folder.

Everything that needs a path outside the photo at hand asks here; nothing here reads a file.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from blurstudio.errors import BlurStudioError, DataError

_PACKAGE = Path(__file__).resolve().parent
_DATA_VARIABLE = "BLURSTUDIO_DATA"


def resource(*parts: str) -> Path:
    """Path of a shipped resource, from the wheel or from a checkout.

    Parameters
    ----------
    *parts
        Path below the resources folder, e.g. ``resource("weights", "motion.safetensors")``.

    Returns
    -------
    Path
        The path; the file itself may not exist.

    Raises
    ------
    BlurStudioError
        If there is no resources folder at all: the installation is incomplete.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if root.is_dir():
            return root.joinpath(*parts)
    raise BlurStudioError(
        "The folder with Blur Studio's own resources is missing; install Blur Studio again."
    )


def user_data_dir() -> Path:
    """Folder for the user's own weights and documents (not created here)."""
    return Path(platformdirs.user_data_dir("blurstudio", appauthor=False))


def user_config_dir() -> Path:
    """Folder for settings (not created here)."""
    return Path(platformdirs.user_config_dir("blurstudio", appauthor=False))


def user_cache_dir() -> Path:
    """Folder for what can be computed again (not created here)."""
    return Path(platformdirs.user_cache_dir("blurstudio", appauthor=False))


def data_folder(option: Path | None = None) -> Path:
    """Folder of photos and benchmarks for training and measuring.

    Parameters
    ----------
    option
        What the person named; else the environment variable ``BLURSTUDIO_DATA`` is asked.

    Raises
    ------
    DataError
        If neither names an existing folder.
    """
    named = option or (Path(value) if (value := os.environ.get(_DATA_VARIABLE)) else None)
    if named is None:
        raise DataError(
            "No data folder was named; give --data DIR or set {variable} to the folder that holds "
            "the photos and benchmarks.",
            variable=_DATA_VARIABLE,
        )
    if not named.is_dir():
        raise DataError(
            "The data folder {named} does not exist; name an existing folder.", named=named
        )
    return named
