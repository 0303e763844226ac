"""What is kept of a change of a sharp picture: a network is shown what was done.

What is done is `exposure.refining.consistency`'s business, or `exposure.shaking.shake_course`'s,
the judging `networks.keeping`'s; here both meet a picture of any size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.engine.compute.tiles import pad_to_multiple
from blurstudio.engine.sharp.guide import guide_for
from blurstudio.networks.guide import GUIDE_STRIDE
from blurstudio.networks.keeping import RESIDUALS

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.exposure.refining.course import Shown
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import KeepingNet


def kept(
    srgb: Tensor,
    change: Shown,
    paths: Trajectory,
    network: KeepingNet,
    compute: ComputeDevice,
) -> Tensor:
    """Keep what brings a sharp picture nearer to the truth.

    Parameters
    ----------
    srgb
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo.
    change
        What was done to its sharp picture.
    paths
        Those that it was done along, of a picture of that size.
    network, compute
        Who says it, and where.

    Returns
    -------
    Tensor
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: all that the network would do.
    """
    height, width = srgb.shape[-2:]
    pictures = torch.stack([srgb, change.start, change.early, change.end])
    told = torch.cat([change.residuals, guide_for(paths, (height, width))])[None]
    # Whole steps of the network, which are whole cells.
    pictures = pad_to_multiple(pictures, network.multiple)
    told = pad_to_multiple(told, network.multiple // GUIDE_STRIDE).to(compute.device)
    with compute.inference():
        shown = pictures.to(compute.device).unsqueeze(1)
        answer = network(*shown, told[:, :RESIDUALS], told[:, RESIDUALS:])[0]
    return answer[:, :height, :width].float().cpu().clamp(0, 1)
