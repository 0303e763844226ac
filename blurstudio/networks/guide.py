"""What a deblurring network is told about the motion: the path's code and how sure it is.

The guide is made of numbers in pixels, from a motion network's answer or from any other
trajectory; here it is turned into maps that a network can use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.exposure.grids import FINEST_CELL
from blurstudio.networks.blocks import Float32, working

if TYPE_CHECKING:
    from torch import Tensor

GUIDE_CHANNELS = 5
"""Sign-free code (|a| cos 2θ, |a| sin 2θ, bx, by) in px, and confidence in [0, 1]."""

GUIDE_STRIDE = FINEST_CELL
"""Pixels of the picture per cell of a guide."""

DESCRIBED_CHANNELS = 10


class GuideIn(nn.Module):
    """Two convolutions from a guide to the channels of a network's grid of one quarter.

    The last one starts at zero, so that a network that learned without a guide can go on with one.

    Parameters
    ----------
    out_channels
        Channels to give.
    """

    def __init__(self, out_channels: int) -> None:
        super().__init__()
        self.first = Float32(nn.Conv2d(DESCRIBED_CHANNELS, 48, 3, padding=1))
        self.second = nn.Conv2d(48, out_channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    def forward(self, guide: Tensor) -> Tensor:
        """Map a guide `(N, 5, h, w)` to `(N, C, h, w)`."""
        return self.second(F.relu(working(self.first(described(guide.float())))))


def described(guide: Tensor) -> Tensor:
    """Put a guide `(N, 5, h, w)` in lengths, directions and bends of order one, `(N, 10, h, w)`."""
    code, sure = guide[:, :4], guide[:, 4:5]
    length = (code[:, :2].square().sum(1, keepdim=True) + 1e-4).sqrt()
    direction, bend = code[:, :2] / (length + 1), code[:, 2:] / (length + 4)
    return torch.cat([code / 10, direction, bend, length.log1p() / 2, sure], 1)


def check_guide(guide: Tensor | None, blurred: Tensor) -> Tensor:
    """Return a guide that fits a picture.

    Raises
    ------
    ValueError
        If there is none, or it is of another size.
    """
    height, width = blurred.shape[-2] // GUIDE_STRIDE, blurred.shape[-1] // GUIDE_STRIDE
    wanted = (blurred.shape[0], GUIDE_CHANNELS, height, width)
    if guide is None or tuple(guide.shape) != wanted:
        given = "nothing" if guide is None else str(tuple(guide.shape))
        raise ValueError(f"this network needs a guide {wanted}, got {given}")
    return guide
