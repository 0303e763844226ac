"""The keeping network: a change of a sharp picture in, the picture with what is kept of it out.

A small U-Net beside the deblurring network: where a path is right its steps have sharpened, where
it is wrong they have made ghosts, and a picture of both tells one from the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.networks.blocks import Float32, check_picture, working
from blurstudio.networks.contrast import local_contrast
from blurstudio.networks.guide import DESCRIBED_CHANNELS, GUIDE_CHANNELS, GUIDE_STRIDE, described
from blurstudio.networks.three_grids import ThreeGrids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

RESIDUALS = 4
"""Residual maps that the network is shown, see `exposure.refining.course.residual_cells`."""

_COLOURS = 3
_STRONGER = 4.0
"""Changes are a small part of a picture's contrast; first layers want numbers of order one."""


class KeepingNet(ThreeGrids):
    """What to keep of a refinement of the sharp picture.

    Parameters
    ----------
    widths
        Channels on the grids of one half, one quarter and one eighth.
    depths
        Residual blocks on each grid on the way down, and on the way up.
    """

    def __init__(
        self, widths: Sequence[int] = (32, 48, 64), depths: Sequence[int] = (1, 2, 3)
    ) -> None:
        super().__init__()
        first, second, _ = widths
        seen = 4 * _COLOURS + 1
        self.stem = Float32(nn.Conv2d(4 * seen, first, 3, padding=1))
        self.told = Float32(nn.Conv2d(DESCRIBED_CHANNELS + RESIDUALS, second, 3, padding=1))
        self.add_grids(widths, depths, depths)
        head = nn.Conv2d(first, 4 * (1 + _COLOURS), 3, padding=1)
        nn.init.zeros_(head.weight)
        assert head.bias is not None
        nn.init.zeros_(head.bias)
        self.head = Float32(head)

    def forward(
        self,
        blurred: Tensor,
        start: Tensor,
        early: Tensor,
        end: Tensor,
        residuals: Tensor,
        guide: Tensor,
    ) -> Tensor:
        """Keep a share of the change at each pixel, and add a correction.

        Parameters
        ----------
        blurred, start, early, end
            `(N, 3, H, W)`, sRGB-encoded `[0, 1]`, sides multiples of `multiple`: the photo, its
            sharp picture before, after three steps, and after all.
        residuals
            `(N, 4, H/4, W/4)`, see `exposure.refining.course.residual_cells`.
        guide
            `(N, 5, H/4, W/4)`, see `blurstudio.networks.guide`: the paths of the steps.

        Returns
        -------
        Tensor
            `(N, 3, H, W)`, sRGB-encoded, not clipped.

        Raises
        ------
        ValueError
            If a shape does not fit.
        """
        check_picture(start, self.multiple)
        _check_beside(start, (blurred, early, end), residuals, guide)
        signal, contrast = local_contrast(start)
        change = end - start
        changes = [
            torch.clamp(_STRONGER * each / contrast, -_STRONGER, _STRONGER)
            for each in ((blurred - start) / _STRONGER, early - start, change)
        ]
        pixels = torch.cat([signal, *changes, contrast.log() + 2], 1)
        fine = working(self.stem(F.pixel_unshuffle(pixels, 2)))
        told = torch.cat([described(guide.float()), _of_order_one(residuals.float())], 1)
        fine = self.through_grids(fine, working(self.told(told)))
        answer = F.pixel_shuffle(self.head(fine), 2)
        share, mended = answer[:, :1], answer[:, 1:]
        return start + share.sigmoid() * change + 0.5 * contrast * mended


def _of_order_one(residuals: Tensor) -> Tensor:
    """Logarithm of the first residual, and those of the later ones over it."""
    first = residuals[:, :1]
    return torch.cat([(first + 8) / 3, residuals[:, 1:] - first], 1)


def _check_beside(
    start: Tensor, pictures: Sequence[Tensor], residuals: Tensor, guide: Tensor
) -> None:
    count, height, width = len(start), *(side // GUIDE_STRIDE for side in start.shape[-2:])
    fits = all(each.shape == start.shape for each in pictures)
    cells = (count, RESIDUALS, height, width), (count, GUIDE_CHANNELS, height, width)
    if not fits or (tuple(residuals.shape), tuple(guide.shape)) != cells:
        raise ValueError(
            f"beside a picture {tuple(start.shape)} expected three more of that shape, residuals "
            f"{cells[0]} and a guide {cells[1]}, got {[tuple(each.shape) for each in pictures]}, "
            f"{tuple(residuals.shape)} and {tuple(guide.shape)}"
        )
