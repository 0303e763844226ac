"""`analysis.json`: the figures of an analysis, how they came about and which files lie beside them.

Its keys are documented in `docs/formats.md`.
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from blurstudio import __version__
from blurstudio.engine.interval import WHOLE
from blurstudio.media.atomic import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.interval import Interval


def write_figures(
    analysis: Analysis,
    home: Path,
    files: Iterable[Path],
    interval: Interval = WHOLE,
    path: Path | None = None,
) -> Path:
    """Write ``analysis.json`` into a folder of results.

    Parameters
    ----------
    analysis
        What the figures are of.
    home
        The folder.
    files
        What was written into it or below it.
    interval
        Part of the exposure that frames and video cover: first and last moment, [-1/2, 1/2].
    path
        Of the file, where it is not to be ``analysis.json`` in the folder.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        If it can't be written.
    """
    content = _figures(analysis)
    content["exposure_part"] = [moment + 0.5 for moment in interval]
    content["files"] = [file.relative_to(home).as_posix() for file in files]
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    place = path or home / "analysis.json"
    write_bytes(place, text.encode())
    return place


def versions() -> dict[str, str]:
    """Versions of what results depend on, by name."""
    return {
        "blurstudio": __version__,
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
    }


def _figures(analysis: Analysis) -> dict[str, Any]:
    photo = analysis.photo
    return {
        **analysis.provenance,
        "photo": {
            "name": "" if photo.path is None else photo.path.name,
            "width": photo.size[1],
            "height": photo.size[0],
            "bit_depth": photo.bit_depth,
            "exposure_time_s": photo.exposure_time,
        },
        "reblur": asdict(analysis.report),
        "refinement": None if analysis.refinement is None else analysis.refinement.as_dict(),
        "verdict": {**asdict(analysis.verdict), "sentence": analysis.verdict.sentence},
        "versions": versions(),
        "seconds": {part: round(spent, 3) for part, spent in analysis.seconds.items()},
        "notes": list(analysis.notes),
    }
