"""Local brightness and contrast, taken out of a picture before a network looks at it.

Blur is in the ratios of neighbouring gradients, not in their size: a dim wall and a bright sign
blurred alike should look alike to the first layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

if TYPE_CHECKING:
    from torch import Tensor

_FLOOR = 4e-4
"""Variance below which a place counts as flat: a display-encoded noise of two percent."""


def local_contrast(picture: Tensor) -> tuple[Tensor, Tensor]:
    """Split off local mean and contrast.

    Parameters
    ----------
    picture
        `(N, 3, H, W)`, sRGB-encoded, sides multiples of 8.

    Returns
    -------
    signal : Tensor
        `(N, 3, H, W)`: the picture less its local mean, over its local contrast, within ±4.
    contrast : Tensor
        `(N, 1, H, W)`: local standard deviation over some 40 px, at least 0.02.
    """
    centred = picture - _smooth(picture)
    contrast = (_smooth(centred.square().mean(1, keepdim=True)) + _FLOOR).sqrt()
    return torch.clamp(centred / contrast, -4, 4), contrast


def _smooth(x: Tensor) -> Tensor:
    """Local mean over some 40 px, by way of one eighth: a direct window costs 40 times more."""
    small = F.avg_pool2d(F.avg_pool2d(x, 8), 5, 1, 2, count_include_pad=False)
    return F.interpolate(small, scale_factor=8, mode="bilinear", align_corners=False)
