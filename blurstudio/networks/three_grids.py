"""A U-Net on the grids of one half, one quarter and one eighth of a picture.

Inputs and outputs are each network's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn

from blurstudio.networks.blocks import Down, Up, stack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class ThreeGrids(nn.Module):
    """Base of the networks that work on three grids.

    Attributes
    ----------
    multiple
        Height and width of a picture must be multiples of this.
    margin
        Pixels of context that a tile needs on each side.
    """

    multiple = 16
    margin = 96

    def add_grids(
        self, widths: Sequence[int], depths: Sequence[int], up_depths: Sequence[int]
    ) -> None:
        """Make the layers.

        Parameters
        ----------
        widths
            Channels on the grids of one half, one quarter and one eighth.
        depths
            Residual blocks on each grid, on the way down (the last: in the valley).
        up_depths
            Residual blocks on the way up, for all grids but the last.
        """
        first, second, third = widths
        self.encoder1 = stack(first, depths[0])
        self.down1 = Down(first, second)
        self.encoder2 = stack(second, depths[1])
        self.down2 = Down(second, third)
        self.valley = stack(third, depths[2])
        self.up2 = Up(third, second)
        self.decoder2 = stack(second, up_depths[1])
        self.up1 = Up(second, first)
        self.decoder1 = stack(first, up_depths[0])

    def through_grids(self, fine: Tensor, beside: Tensor, below: Tensor | None = None) -> Tensor:
        """Go down and up again.

        Parameters
        ----------
        fine
            `(N, C1, H/2, W/2)`.
        beside, below
            `(N, C2, H/4, W/4)` and `(N, C3, H/8, W/8)`: what is added on the coarser grids.

        Returns
        -------
        Tensor
            The shape of `fine`.
        """
        fine = self.encoder1(fine)
        middle = self.encoder2(self.down1(fine) + beside)
        coarse = self.down2(middle)
        coarse = self.valley(coarse if below is None else coarse + below)
        middle = self.decoder2(middle + self.up2(coarse))
        answer: Tensor = self.decoder1(fine + self.up1(middle))
        return answer
