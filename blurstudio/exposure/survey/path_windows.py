"""Windows of a picture in the frames of its paths: every path lies along x and is equally long.

What is looked for in them is then the same for all directions and lengths, and so is what a path
near the given one does to a window.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

SIDE = 64
"""Pixels of a window's sides."""

_MOST_ENLARGED, _MOST_REDUCED = 1 / 8, 4.0
"""Bounds of the picture's px per px of a window."""

_LEVELS = (1.0, 0.5, 0.25)
"""Sizes of the picture that windows are read from: reduced ones where windows are."""

_NEXT = (1.4, 2.8)
"""Px of the picture per px of a window from which the next smaller size is read."""


def levels(grey: Tensor) -> list[Tensor]:
    """Sizes of a picture (H, W) that its windows are read from, (1, 1, h, w) each."""
    picture = grey[None, None]
    return [
        F.interpolate(picture, scale_factor=scale, mode="area") if scale < 1 else picture
        for scale in _LEVELS
    ]


def path_windows(sizes: list[Tensor], centres: Tensor, straight: Tensor, length: float) -> Tensor:
    """Read windows around places of a picture, turned and scaled as the paths there are.

    Parameters
    ----------
    sizes
        The picture's, see `levels`.
    centres
        (N, 2), x and y in px, where 0 is the picture's edge; beyond it the edge is repeated.
    straight
        (N, 2), px: the paths there from end to end.
    length
        Px that every path gets, as far as windows are not enlarged or reduced too much for that.

    Returns
    -------
    Tensor
        (N, SIDE, SIDE): the path's direction is that of x, and y is a quarter turn from it.
    """
    reach = straight.norm(dim=1)
    scale = (reach / length).clamp(_MOST_ENLARGED, _MOST_REDUCED)
    along = straight / reach[:, None].clamp(min=1e-6)
    aside = torch.stack([-along[:, 1], along[:, 0]], 1)
    steps = torch.arange(SIDE, device=straight.device) - (SIDE - 1) / 2
    right = steps[None, None, :, None] * along[:, None, None]
    down = steps[None, :, None, None] * aside[:, None, None]
    places = centres[:, None, None] + scale[:, None, None, None] * (right + down)
    height, width = sizes[0].shape[-2:]
    places = 2 * places / places.new_tensor([width, height]) - 1
    level = sum((scale > bound).long() for bound in _NEXT)
    windows = straight.new_empty(len(centres), SIDE, SIDE)
    for number, size in enumerate(sizes):
        some = (level == number).nonzero()[:, 0]
        if len(some):
            read = F.grid_sample(
                size,
                places[some].flatten(0, 1)[None],
                mode="bicubic",
                padding_mode="border",
                align_corners=False,
            )
            windows[some] = read.view(len(some), SIDE, SIDE)
    return windows
