"""Reading a photo's motion from an offset network, which answers for every pixel and undirected.

Its answer is thinned to a coarse grid, lengthened to an exposure without steps, and given one
direction; scale and choice of the network are `engine.paths.motion`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.engine.compute.tiles import pad_to_multiple
from blurstudio.exposure.direction import align_trajectory
from blurstudio.exposure.grids import FINEST_CELL
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.networks.constraints import even_maps, path_maps

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.networks import OffsetNet


def read_offsets(picture: Tensor, network: OffsetNet, compute: ComputeDevice) -> Trajectory:
    """Read the motion of a picture from an offset network.

    Parameters
    ----------
    picture
        `(3, H, W)`, sRGB-encoded `[0, 1]`, any size from 1 x 1.
    network
        An offset network on `compute`'s device.
    compute
        Where and in which precision to run it.

    Returns
    -------
    Trajectory
        Paths of the network's family on cells of about `FINEST_CELL` px, on the CPU, without
        confidence: the network says nothing about it.

    Notes
    -----
    Each cell takes the answer of the pixel in its middle. A mean over the cell could mix the two
    directions of a path, which cancel.
    """
    size = (picture.shape[-2], picture.shape[-1])
    with compute.inference():
        padded = pad_to_multiple(picture[None].to(compute.device), network.multiple)
        answer = network(padded)[0, :, : size[0], : size[1]].float().cpu()
        rows, columns = (_middles(side) for side in size)
        thin = answer[:, rows[:, None], columns][None]
        maps = path_maps(thin, network.constraint)[0]
        maps = even_maps(maps, network.constraint, network.samples)
    # A copy made outside inference mode: a refinement may ask it for gradients.
    return align_trajectory(Trajectory(maps.clone(), network.constraint, size))


def _middles(side: int) -> Tensor:
    """Pixels nearest to the middles of the cells that cover a side."""
    cells = -(-side // FINEST_CELL)
    return ((torch.arange(cells) + 0.5) * (side / cells)).long().clamp(max=side - 1)
