"""The motion network: blurred picture in, sign-free quadratic exposure trajectory out.

It answers on a coarse grid with the path's code (see `blurstudio.exposure.signfree`) and how
far off it expects to be; which way time ran is decided elsewhere, since the photo can't tell.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.exposure.confidence import confidence_for
from blurstudio.networks.blocks import Down, Float32, Up, check_picture, stack, working
from blurstudio.networks.contrast import local_contrast
from blurstudio.networks.spectra import LocalSpectra, OrientationEnergy
from blurstudio.networks.spread import SpreadNet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

_ANSWERS = 5
_UNIT = 10.0
"""Pixels that one unit of the head's output stands for: keeps its values near one."""


class MotionPrediction(NamedTuple):
    """What the motion network says about a picture of `(H, W)` on its coarse grid `(h, w)`.

    Attributes
    ----------
    code
        `(N, 4, h, w)` sign-free code (|a| cos 2θ, |a| sin 2θ, bx, by) in px of the picture.
    log_scale
        `(N, 1, h, w)` natural log of the expected error of the code in px (Laplace scale).
    spread
        `(N, 4, H/16, W/16)`, see `networks.spread`; only where the picture's half was shown too.
    """

    code: Tensor
    log_scale: Tensor
    spread: Tensor | None = None


class MotionNet(nn.Module):
    """Quadratic path and its uncertainty from one blurred picture.

    Parameters
    ----------
    widths
        Channels on the grids of 1/4, 1/8, 1/16 and 1/32.
    depths
        Residual blocks on each of them, on the way down.
    up_depths
        Residual blocks on the way up, for all grids but the last.
    spectrum_channels
        Channels that each scale of the local spectra is reduced to.
    onlooker
        Channels of the layers that tell how far paths spread; none for a network that doesn't.

    Attributes
    ----------
    stride
        Pixels of the picture per cell of the answer.
    multiple
        Height and width must be multiples of this.
    """

    stride = 4
    multiple = 32

    def __init__(
        self,
        widths: Sequence[int] = (48, 96, 128, 128),
        depths: Sequence[int] = (2, 2, 3, 3),
        up_depths: Sequence[int] = (2, 2, 2),
        spectrum_channels: int = 64,
        onlooker: Sequence[int] = (),
    ) -> None:
        super().__init__()
        seen = widths[2] + widths[3] + widths[0] + _ANSWERS
        self.pixels = Float32(nn.Conv2d(48, widths[0], 3, padding=1))
        self.energy = Float32(OrientationEnergy())
        self.energy_in = nn.Conv2d(9, widths[0], 3, padding=1)
        self.spectra = Float32(LocalSpectra(spectrum_channels))
        self.spectra_in = nn.Conv2d(3 * spectrum_channels, widths[2], 1)
        self.encoders = nn.ModuleList(stack(w, d) for w, d in zip(widths, depths, strict=True))
        pairs = list(itertools.pairwise(widths))
        self.downs = nn.ModuleList(Down(a, b) for a, b in pairs)
        self.ups = nn.ModuleList(Up(b, a) for a, b in pairs)
        self.decoders = nn.ModuleList(
            stack(w, d) for w, d in zip(widths[:-1], up_depths, strict=True)
        )
        head = nn.Conv2d(widths[0], _ANSWERS, 3, padding=1)
        nn.init.normal_(head.weight, std=0.01)
        self.head = Float32(head)
        self.onlooker = SpreadNet(seen, onlooker) if onlooker else None

    def forward(self, blurred: Tensor, half: Tensor | None = None) -> MotionPrediction:
        """Estimate the motion.

        Parameters
        ----------
        blurred
            `(N, 3, H, W)`, sRGB-encoded `[0, 1]`, sides multiples of `multiple`.
        half
            The same reduced to half, `(N, 3, H/2, W/2)`, likewise: how far paths spread is told as
            well.

        Raises
        ------
        ValueError
            If the shape does not fit, or the network can't tell how far paths spread.
        """
        looked = self._looked(blurred)
        said = MotionPrediction(looked[-1][:, :4] * _UNIT, looked[-1][:, 4:])
        if half is None:
            return said
        if self.onlooker is None:
            raise ValueError("this motion network does not tell how far paths spread")
        spread = self.onlooker(_features(looked), _features(self._looked(half)))
        return said._replace(spread=spread)

    def _looked(self, blurred: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Features on the grids of 1/16, 1/32 and, past all others, of 1/4; the answer."""
        check_picture(blurred, self.multiple)
        signal, _ = local_contrast(blurred)
        x = working(self.pixels(F.pixel_unshuffle(signal, 4)))
        x = x + self.energy_in(working(self.energy(blurred)))
        skips = []
        for level, encoder in enumerate(self.encoders):
            if level == 2:
                x = x + self.spectra_in(working(F.relu(self.spectra(blurred))))
            x = encoder(x)
            if level < len(self.downs):
                skips.append(x)
                x = self.downs[level](x)
        deepest = x
        for level in reversed(range(len(skips))):
            x = self.decoders[level](skips[level] + self.ups[level](x))
        return skips[2], deepest, x, self.head(x)


def _features(looked: tuple[Tensor, ...]) -> Tensor:
    """Bring what was seen on the grids of 1/16 and 1/32 and what came of it to that of 1/16."""
    there, deepest, *made = looked
    pooled = (F.avg_pool2d(each, 4) for each in made)
    seen = (there, F.interpolate(deepest, scale_factor=2.0), *pooled)
    return torch.cat([each.float() for each in seen], 1)


def confidence(prediction: MotionPrediction) -> Tensor:
    """How far the predicted path can be trusted, `(N, 1, h, w)` in `[0, 1]`.

    The expected error is set against the path's own length: 1/2 means that the two are equal.
    """
    length = prediction.code[:, :2].norm(dim=1, keepdim=True)
    return confidence_for(length, prediction.log_scale.exp())
