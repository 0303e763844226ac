"""What all places of a picture say of one bend, summed over hypotheses that amount to it.

Most of a picture was moved by one camera: straight parts differ from place to place as distances
and turns have it, and bends, which a path keeps when it is read backwards, differ by little. What
one window tells of a bend's side is next to nothing; what all of them tell together is much.
Hypotheses are measured by the path of their place, so they are brought to bends in px that all
places have in common, summed up near by and over the picture, and brought back.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from blurstudio.exposure.refining.path_change import in_px

_RADII = (0.2, 0.45, 0.8, 1.3, 2.0, 3.0, 4.5)
"""Lengths of common bends, over the mean length of the straight paths."""

_ANGLES = 12
"""Directions of common bends of one length."""

_WIDE = 0.3
"""Width of the neighbourhood of two bends, as a share of the sum of their lengths."""

_LEAST = 0.25
"""Added to that sum, over the straight paths' mean length: short bends have neighbours too."""

_SHORT = 1.0
"""Px added to that mean length."""

_TINY = 1e-4

_AROUND = 7
"""Cells of a neighbourhood, along each side."""


class CommonBends(nn.Module):
    """Sums over places, for each hypothesis of each place.

    Parameters
    ----------
    width
        Channels of a hypothesis.
    told
        Channels that are summed up, once near by and once over the picture.
    """

    opposite: Tensor

    def __init__(self, width: int, told: int) -> None:
        super().__init__()
        self.said = nn.Conv2d(width, told, 1)
        self.sure = nn.Conv2d(width, 1, 1)
        places = torch.arange(len(_RADII) * _ANGLES).view(-1, _ANGLES)
        opposite = places.roll(_ANGLES // 2, 1).flatten() + 1
        self.register_buffer("opposite", F.pad(opposite, (1, 0)), persistent=False)

    def forward(self, seen: Tensor, near: Tensor) -> Tensor:
        """Sum up.

        Parameters
        ----------
        seen
            `(N, M, width, h, w)`.
        near
            `(N, G, M, h, w)` from `neighbours`.

        Returns
        -------
        Tensor
            `(N, M, 4 told, h, w)`: near by, less the bend to the other side, and so everywhere.
        """
        count, tried, _, *grid = seen.shape
        said = self.said(seen.flatten(0, 1)).view(count, tried, -1, *grid)
        sure = F.softplus(self.sure(seen.mean(1)))[:, None]
        mass = near.sum(2, keepdim=True)
        common = torch.einsum("ngmhw,nmchw->ngchw", near, said) / (mass + _TINY)
        weight = mass.clamp(max=1.0) * sure
        weighted = torch.cat([common * weight, weight], 2).flatten(1, 2)
        everywhere = weighted.mean((2, 3), keepdim=True).expand_as(weighted)
        summed = []
        for each in (near_by(weighted), everywhere):
            total = each.view(count, near.shape[1], -1, *grid)
            mean = total[:, :, :-1] / (total[:, :, -1:] + _TINY)
            summed += [mean, mean - mean[:, self.opposite]]
        back = near / (near.sum(1, keepdim=True) + _TINY)
        return torch.einsum("ngmhw,ngchw->nmchw", back, torch.cat(summed, 2))


def neighbours(straight: Tensor, shares: Tensor) -> Tensor:
    """How near the hypotheses of every place come to the bends that all places have in common.

    Parameters
    ----------
    straight
        `(N, K, 2, h, w)` px: what the hypotheses are near.
    shares
        `(M, 2)`: bends along each of them and a quarter turn from it, over its length.

    Returns
    -------
    Tensor
        `(N, G, K M, h, w)`, from 0 to 1.
    """
    angles = torch.arange(_ANGLES) * (2 * math.pi / _ANGLES)
    turned = torch.stack([angles.cos(), angles.sin()], 1)
    grid = torch.cat([torch.zeros(1, 2), *(radius * turned for radius in _RADII)]).to(straight)
    unit = straight.norm(dim=2).mean((1, 2, 3)) + _SHORT
    along, across = shares.T[..., None, None]
    tried = in_px(straight[:, :, None], along, across).flatten(1, 2) / unit.view(-1, 1, 1, 1, 1)
    apart = (tried[:, None] - grid[None, :, None, :, None, None]).square().sum(3)
    size = tried.norm(dim=2)[:, None] + grid.norm(dim=1).view(1, -1, 1, 1, 1) + _LEAST
    return (-apart / (2 * (_WIDE * size).square())).exp()


def near_by(values: Tensor) -> Tensor:
    """Mean of what neighbouring places say, `(N, C, h, w)`."""
    return F.avg_pool2d(values, _AROUND, 1, _AROUND // 2, count_include_pad=False)
