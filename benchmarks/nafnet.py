"""NAFNet as its paper describes it, to measure our speed against; only its time is asked for.

Written from the description in Chen et al. 2022, "Simple Baselines for Image Restoration"; the
weights are random, so what it returns means nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class ChannelNorm(nn.Module):
    """Layer normalisation over the channels of every pixel, (N, C, H, W)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        """Normalise; with channels last in memory the permutations cost nothing."""
        rows = x.permute(0, 2, 3, 1)
        return F.layer_norm(rows, self.weight.shape, self.weight, self.bias, 1e-6).permute(
            0, 3, 1, 2
        )


class SimpleGate(nn.Module):
    """The product of the two halves of the channels."""

    def forward(self, x: Tensor) -> Tensor:
        """(N, 2 C, H, W) to (N, C, H, W)."""
        first, second = x.chunk(2, dim=1)
        return first * second


class ChannelAttention(nn.Module):
    """Channels scaled by a linear function of their means over the picture."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.scale = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) to the same."""
        return x * self.scale(x.mean(dim=(2, 3), keepdim=True))


class Block(nn.Module):
    """Depthwise convolution with gate and attention, then a gated feed-forward part."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        wide = 2 * channels
        self.mixing = nn.Sequential(
            ChannelNorm(channels),
            nn.Conv2d(channels, wide, 1),
            nn.Conv2d(wide, wide, 3, padding=1, groups=wide),
            SimpleGate(),
            ChannelAttention(channels),
            nn.Conv2d(channels, channels, 1),
        )
        self.feeding = nn.Sequential(
            ChannelNorm(channels),
            nn.Conv2d(channels, wide, 1),
            SimpleGate(),
            nn.Conv2d(channels, channels, 1),
        )
        self.beta = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.gamma = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) to the same."""
        x = x + self.mixing(x) * self.beta
        return x + self.feeding(x) * self.gamma


class NAFNet(nn.Module):
    """U-Net of such blocks that adds its answer to the picture.

    Parameters
    ----------
    width : int
        Channels at full resolution; they double with every halving.
    encoder, decoder : sequence of int
        Blocks at each resolution on the way down and up, in the order they run.
    middle : int
        Blocks at the lowest resolution.

    Notes
    -----
    The defaults are NAFNet-32 for GoPro, 17.1 million parameters.
    """

    def __init__(
        self,
        width: int = 32,
        encoder: Sequence[int] = (1, 1, 1, 28),
        middle: int = 1,
        decoder: Sequence[int] = (1, 1, 1, 1),
    ) -> None:
        super().__init__()
        widths = [width << level for level in range(len(encoder) + 1)]
        self.multiple = 1 << len(encoder)
        self.enter = nn.Conv2d(3, width, 3, padding=1)
        self.encoder = nn.ModuleList(map(_blocks, widths, encoder))
        self.down = nn.ModuleList(nn.Conv2d(c, 2 * c, 2, stride=2) for c in widths[:-1])
        self.middle = _blocks(widths[-1], middle)
        self.up = nn.ModuleList(
            nn.Sequential(nn.Conv2d(c, 2 * c, 1, bias=False), nn.PixelShuffle(2))
            for c in reversed(widths[1:])
        )
        self.decoder = nn.ModuleList(map(_blocks, reversed(widths[:-1]), decoder))
        self.leave = nn.Conv2d(width, 3, 3, padding=1)

    def forward(self, picture: Tensor) -> Tensor:
        """Restore a picture, (N, 3, H, W) with sides that are multiples of `multiple`.

        Raises
        ------
        ValueError
            If the sides are not.
        """
        if any(side % self.multiple for side in picture.shape[-2:]):
            raise ValueError(
                f"sides must be multiples of {self.multiple}, got {tuple(picture.shape)}"
            )
        x = self.enter(picture)
        skips = []
        for blocks, down in zip(self.encoder, self.down, strict=True):
            x = blocks(x)
            skips.append(x)
            x = down(x)
        x = self.middle(x)
        for blocks, up in zip(self.decoder, self.up, strict=True):
            x = blocks(up(x) + skips.pop())
        return picture + self.leave(x)


def _blocks(channels: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(Block(channels) for _ in range(count)))
