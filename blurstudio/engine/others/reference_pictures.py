"""Pictures of another answer about a photo, drawn as ours are, and of what parts the two.

Colours mean the same on both sides: lengths are drawn on the scale of our result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.engine.drawing import heat, legends
from blurstudio.engine.drawing.directions import direction_map
from blurstudio.engine.others.references import flow_of, motion_error
from blurstudio.engine.pictures import bands, resized_levels
from blurstudio.exposure.flow import colour_wheel
from blurstudio.exposure.resample import resample
from blurstudio.levels import as_picture
from blurstudio.media.heat import draw_heat
from blurstudio.media.signed import draw_difference

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from blurstudio.engine.drawing.legends import Legend
    from blurstudio.engine.others.references import Reference

    Bytes = npt.NDArray[np.uint8]
    Drawn = tuple[Bytes, Legend | None]

_USUAL_ERROR = 0.99
"""Errors are drawn on a scale that ends where all but a hundredth of them do."""


@dataclass(frozen=True, eq=False)
class Compared:
    """Two answers about a photo, and the photo.

    Attributes
    ----------
    ours
        Our result.
    theirs
        The other.
    photo
        The photo for the screen, ``(H, W, 3)`` uint8 sRGB.
    """

    ours: Reference
    theirs: Reference
    photo: Bytes


def picture(compared: Compared, key: str) -> Drawn | None:
    """Draw the other answer as one of the canvas's pictures.

    Parameters
    ----------
    compared
        The two answers.
    key
        ``"sharp"``, ``"difference"`` (from the photo), ``"flow"``, ``"direction"``, ``"blur"``,
        ``"confidence"``, ``"against"`` (their sharp picture minus ours) or ``"error"`` (of the
        motion).

    Returns
    -------
    tuple, optional
        ``(h, w, 3)`` uint8 sRGB and its legend, where it has one of its own; None if the answer
        says nothing about it.
    """
    draw = _DRAWERS.get(key)
    return None if draw is None else draw(compared)


def _sharp(compared: Compared) -> Drawn | None:
    sharp = compared.theirs.sharp
    return None if sharp is None else (sharp, None)


def _difference(compared: Compared) -> Drawn | None:
    sharp = compared.theirs.sharp
    return None if sharp is None else (_parted(sharp, compared.photo), None)


def _against(compared: Compared) -> Drawn | None:
    ours, theirs = compared.ours.sharp, compared.theirs.sharp
    if ours is None or theirs is None:
        return None
    return _parted(theirs, ours), legends.against_legend()


def _flow(compared: Compared) -> Drawn | None:
    if not compared.theirs.moves:
        return None
    ours = flow_of(compared.ours)
    longest = max(float(np.hypot(ours[..., 0], ours[..., 1]).max()), 1.0)
    flow = torch.from_numpy(flow_of(compared.theirs)).permute(2, 0, 1)
    with torch.inference_mode():
        colours = colour_wheel(flow, longest)
    return as_picture(colours), None


def _direction(compared: Compared) -> Drawn | None:
    paths = compared.theirs.trajectory
    return None if paths is None else (direction_map(paths, compared.theirs.working_size), None)


def _blur(compared: Compared) -> Drawn | None:
    ours, paths = compared.ours.trajectory, compared.theirs.trajectory
    if ours is None or paths is None:
        return None
    size = compared.theirs.size
    with torch.inference_mode():
        lengths = resample(paths.grid_length(size)[None], compared.theirs.working_size)[0].numpy()
    return draw_heat(lengths, heat.blur_top(ours, size)), None


def _confidence(compared: Compared) -> Drawn | None:
    paths = compared.theirs.trajectory
    if paths is None or paths.confidence is None:
        return None
    return heat.confidence_picture(paths, compared.theirs.working_size), None


def _error(compared: Compared) -> Drawn | None:
    if not (compared.ours.moves and compared.theirs.moves):
        return None
    error, _ = motion_error(compared.ours, compared.theirs)
    known = np.isfinite(error)
    top = heat.round_top(float(np.quantile(error[known], _USUAL_ERROR)))
    drawn = draw_heat(np.where(known, error, 0).astype(np.float32), top)
    drawn[~known] = 0
    return drawn, legends.error_legend(top)


def _parted(first: Bytes, second: Bytes) -> Bytes:
    """Draw what one picture has more than another, at the first one's size."""
    size = (first.shape[0], first.shape[1])
    second = resized_levels(second, size)
    drawn = np.empty_like(first)
    for rows in bands(size):
        apart = first[rows].astype(np.float32) - second[rows].astype(np.float32)
        drawn[rows] = draw_difference(apart / np.float32(255))
    return drawn


_DRAWERS: dict[str, Callable[[Compared], Drawn | None]] = {
    "sharp": _sharp,
    "difference": _difference,
    "flow": _flow,
    "direction": _direction,
    "blur": _blur,
    "confidence": _confidence,
    "against": _against,
    "error": _error,
}
