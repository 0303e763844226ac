"""Reading how far the paths of a picture spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.compute.tiles import pad_to_multiple
from blurstudio.engine.paths.motion import shown_at
from blurstudio.networks import SpreadNet
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.networks import MotionNet

_HALF = 0.5


def estimate_spread(srgb: Tensor, network: MotionNet, compute: ComputeDevice) -> Tensor | None:
    """Read how far the paths of a picture spread.

    Parameters
    ----------
    srgb
        `(3, H, W)`, sRGB-encoded `[0, 1]`, sides multiples of 16; it is read as large as it is.
    network
        A motion network on `compute`'s device.
    compute
        Where it is, and in which precision to run it.

    Returns
    -------
    Tensor or None
        `(4, H/16, W/16)` px of the picture, on the CPU: see `exposure.survey.spread.spread_of`, and
        the error that is expected of it. None where the network doesn't tell.
    """
    if network.onlooker is None:
        return None
    rows, columns = (side // SpreadNet.stride for side in srgb.shape[-2:])
    with compute.inference():
        # The half has to fit the network's grids as well.
        whole = pad_to_multiple(srgb.to(compute.device)[None], round(network.multiple / _HALF))
        half = shown_at(whole[0], scaled_size(whole.shape[-2:], _HALF))
        said = network(whole, half[None]).spread
        assert said is not None
        found = said[0, :, :rows, :columns].float().cpu()
    # A copy made outside inference mode: others may work with it as they like.
    found = found.clone()
    found[3:] = found[3:].exp()
    return found
