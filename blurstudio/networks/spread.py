"""The motion network's onlooker: that network's features in, how far paths spread out.

A power spectrum tells the second moments of a path, whatever its shape; a network that is asked
for straight parts reads paths that bend too short. This one is shown its features of a picture and
of the same picture reduced to half, and both networks are trained together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

_HIDDEN = 0.1
"""Share of what is seen that is hidden in training."""

_UNIT = 10.0
"""Pixels that one unit of the last layer's output stands for."""


class SpreadNet(nn.Module):
    """How far paths spread, from a motion network's features.

    Parameters
    ----------
    seen
        Channels of those features.
    widths
        Channels of the layers, the first of which looks at every cell by itself.

    Attributes
    ----------
    stride
        Pixels of the picture per cell.
    """

    stride = 16

    def __init__(self, seen: int, widths: Sequence[int]) -> None:
        super().__init__()
        first, *others = widths
        # Features differ by orders of magnitude. The statistics are fixed after training.
        alike = nn.BatchNorm2d(2 * seen, affine=False)
        layers: list[nn.Module] = [alike, nn.Dropout(_HIDDEN), nn.Conv2d(2 * seen, first, 1)]
        layers.append(nn.GELU())
        for before, width in zip(widths, others, strict=False):
            layers += [nn.Conv2d(before, width, 3, padding=1, padding_mode="replicate"), nn.GELU()]
        self.layers = nn.Sequential(*layers, nn.Conv2d(widths[-1], 4, 1))

    def forward(self, whole: Tensor, half: Tensor) -> Tensor:
        """Tell how far paths spread.

        Parameters
        ----------
        whole, half
            `(N, C, h, w)` and `(N, C, h', w')`: features (`networks.MotionNet`) of a
            picture and of the same picture reduced to half.

        Returns
        -------
        Tensor
            `(N, 4, h, w)`: the spread in px of the picture as `exposure.survey.spread.spread_of`
            writes it, and the natural logarithm of the error that is expected of it in px (Laplace
            scale).
        """
        coarse = F.interpolate(half.float(), whole.shape[-2:], mode="bilinear")
        said = self.layers(torch.cat([whole.float(), coarse], 1))
        return torch.cat([said[:, :3] * _UNIT, said[:, 3:]], 1)
