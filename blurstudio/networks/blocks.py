"""Building blocks that the networks share: a local norm, residual blocks, changes of scale.

Everything here is local in space: no block looks at statistics of the whole picture, so a tiled
picture and a whole one agree away from the seams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

if TYPE_CHECKING:
    from torch import Tensor


class ChannelNorm(nn.Module):
    """Normalise each pixel over its channels (layer norm in `(N, C, H, W)` order).

    Group norm measured about as well, but its statistics span the picture: tiles would differ.

    Parameters
    ----------
    channels
        Number of channels C.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        """Return `x` `(N, C, H, W)` with zero mean and unit variance over C, then scaled."""
        # Autocast would widen the whole map to float32; the kernel accumulates in float32 anyway.
        with torch.autocast(x.device.type, enabled=False):
            last = x.permute(0, 2, 3, 1)
            normed = F.layer_norm(
                last, (x.shape[1],), self.weight.to(x.dtype), self.bias.to(x.dtype), 1e-5
            )
        return normed.permute(0, 3, 1, 2)


class ResidualBlock(nn.Module):
    """`x + conv(relu(conv(norm(x))))`, 3 x 3; starts as almost the identity.

    Parameters
    ----------
    channels
        Width of the block.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = ChannelNorm(channels)
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.kaiming_normal_(self.first.weight, nonlinearity="relu")
        nn.init.normal_(self.second.weight, std=0.2 * (9 * channels) ** -0.5)
        for convolution in (self.first, self.second):
            assert convolution.bias is not None
            nn.init.zeros_(convolution.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(N, C, H, W)` to the same shape."""
        return x + self.second(F.relu(self.first(self.norm(x)), inplace=True))


def stack(channels: int, count: int) -> nn.Sequential:
    """Return `count` residual blocks of one width in a row."""
    return nn.Sequential(*(ResidualBlock(channels) for _ in range(count)))


class Down(nn.Conv2d):
    """Halve the resolution: a 2 x 2 convolution with stride 2."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__(channels, out_channels, 2, stride=2)


class Up(nn.Module):
    """Double the resolution: a 1 x 1 convolution and a pixel shuffle.

    Parameters
    ----------
    channels, out_channels
        Width before and after.
    """

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.expand = nn.Conv2d(channels, 4 * out_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(N, C, h, w)` to `(N, C', 2h, 2w)`."""
        return F.pixel_shuffle(self.expand(x), 2)


def working(x: Tensor) -> Tensor:
    """Return `x` in the surrounding precision (autocast's type where it is on).

    Left in float32, a first layer's answer would drag the whole residual stream with it.
    """
    device = x.device.type
    if not torch.is_autocast_enabled(device):
        return x
    return x.to(torch.get_autocast_dtype(device))


class Float32(nn.Module):
    """Run a module in float32 whatever the surrounding precision.

    First and last layers live in here: bfloat16 swallows the faint gradients of a blurred
    picture on the way in, and the last bits of the answer on the way out.

    Parameters
    ----------
    module
        What to run.
    """

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, x: Tensor) -> Tensor:
        """Return `module(x)`, computed and given back in float32."""
        with torch.autocast(x.device.type, enabled=False):
            return self.module(x.float())


def check_picture(x: Tensor, multiple: int) -> None:
    """Refuse what is not a batch of RGB pictures whose sides are multiples of `multiple`.

    Raises
    ------
    ValueError
        Naming the shape that was given.
    """
    if x.ndim != 4 or x.shape[1] != 3 or x.shape[2] % multiple or x.shape[3] % multiple:
        raise ValueError(
            f"expected (N, 3, H, W) with H and W multiples of {multiple}, got {tuple(x.shape)}"
        )
