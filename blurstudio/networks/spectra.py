"""What blur looks like to a network: local log spectra and orientation energies.

A motion path multiplies the picture's spectrum by its own transfer function, so the log power
spectrum of a window is that of the scene plus that of the path: dark stripes across the motion,
spaced by the inverse of its length. From raw pixels a network finds this only after very long
training; shown the spectra, it starts to learn at once (measured: `docs/decisions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

if TYPE_CHECKING:
    from torch import Tensor

_LUMA = (0.299, 0.587, 0.114)


def luma(x: Tensor) -> Tensor:
    """Grey picture `(N, 1, H, W)` of RGB `(N, 3, H, W)`, display-encoded, Rec. 601 weights."""
    return (x * x.new_tensor(_LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)


def gradients(grey: Tensor) -> Tensor:
    """Central differences `(N, 2, H, W)` (d/dx, d/dy) of `(N, 1, H, W)`, borders replicated."""
    padded = F.pad(grey, (1, 1, 1, 1), mode="replicate")
    dx = padded[:, :, 1:-1, 2:] - padded[:, :, 1:-1, :-2]
    dy = padded[:, :, 2:, 1:-1] - padded[:, :, :-2, 1:-1]
    return torch.cat([dx, dy], 1)


class LocalSpectra(nn.Module):
    """Log power spectra of overlapping windows on a grid of one sixteenth, at three scales.

    The picture is taken at full, half and quarter size; at each size a Hann window of 32 pixels
    is put around every sixteenth pixel of the original. The finest window sees short paths, the
    coarsest (128 px of the original) long ones.

    Parameters
    ----------
    out_channels
        Channels that each scale's spectrum is reduced to by a learned 1 x 1 convolution.
    window
        Side of the window in pixels of its scale.
    """

    hann: Tensor

    def __init__(self, out_channels: int, window: int = 32) -> None:
        super().__init__()
        self.window = window
        self.scales = (1, 2, 4)
        hann = torch.hann_window(window, periodic=False)
        self.register_buffer("hann", hann[:, None] * hann[None, :], persistent=False)
        bins = window * (window // 2 + 1)
        self.reduce = nn.ModuleList(nn.Conv2d(bins, out_channels, 1) for _ in self.scales)

    def forward(self, x: Tensor) -> Tensor:
        """Map pictures `(N, 3, H, W)`, sides multiples of 16, to `(N, 3 C, H/16, W/16)`."""
        grey = luma(x)
        parts = []
        for scale, reduce in zip(self.scales, self.reduce, strict=True):
            part = grey if scale == 1 else F.avg_pool2d(grey, scale)
            parts.append(reduce(self.log_spectrum(part, 16 // scale)))
        return torch.cat(parts, 1)

    def log_spectrum(self, grey: Tensor, hop: int) -> Tensor:
        """Log power spectra of a grey picture's windows.

        Parameters
        ----------
        grey
            `(N, 1, h, w)`, sides multiples of `hop`.
        hop
            Distance of window centres in pixels.

        Returns
        -------
        Tensor
            `(N, window * (window/2 + 1), h/hop, w/hop)`, each window's mean removed, so that the
            scene's contrast does not matter.
        """
        n, _, h, w = grey.shape
        before = (self.window - hop) // 2
        after = self.window - hop - before
        padded = F.pad(grey, (before, after, before, after), mode="replicate")
        tiles = padded[:, 0].unfold(1, self.window, hop).unfold(2, self.window, hop)
        tiles = tiles - tiles.mean((-1, -2), keepdim=True)
        spectrum = torch.fft.rfft2(tiles * self.hann, norm="ortho")
        # Four times as fast as by way of the absolute value, whose root nobody needs.
        power = spectrum.real.square() + spectrum.imag.square()
        # The floor is a grey level's rounding noise: below it a spectrum carries no news.
        log = (power + 1e-6).log()
        log = (log - log.mean((-1, -2), keepdim=True)) / 3.0
        return log.flatten(-2).permute(0, 3, 1, 2).reshape(n, -1, h // hop, w // hop)


class OrientationEnergy(nn.Module):
    """Locally averaged products of gradients on a grid of one quarter: where detail points.

    At three scales the structure tensor's double angle (gxx - gyy, 2 gxy) over its trace, and
    the log of the trace: nine maps. Blur along a direction removes the gradients along it, so
    the double angle of the motion can be read almost directly.
    """

    def forward(self, x: Tensor) -> Tensor:
        """Map pictures `(N, 3, H, W)`, sides multiples of 16, to `(N, 9, H/4, W/4)`."""
        grey = luma(x)
        h, w = x.shape[-2] // 4, x.shape[-1] // 4
        maps = []
        for scale in (1, 2, 4):
            g = gradients(grey if scale == 1 else F.avg_pool2d(grey, scale))
            tensor = torch.cat([g[:, :1] ** 2, g[:, 1:] ** 2, g[:, :1] * g[:, 1:]], 1)
            if scale < 4:
                tensor = F.avg_pool2d(tensor, 4 // scale)
            tensor = F.avg_pool2d(tensor, 5, 1, 2, count_include_pad=False)
            gxx, gyy, gxy = tensor[:, :1], tensor[:, 1:2], tensor[:, 2:]
            trace = gxx + gyy + 1e-5
            maps += [(gxx - gyy) / trace, 2 * gxy / trace, (trace.log() + 7.0) / 3.0]
        out = torch.cat(maps, 1)
        assert out.shape[-2:] == (h, w)
        return out
