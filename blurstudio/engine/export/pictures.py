"""Single pictures of an export: sharp, exposed shorter, before and after, drawn ones, masks.

Frames and films are `films`' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blurstudio.engine.export.names import RULE
from blurstudio.levels import quantise
from blurstudio.media.stills import write_still

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.engine.export.task import Files, Task

    Floats = npt.NDArray[np.float32]

_WHITE = np.float32(1)
_RULE_GREY = np.float32(0.5)


def write_sharp(task: Task, files: Files) -> None:
    """Write the sharp picture."""
    for path in files.values():
        task.still(path, task.analysis.sharp, task.request.depth)


def write_exposed(task: Task, files: Files) -> None:
    """Write the picture exposed for a part of the exposure only."""
    for path in files.values():
        task.still(path, task.analysis.exposed(task.request.interval), task.request.depth)


def write_strip(task: Task, files: Files) -> None:
    """Write photo and sharp picture side by side."""
    for path in files.values():
        strip = before_after(task.analysis.photo.pixels, task.analysis.sharp)
        task.still(path, strip, task.request.depth)


def before_after(before: Floats, after: Floats) -> Floats:
    """Put two pictures side by side, with a thin grey line between them.

    Parameters
    ----------
    before, after
        ``(H, W, 3)``, [0, 1].

    Returns
    -------
    ndarray
        ``(H, 2 W + RULE, 3)``.
    """
    line = np.full((before.shape[0], RULE, 3), _RULE_GREY, np.float32)
    return np.concatenate([before, line, after], axis=1)


def write_overlay(task: Task, files: Files) -> None:
    """Write the photo with the paths over it."""
    for path in files.values():
        write_still(path, task.analysis.overlay_picture, None, 8)


def write_drawn(task: Task, files: Files) -> None:
    """Write flow and residual as drawn pictures."""
    for key, path in files.items():
        write_still(path, getattr(task.analysis, f"{key}_picture"), None, 8)


def write_masks(task: Task, files: Files) -> None:
    """Write the mask of each region: white where it governs, grey where it fades out."""
    for number, mask in enumerate(task.extras.masks, start=1):
        if str(number) in files:
            share = np.clip(mask.make(task.analysis.photo.size), 0, _WHITE)
            grey = quantise(share, np.uint8)
            write_still(files[str(number)], np.repeat(grey[..., None], 3, axis=2), None, 8)
            task.say(number / len(task.extras.masks))
