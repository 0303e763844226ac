"""Zhang et al.'s motion offset network: blurred picture in, offsets of every pixel out.

It answers at full resolution and with a direction, as the paper has it. What its channels mean is
said by `blurstudio.networks.constraints`; how it learns without labels, by `training`.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from blurstudio.exposure.basis import Constraint
from blurstudio.networks.blocks import Float32, check_picture, working
from blurstudio.networks.constraints import SAMPLES, channels_of
from blurstudio.networks.contrast import local_contrast
from blurstudio.networks.spectra import OrientationEnergy

STEMS = ("pixels", "energy")
_LEAK = 0.2
_ENERGY_MAPS = 9


class OffsetNet(nn.Module):
    """Motion offsets from one blurred picture, under one of four constraints.

    Parameters
    ----------
    constraint
        Family of the paths: `linear`, `bilinear`, `quadratic` or `free`.
    samples
        Moments of the exposure that the offsets stand for; the paper's N.
    stem
        What the encoder is shown: `pixels` as in the paper, or `energy`: local contrast instead of
        pixels (`blurstudio.networks.contrast`), and orientation energies beside it
        (`blurstudio.networks.spectra`).

    Attributes
    ----------
    constraint, samples
        As given.
    stride
        Pixels of the picture per cell of the answer.
    multiple
        Height and width must be multiples of this.

    Raises
    ------
    ValueError
        If there is no such constraint or stem, or no middle sample.

    Notes
    -----
    Source: Zhang et al. 2020 (architecture). With the four channels of the quadratic constraint
    it has the paper's 1,129,604 parameters.
    First and last layer stay in float32; elsewhere the surrounding precision holds.
    """

    stride = 1
    multiple = 8

    def __init__(
        self, constraint: str = "quadratic", samples: int = SAMPLES, stem: str = "pixels"
    ) -> None:
        super().__init__()
        known = [each.value for each in Constraint]
        if constraint not in known:
            raise ValueError(f"constraint must be one of {', '.join(known)}, got {constraint!r}")
        if stem not in STEMS:
            raise ValueError(f"stem must be one of {', '.join(STEMS)}, got {stem!r}")
        if samples < 3 or samples % 2 == 0:
            raise ValueError(f"samples must be odd and at least 3, got {samples}")
        self.constraint = Constraint(constraint)
        self.samples = samples
        self.stem = Float32(nn.Conv2d(12, 16, 5, padding=2, padding_mode="reflect"))
        self.encoder1 = _residuals(16)
        self.down1 = nn.Conv2d(16, 32, 5, stride=2, padding=2)
        self.encoder2 = _residuals(32)
        self.down2 = nn.Conv2d(32, 64, 5, stride=2, padding=2)
        self.encoder3 = _residuals(64)
        self.valley, self.up3 = _Bottleneck(64), _doubling(64, 32)
        self.decoder2, self.up2 = _Bottleneck(64), _doubling(32 + 32, 16)
        self.decoder1, self.up1 = _Bottleneck(32), _doubling(16 + 16, 32)
        head = nn.Conv2d(32, channels_of(self.constraint, samples), 5, padding=2)
        self.head = Float32(head)
        if stem == "energy":
            self.energy = Float32(OrientationEnergy())
            self.energy_in = nn.Conv2d(_ENERGY_MAPS, 32, 3, padding=1)
        self.sees_energy = stem == "energy"
        self.apply(_initialise)

    def forward(self, blurred: Tensor) -> Tensor:
        """Estimate the offsets.

        Parameters
        ----------
        blurred
            `(N, 3, H, W)`, sRGB-encoded `[0, 1]`, sides multiples of `multiple`.

        Returns
        -------
        Tensor
            `(N, C, H, W)` px, (dx, dy) pairs; see `blurstudio.networks.constraints`.

        Raises
        ------
        ValueError
            If the shape does not fit.
        """
        check_picture(blurred, self.multiple)
        shown = local_contrast(blurred)[0] if self.sees_energy else blurred
        fine = F.relu(working(self.stem(F.pixel_unshuffle(shown, 2))))
        fine = self.encoder1(fine)
        middle = F.relu(self.down1(fine))
        if self.sees_energy:
            middle = middle + self.energy_in(working(self.energy(blurred)))
        middle = self.encoder2(middle)
        coarse = self.encoder3(F.relu(self.down2(middle)))
        x = torch.cat([F.leaky_relu(self.up3(self.valley(coarse)), _LEAK), middle], 1)
        x = torch.cat([F.leaky_relu(self.up2(self.decoder2(x)), _LEAK), fine], 1)
        return self.head(F.relu(self.up1(self.decoder1(x))))


class _Residual(nn.Module):
    """`x + conv(relu(conv(x)))`, 5 x 5, without a norm."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 5, padding=2, padding_mode="replicate")
        self.second = nn.Conv2d(channels, channels, 5, padding=2, padding_mode="replicate")

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x)))


class _Bottleneck(nn.Module):
    """Each pixel's channels doubled, then brought back by a 3 x 3 convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.widen = nn.Conv2d(channels, 2 * channels, 1)
        self.narrow = nn.Conv2d(2 * channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        widened = F.leaky_relu(self.widen(x), _LEAK)
        return F.leaky_relu(self.narrow(widened), _LEAK)


def _residuals(channels: int) -> nn.Sequential:
    return nn.Sequential(*(_Residual(channels) for _ in range(3)))


def _doubling(channels: int, out_channels: int) -> nn.ConvTranspose2d:
    return nn.ConvTranspose2d(channels, out_channels, 4, stride=2, padding=1)


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.xavier_uniform_(module.weight)
        assert module.bias is not None
        nn.init.zeros_(module.bias)
