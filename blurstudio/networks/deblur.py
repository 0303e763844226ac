"""The deblurring network: blurred picture in, sharp frame at mid-exposure out.

A plain U-Net on the half-resolution grid (as both Zhang 2020 and Purohit 2019 start, by moving
2 x 2 pixels into channels), wide dense 3 x 3 convolutions because processors do those fastest,
and a norm that is local, so that tiles agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch.nn.functional as F  # noqa: N812
from torch import nn

from blurstudio.networks.blocks import Down, Float32, Up, check_picture, stack, working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class DeblurNet(nn.Module):
    """Blind motion deblurring.

    Parameters
    ----------
    widths
        Channels on the grids of one half, one quarter and one eighth.
    depths
        Residual blocks on each grid, on the way down (the last: in the valley).
    up_depths
        Residual blocks on the way up, for all grids but the last.

    Attributes
    ----------
    multiple
        Height and width must be multiples of this.
    margin
        Pixels of context that a tile needs on each side.
    """

    multiple = 8
    margin = 96

    def __init__(
        self,
        widths: Sequence[int] = (48, 96, 160),
        depths: Sequence[int] = (2, 3, 5),
        up_depths: Sequence[int] = (2, 3),
    ) -> None:
        super().__init__()
        first, second, third = widths
        self.stem = Float32(nn.Conv2d(12, first, 3, padding=1))
        self.encoder1 = stack(first, depths[0])
        self.down1 = Down(first, second)
        self.encoder2 = stack(second, depths[1])
        self.down2 = Down(second, third)
        self.valley = stack(third, depths[2])
        self.up2 = Up(third, second)
        self.decoder2 = stack(second, up_depths[1])
        self.up1 = Up(second, first)
        self.decoder1 = stack(first, up_depths[0])
        self.head = Float32(nn.Conv2d(first, 12, 3, padding=1))

    def forward(self, blurred: Tensor) -> Tensor:
        """Deblur.

        Parameters
        ----------
        blurred
            `(N, 3, H, W)`, sRGB-encoded `[0, 1]`, sides multiples of `multiple`.

        Returns
        -------
        Tensor
            Sharp frame at mid-exposure, the same shape and encoding, not clipped.

        Raises
        ------
        ValueError
            If the shape does not fit.
        """
        check_picture(blurred, self.multiple)
        fine = self.encoder1(working(self.stem(F.pixel_unshuffle(blurred - 0.5, 2))))
        middle = self.encoder2(self.down1(fine))
        coarse = self.valley(self.down2(middle))
        middle = self.decoder2(middle + self.up2(coarse))
        fine = self.decoder1(fine + self.up1(middle))
        # A small residual keeps the first steps near the identity, which is already a good guess.
        return blurred + 0.2 * F.pixel_shuffle(self.head(fine), 2)
