"""Pictures of how long the blur is, how sure the paths are, and what deblurring changed.

Plain geometry and arithmetic on what an analysis found; their legends are in
`engine.drawing.legends`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.engine.pictures import bands
from blurstudio.exposure.resample import resample
from blurstudio.media.heat import draw_heat
from blurstudio.media.signed import draw_difference

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]
    Size = tuple[int, int]

_ROUND_TOPS = (1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_LEAST_TOP = 1.0
"""A blur shorter than a px is no blur: the scale of a sharp photo ends here."""


def blur_top(trajectory: Trajectory, size: Size) -> float:
    """Upper end of the scale that blur lengths are drawn on.

    Parameters
    ----------
    trajectory
        Paths.
    size
        (H, W) of the full-size photo, whose px lengths are told in.

    Returns
    -------
    float
        px: the longest path, rounded up to a number that reads well.
    """
    return round_top(float(trajectory.grid_length(size).max()))


def round_top(longest: float) -> float:
    """Upper end of a scale of lengths in px: at least 1, and rounded up to what reads well."""
    if not longest > _LEAST_TOP:
        return _LEAST_TOP
    power = 10.0 ** math.floor(math.log10(longest))
    return next(top * power for top in _ROUND_TOPS if top * power >= longest * (1 - 1e-6))


def blur_picture(trajectory: Trajectory, size: Size, wanted: Size | None = None) -> Bytes:
    """Length of every pixel's path as heat.

    Parameters
    ----------
    trajectory
        Paths.
    size
        (H, W) of the full-size photo, whose px lengths are told in.
    wanted
        (H, W) of the picture; `size` if None.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8 sRGB, hottest at `blur_top`.
    """
    with torch.inference_mode():
        here = trajectory.to("cpu")
        lengths = resample(here.grid_length(size)[None], wanted or size)[0].numpy()
    return draw_heat(lengths, blur_top(here, size))


def confidence_picture(trajectory: Trajectory, wanted: Size) -> Bytes:
    """Confidence as heat, (H, W, 3) of the size `wanted`: brightest where the paths are surest."""
    if trajectory.confidence is None:
        return draw_heat(np.ones(wanted, np.float32), 1.0)
    with torch.inference_mode():
        sure = resample(trajectory.confidence[None].to("cpu").float(), wanted)[0].numpy()
    return draw_heat(sure, 1.0)


def difference_picture(sharp: Floats, photo: Floats) -> Bytes:
    """Sharp picture minus photo, around middle grey.

    Parameters
    ----------
    sharp, photo
        ``(H, W, 3)`` float32, in the photo's encoding.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8.
    """
    picture = np.empty(photo.shape, np.uint8)
    for rows in bands((photo.shape[0], photo.shape[1])):
        picture[rows] = draw_difference(sharp[rows] - photo[rows])
    return picture
