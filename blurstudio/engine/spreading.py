"""Reading how far the paths of a picture spread: one network looks, another looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from blurstudio.engine.motion import reduced
from blurstudio.engine.tiles import pad_to_multiple

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.engine.device import ComputeDevice
    from blurstudio.networks import MotionNet, SpreadNet

_HALF = 0.5


class Readers(NamedTuple):
    """A motion network, and the spread network that learned from what it sees.

    Parameters
    ----------
    motion, onlooker
        On one device.
    """

    motion: MotionNet
    onlooker: SpreadNet


def estimate_spread(srgb: Tensor, readers: Readers, compute: ComputeDevice) -> Tensor:
    """Read how far the paths of a picture spread.

    Parameters
    ----------
    srgb
        `(3, H, W)`, sRGB-encoded `[0, 1]`, sides multiples of 32; it is read as large as it is.
    readers
        The networks.
    compute
        Where they are, and in which precision to run them.

    Returns
    -------
    Tensor
        `(4, H/16, W/16)` px of the picture, on the CPU: see `exposure.spread.spread_of`, and the
        error that is expected of it.
    """
    with compute.inference():
        said = readers.onlooker(*features_of(srgb.to(compute.device), readers.motion))[0].float()
        found = torch.cat([said[:3], said[3:].exp()]).cpu()
    # A copy made outside inference mode: others may work with it as they like.
    return found.clone()


def features_of(picture: Tensor, network: MotionNet) -> tuple[Tensor, Tensor]:
    """Show a picture and its half to a motion network, and say what it sees.

    Parameters
    ----------
    picture
        `(3, H, W)` on the network's device, sRGB-encoded `[0, 1]`, sides multiples of 32.
    network
        The motion network.

    Returns
    -------
    whole, half
        `(1, C, H/16, W/16)` and `(1, C, H/32, W/32)`.
    """
    seen = []
    for scale in (1.0, _HALF):
        small = reduced(picture, scale)
        padded = pad_to_multiple(small[None], network.multiple)
        features = network.features(padded)
        stride = padded.shape[-1] // features.shape[-1]
        rows, columns = (side // stride for side in small.shape[-2:])
        seen.append(features[..., :rows, :columns])
    return seen[0], seen[1]
