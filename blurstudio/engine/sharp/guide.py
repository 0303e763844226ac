"""What a guided deblurring network is told about a photo: its trajectory on the network's grid.

Any trajectory will do, also one that a person has turned or scaled; which network asks for it is
`engine.sharp.restore`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.resample import resample
from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.networks.guide import GUIDE_STRIDE

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory


def guide_for(trajectory: Trajectory, size: tuple[int, int]) -> Tensor:
    """Write a trajectory down as a guide for a picture.

    Parameters
    ----------
    trajectory
        Paths of any family, of a picture of any size.
    size
        (H, W) of the picture to be deblurred.

    Returns
    -------
    Tensor
        `(5, ceil(H/4), ceil(W/4))`, see `blurstudio.networks.guide`, px of the picture.

    Notes
    -----
    Which way time ran does not matter to a guide, so flipped places are not looked at. The code is
    interpolated, not the path: neighbours that run opposite ways would cancel.
    """
    along = trajectory.resized(size)
    code = encode_sign_free(as_quadratic(along))
    sure = along.confidence
    if sure is None:
        sure = torch.ones_like(code[0])
    # Where 4 does not divide a side, cells come out narrower by a fraction of a pixel.
    grid = (-(-size[0] // GUIDE_STRIDE), -(-size[1] // GUIDE_STRIDE))
    return resample(torch.cat([code, sure[None].to(code)]), grid)
