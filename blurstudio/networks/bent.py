"""Zhang et al.'s motion-aware deblurring network: its last stage reads features along the path.

An encoder and decoder over one or several levels of patches. How things moved is told by a guide
(`blurstudio.networks.guide`) from whatever network or person; it bends the last stage only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.networks.blocks import (
    ChannelNorm,
    Down,
    Float32,
    Up,
    check_picture,
    stack,
    working,
)
from blurstudio.networks.contrast import local_contrast
from blurstudio.networks.guide import check_guide
from blurstudio.networks.taps import TAPS, BentConv, path_taps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


PIXELS = ("plain", "contrast")


class BentDeblurNet(nn.Module):
    """Motion deblurring with a last stage that is bent along the path.

    Parameters
    ----------
    widths
        Channels on the finest grid and on the two below it.
    depth
        Residual blocks on each grid of each encoder and decoder.
    levels
        Levels of patches: 3 means quarters, then halves, then the whole, each level correcting
        what the one before it made. 1 is the whole alone, whose tiles agree.
    unshuffle
        Pixels along each side that are moved into channels before anything else; 1 or 2.
    bent
        Residual blocks of the last stage, each of two bent layers.
    reach
        Share of the path that the taps are spread over; the paper's 0.08.
    guided
        Whether the last stage is bent. A network that is not reads in a window of 3 x 3 with as
        many weights: what the path is worth can be measured against it.
    pixels
        What it is shown: `plain` pixels, or `contrast`, the picture less its local mean over its
        local contrast, by which the answer is scaled back (see `blurstudio.networks.contrast`).

    Attributes
    ----------
    guided
        As given; whether it needs a guide.
    multiple
        Height and width must be multiples of this.
    margin
        Pixels of context that a tile needs on each side.

    Notes
    -----
    Source: Zhang et al. 2020. With these defaults it has 4.9 million parameters, theirs about 5.4:
    they enlarge by transposed convolutions. Their blocks have no norm and their output is the
    picture itself; here it is what is added to the blurred one. The taps read at the central nine
    of fifteen offsets, times `reach`.
    """

    multiple = 16
    margin = 96

    def __init__(
        self,
        widths: Sequence[int] = (32, 64, 128),
        depth: int = 2,
        levels: int = 3,
        unshuffle: int = 1,
        bent: int = 2,
        reach: float = 0.08,
        guided: bool = True,
        pixels: str = "plain",
    ) -> None:
        super().__init__()
        if not 1 <= levels <= 3 or unshuffle not in (1, 2):
            raise ValueError(
                f"levels must be 1, 2 or 3 and unshuffle 1 or 2, got {levels} and {unshuffle}"
            )
        if pixels not in PIXELS:
            raise ValueError(f"pixels must be one of {', '.join(PIXELS)}, got {pixels!r}")
        self.unshuffle, self.reach, self.guided, self.pixels = unshuffle, reach, guided, pixels
        channels = 3 * unshuffle**2
        self.encoders = nn.ModuleList(_Encoder(channels, widths, depth) for _ in range(levels))
        self.decoders = nn.ModuleList(
            _Decoder(widths, depth, channels, bent if level == 0 else None)
            for level in range(levels)
        )

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
            If a shape does not fit.
        """
        check_picture(blurred, self.multiple)
        offsets = None
        if self.guided:
            offsets = path_taps(check_guide(guide, blurred), self.unshuffle, self.reach)
        shown, scale = blurred - 0.5, blurred.new_ones(())
        if self.pixels == "contrast":
            shown, contrast = local_contrast(blurred)
            scale = 0.5 * contrast
        pixels = F.pixel_unshuffle(shown, self.unshuffle)
        correction = torch.zeros_like(pixels)
        below: Tensor | None = None
        for level in reversed(range(len(self.encoders))):
            features = _in_patches(self.encoders[level], pixels + correction, level)
            if below is not None:
                features = features + below
            # What a level knows is decoded in the patches of the next one.
            decoder = self.decoders[level]
            if level:
                correction = _in_patches(decoder, features, level - 1)
            else:
                correction = decoder(features, offsets)
            below = features
        return blurred + scale * F.pixel_shuffle(correction, self.unshuffle)


class _BentBlock(nn.Module):
    """`x + bent(relu(bent(norm(x))))`; starts as almost the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = ChannelNorm(channels)
        self.first, self.second = BentConv(channels, channels), BentConv(channels, channels)
        nn.init.normal_(self.second.mix.weight, std=0.2 * (TAPS * channels) ** -0.5)

    def forward(self, x: Tensor, offsets: Tensor | None) -> Tensor:
        return x + self.second(F.relu(self.first(self.norm(x), offsets)), offsets)


class _Encoder(nn.Module):
    """Pixels to features on a grid of one quarter of the finest."""

    def __init__(self, channels: int, widths: Sequence[int], depth: int) -> None:
        super().__init__()
        first, second, third = widths
        self.stem = Float32(nn.Conv2d(channels, first, 3, padding=1))
        self.body = nn.Sequential(
            stack(first, depth),
            Down(first, second),
            stack(second, depth),
            Down(second, third),
            stack(third, depth),
        )

    def forward(self, pixels: Tensor) -> Tensor:
        return self.body(working(self.stem(pixels)))


class _Decoder(nn.Module):
    """Features back to pixels; the last stage is bent if `bent` says in how many blocks."""

    def __init__(self, widths: Sequence[int], depth: int, channels: int, bent: int | None) -> None:
        super().__init__()
        first, second, third = widths
        self.body = nn.Sequential(
            stack(third, depth), Up(third, second), stack(second, depth), Up(second, first)
        )
        self.straight = stack(first, depth) if bent is None else nn.Sequential()
        self.bent = nn.ModuleList(_BentBlock(first) for _ in range(bent or 0))
        head = nn.Conv2d(first, channels, 3, padding=1)
        nn.init.normal_(head.weight, std=0.01)
        self.head = Float32(head)

    def forward(self, features: Tensor, offsets: Tensor | None = None) -> Tensor:
        x = self.straight(self.body(features))
        for block in self.bent:
            x = block(x, offsets)
        return self.head(x)


def _in_patches(module: nn.Module, x: Tensor, level: int) -> Tensor:
    """Run a module on the patches of a level: the whole (0), upper and lower halves (1), quarters.

    Patches are put into the batch, so each sees nothing of the others.
    """
    if level == 0:
        return module(x)
    parts = x.chunk(2, -2)
    if level == 2:
        parts = tuple(quarter for half in parts for quarter in half.chunk(2, -1))
    done = module(torch.cat(parts)).chunk(len(parts))
    if level == 2:
        done = (torch.cat(done[:2], -1), torch.cat(done[2:], -1))
    return torch.cat(done, -2)
