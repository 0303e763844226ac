"""The direction map: which way everything went, as a picture, and where neighbours disagree.

What a disagreement is, `exposure.direction` knows; turning regions round is
`exposure.parts.regions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import torch

from blurstudio.exposure.direction import disagreement, drift
from blurstudio.exposure.flow import colour_wheel
from blurstudio.exposure.resample import resample, resample_nearest
from blurstudio.levels import as_picture
from blurstudio.sizes import MOTION_PIXELS, bounded_size

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

    Bytes = npt.NDArray[np.uint8]

LEGEND = (
    ("colour", "which way the content went, as on the colour wheel"),
    ("grey", "no motion to speak of"),
    ("stripes", "neighbours that move alike but in opposite directions: one may be the wrong way"),
)
"""What the picture shows, by what is to be seen in it."""

_GREY = 0.45
_STILL = 1.5
"""Paths of about this many px are drawn half grey, in a picture of `_SIDE` px."""

_SIDE = 1280
_DISAGREED = 0.25
_STRIPE = 7
_WIDEN = 1
"""Cells by which marks are widened, so that a border one cell wide is seen."""


def direction_map(trajectory: Trajectory, size: tuple[int, int] | None = None) -> Bytes:
    """Draw the directions of time over a picture.

    Parameters
    ----------
    trajectory
        Paths of any family.
    size
        (H, W) of the picture wanted. Default: the trajectory's own.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8, sRGB; `LEGEND` says what is to be seen.
    """
    wanted = trajectory.size if size is None else size
    small = bounded_size(wanted, MOTION_PIXELS)
    with torch.inference_mode():
        here = trajectory.to("cpu")
        picture = resample(_coloured(-drift(here), max(here.size)), small)
        marked = resample_nearest(_widened(disagreement(here)) > _DISAGREED, small)
        drawn = torch.where(marked, _stripes(small), picture)
    pixels = as_picture(drawn)
    if small == wanted:
        return pixels
    return cv2.resize(pixels, (wanted[1], wanted[0]), interpolation=cv2.INTER_LINEAR)


def _coloured(content: Tensor, side: int) -> Tensor:
    """Hue of the content's motion (2, h, w) at full strength, greyer the shorter it is."""
    length = torch.hypot(content[0], content[1])
    # The wheel darkens what is longer than 1, and rounding makes some unit vectors longer.
    unit = content / length.clamp(min=1e-6) * (1 - 1e-6)
    still = _STILL * side / _SIDE
    share = (length / (length + still)).square()
    return torch.lerp(torch.full_like(share, _GREY), colour_wheel(unit, 1.0), share)


def _widened(cells: Tensor) -> Tensor:
    reach = 2 * _WIDEN + 1
    return torch.nn.functional.max_pool2d(cells[None, None], reach, 1, _WIDEN)[0, 0]


def _stripes(size: tuple[int, int]) -> Tensor:
    """Draw slanting stripes of black and white (1, H, W), seen on every hue."""
    y, x = (torch.arange(side) for side in size)
    return ((((x + y[:, None]) // _STRIPE) % 2) * 1.0)[None]
