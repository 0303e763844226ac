"""Layers that read their features along a path: where their taps lie and what they weigh.

The path comes from a guide (`blurstudio.networks.guide`); which network is made of such layers is
not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch.nn.functional as F
from torch import nn

from blurstudio.exposure.basis import Constraint, evaluate_maps, times
from blurstudio.exposure.resample import resample
from blurstudio.exposure.signfree import decode_sign_free
from blurstudio.exposure.warp import sample, sampling_grid
from blurstudio.networks.constraints import SAMPLES
from blurstudio.networks.guide import GUIDE_STRIDE

if TYPE_CHECKING:
    from torch import Tensor

TAPS = 9
"""Places that a bent layer reads at: as many as a 3 x 3 window has."""


class BentConv(nn.Module):
    """A layer that reads its features along a path, every tap with weights of its own.

    Parameters
    ----------
    channels, out_channels
        Width before and after.
    """

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.mix = nn.Conv2d(TAPS * channels, out_channels, 1)
        nn.init.kaiming_normal_(self.mix.weight, nonlinearity="relu")
        assert self.mix.bias is not None
        nn.init.zeros_(self.mix.bias)

    def forward(self, x: Tensor, offsets: Tensor | None) -> Tensor:
        """Map `(N, C, h, w)` to `(N, C', h, w)`.

        Parameters
        ----------
        x
            Features.
        offsets
            `(N, TAPS, 2, h, w)`, (dx, dy) in cells of the grid of `x`; None for a window of
            3 x 3. Beyond the border the outermost cell is read.
        """
        count, channels, height, width = x.shape
        if offsets is None:
            window = self.mix.weight.view(-1, channels, 3, 3)
            return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), window, self.mix.bias)
        grids = sampling_grid(offsets.flatten(0, 1), (height, width))
        # All taps at once, as so many rows: one call instead of nine.
        rows = grids.view(count, TAPS * height, width, 2)
        read = sample(x.contiguous(), rows)
        return self.mix(read.view(count, channels * TAPS, height, width))


def path_taps(guide: Tensor, unshuffle: int, reach: float) -> Tensor:
    """Where a bent layer reads: `(N, TAPS, 2, H/unshuffle, W/unshuffle)` in cells of that grid.

    The sign-free code is interpolated rather than the path, since neighbours that run opposite
    ways would cancel. Which of a path's two ends is read first is then the same everywhere but
    across the vertical.
    """
    height, width = (side * GUIDE_STRIDE // unshuffle for side in guide.shape[-2:])
    code = resample(guide[:, :4].float(), (height, width))
    middle = (SAMPLES - TAPS) // 2
    moments = times(SAMPLES, guide.device)[middle:-middle]
    offsets = evaluate_maps(decode_sign_free(code), Constraint.QUADRATIC, moments)
    return offsets * (reach / unshuffle)
