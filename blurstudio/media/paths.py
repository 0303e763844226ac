"""Exposure trajectories as .npz files, under a schema with a version.

The schema is told in full in docs/formats.md; how paths are evaluated lives in `exposure`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.errors import DataError
from blurstudio.media.atomic import write_bytes
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import os

    import numpy.typing as npt

VERSION = 1
_FORMAT = "blurstudio-paths"
_COMPONENTS = {"linear": (1,), "quadratic": (2,), "bilinear": (2,), "free": tuple(range(1, 999, 2))}


@dataclass(frozen=True, eq=False)
class PathFile:
    """What a path file holds.

    Attributes
    ----------
    maps
        ``(C, 2, h, w)`` float32: components of the path on its own grid, px of the picture.
    constraint
        ``"free"``, ``"linear"``, ``"bilinear"`` or ``"quadratic"``.
    size
        (height, width) px of the picture the paths speak for.
    confidence
        ``(h, w)`` float32 ``[0, 1]``, or None.
    flipped
        ``(hm, wm)`` bool: where paths are read backwards in time, or None.
    """

    maps: npt.NDArray[np.float32]
    constraint: str
    size: tuple[int, int]
    confidence: npt.NDArray[np.float32] | None = None
    flipped: npt.NDArray[np.bool_] | None = None


def write_paths(
    path: str | os.PathLike[str],
    maps: npt.NDArray[np.float32],
    constraint: str,
    size: tuple[int, int],
    confidence: npt.NDArray[np.float32] | None = None,
    flipped: npt.NDArray[np.bool_] | None = None,
) -> None:
    """Write paths atomically; for the parameters see `PathFile`.

    Raises
    ------
    ExportError
        If the place can't be written to.
    ValueError
        If shapes or the constraint don't fit each other.
    """
    _check(maps, str(constraint), confidence, flipped)
    arrays: dict[str, Any] = {
        "format": np.array(_FORMAT),
        "version": np.array(VERSION),
        "constraint": np.array(str(constraint)),
        "maps": maps.astype(np.float32),
        "size": np.array(size, dtype=np.int64),
        "units": np.array("px"),
    }
    if confidence is not None:
        arrays["confidence"] = confidence.astype(np.float32)
    if flipped is not None:
        arrays["flipped"] = flipped.astype(np.bool_)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    write_bytes(path, buffer.getvalue())


def read_paths(path: str | os.PathLike[str]) -> PathFile:
    """Read what `write_paths` wrote. Python objects in the file are never loaded.

    Raises
    ------
    DataError
        If the file isn't there, is damaged, isn't a path file, or is of a newer version.
    """
    try:
        with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["format"]) != _FORMAT:
                raise KeyError("format")
            version = int(stored["version"])
            if version > VERSION:
                raise DataError(
                    "{path} was written by a newer Blur Studio (schema {version}); update first.",
                    path=path,
                    version=version,
                )
            return _path_file(dict(stored))
    except OSError as error:
        reason = error.strerror or sentence("it is empty or no .npz file")
        raise DataError(
            "{path} can't be read ({why}); check the name.", path=path, why=reason
        ) from error
    except (KeyError, ValueError, TypeError, AttributeError, EOFError) as error:
        raise DataError("{path} is not a file of paths; name a path.npz.", path=path) from error
    except (zipfile.BadZipFile, zlib.error, MemoryError) as error:
        raise DataError("{path} is damaged or cut off; copy it again.", path=path) from error


def _path_file(stored: dict[str, npt.NDArray[Any]]) -> PathFile:
    height, width = (int(side) for side in stored["size"])
    found = PathFile(
        maps=stored["maps"].astype(np.float32),
        constraint=str(stored["constraint"]),
        size=(height, width),
        confidence=stored["confidence"].astype(np.float32) if "confidence" in stored else None,
        flipped=stored["flipped"].astype(np.bool_) if "flipped" in stored else None,
    )
    _check(found.maps, found.constraint, found.confidence, found.flipped)
    return found


def _check(
    maps: npt.NDArray[Any],
    constraint: str,
    confidence: npt.NDArray[Any] | None,
    flipped: npt.NDArray[Any] | None,
) -> None:
    if constraint not in _COMPONENTS:
        raise ValueError(f"constraint must be one of {', '.join(_COMPONENTS)}, got {constraint}")
    if maps.ndim != 4 or maps.shape[1] != 2 or maps.shape[0] not in _COMPONENTS[constraint]:
        raise ValueError(f"maps of {constraint} paths can't be {maps.shape}")
    if confidence is not None and confidence.shape != maps.shape[2:]:
        raise ValueError(f"confidence must be {maps.shape[2:]}, got {confidence.shape}")
    if flipped is not None and flipped.ndim != 2:
        raise ValueError(f"flipped must be (h, w), got {flipped.shape}")
