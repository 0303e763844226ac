"""Compact labels of an exposure: a quadratic path, the layer and the validity on a coarse grid.

What networks are trained on; the exact paths stay with the exposure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from blurstudio.exposure.grids import FINEST_CELL

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.simulate.exposures import Exposure

STRIDE = FINEST_CELL


@dataclass(frozen=True, eq=False)
class Labels:
    """Labels of N exposures on a grid `STRIDE` times coarser than the pictures.

    Parameters
    ----------
    maps
        ``(N, 2, 2, h, w)``: a and b of u(t) = a t + b t^2, each (dx, dy) in px of the picture.
    layers
        ``(N, h, w)`` uint8: the layer that fills most of the cell.
    validity
        ``(N, h, w)`` uint8: 1 where every pixel of the cell is valid.
    """

    maps: Tensor
    layers: Tensor
    validity: Tensor


def labels(exposure: Exposure) -> Labels:
    """Reduce the exact paths of an exposure to labels.

    The path of a cell is the mean path of those of its pixels that belong to the cell's layer:
    paths of different layers are never mixed.

    Raises
    ------
    ValueError
        If height or width is not a multiple of `STRIDE`.
    """
    height, width = exposure.layers.shape[-2:]
    if height % STRIDE or width % STRIDE:
        raise ValueError(f"Labels need sides in multiples of {STRIDE}, not {width} x {height} px.")
    ids = exposure.layers
    most = int(ids.max())
    kinds = torch.arange(most + 1, device=ids.device).view(1, -1, 1, 1)
    members = (ids[:, None] == kinds).float()
    cover = functional.avg_pool2d(members, STRIDE)
    top = cover.argmax(dim=1)
    chosen = functional.interpolate(top[:, None].float(), scale_factor=STRIDE, mode="nearest")
    member = (ids[:, None] == chosen).float()
    share = functional.avg_pool2d(member, STRIDE)
    full = quadratic_fit(exposure.offsets)
    mean = functional.avg_pool2d((full * member[:, None]).flatten(1, 2), STRIDE) / share
    maps = mean.view(len(ids), 2, 2, *top.shape[-2:])
    validity = -functional.max_pool2d(-exposure.validity, STRIDE)[:, 0]
    return Labels(maps, top.to(torch.uint8), (validity > 0.5).to(torch.uint8))


def quadratic_fit(offsets: Tensor) -> Tensor:
    """Least-squares a and b of u(t) = a t + b t^2 for paths ``(N, T, 2, H, W)``.

    Returns
    -------
    Tensor
        ``(N, 2, 2, H, W)``: a and b, px.
    """
    count = offsets.shape[1]
    times = torch.linspace(-0.5, 0.5, count, dtype=torch.float64)
    solver = torch.linalg.pinv(torch.stack([times, times**2], dim=1))
    return torch.einsum("ct,ntdhw->ncdhw", solver.to(offsets), offsets)
