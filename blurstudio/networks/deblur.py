"""The deblurring network: blurred picture in, sharp frame at mid-exposure out.

A U-Net on the half-resolution grid (as both Zhang 2020 and Purohit 2019 start, by moving 2 x 2
pixels into channels) of wide dense 3 x 3 convolutions, since processors do those fastest. It
works on local contrast, and is shown what blur looks like (`blurstudio.networks.spectra`) or
told how things moved (`blurstudio.networks.guide`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.networks.blocks import Float32, check_picture, working
from blurstudio.networks.contrast import local_contrast
from blurstudio.networks.guide import GuideIn, check_guide
from blurstudio.networks.spectra import LocalSpectra, OrientationEnergy
from blurstudio.networks.three_grids import ThreeGrids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class DeblurNet(ThreeGrids):
    """Motion deblurring, blind or guided by the motion.

    Parameters
    ----------
    widths
        Channels on the grids of one half, one quarter and one eighth.
    depths
        Residual blocks on each grid, on the way down (the last: in the valley).
    up_depths
        Residual blocks on the way up, for all grids but the last.
    spectrum_channels
        Channels that each scale of the local spectra is reduced to; a blind network's eyes.
    guided
        Whether the network is told the motion instead of being shown spectra.

    Attributes
    ----------
    guided
        As given.
    """

    def __init__(
        self,
        widths: Sequence[int] = (48, 96, 160),
        depths: Sequence[int] = (2, 3, 5),
        up_depths: Sequence[int] = (2, 3),
        spectrum_channels: int = 32,
        guided: bool = False,
    ) -> None:
        super().__init__()
        self.guided = guided
        first, second, third = widths
        self.stem = Float32(nn.Conv2d(16, first, 3, padding=1))
        self.energy = Float32(OrientationEnergy())
        self.energy_in = nn.Conv2d(9, second, 3, padding=1)
        if guided:
            self.guide = GuideIn(second)
        else:
            self.spectra = Float32(LocalSpectra(spectrum_channels))
            self.spectra_in = nn.Conv2d(3 * spectrum_channels, third, 1)
        self.add_grids(widths, depths, up_depths)
        self.head = Float32(nn.Conv2d(first, 12, 3, padding=1))

    def forward(self, blurred: Tensor, guide: Tensor | None = None) -> Tensor:
        """Deblur.

        Parameters
        ----------
        blurred
            `(N, 3, H, W)`, sRGB-encoded `[0, 1]`, sides multiples of `multiple`.
        guide
            `(N, 5, H/4, W/4)`, see `blurstudio.networks.guide`; a guided network needs it, a
            blind one ignores it.

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
        signal, contrast = local_contrast(blurred)
        pixels = torch.cat([signal, contrast.log() + 2], 1)
        fine = working(self.stem(F.pixel_unshuffle(pixels, 2)))
        beside, below = self.energy_in(working(self.energy(blurred))), None
        if self.guided:
            beside = beside + self.guide(check_guide(guide, blurred))
        else:
            seen = self.spectra_in(working(F.relu(self.spectra(blurred))))
            below = F.interpolate(seen, scale_factor=2.0)
        fine = self.through_grids(fine, beside, below)
        return blurred + 0.5 * contrast * F.pixel_shuffle(self.head(fine), 2)
