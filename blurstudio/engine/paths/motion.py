"""Estimating the motion of a whole photo: at a bounded scale and coarser ones, aligned last.

What restoration does with it, and which network it is, are decided elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.engine.compute.tiles import pad_to_multiple
from blurstudio.engine.paths.offsets import read_offsets
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.direction import align
from blurstudio.exposure.fusion import SCALES, MotionReading, fuse
from blurstudio.exposure.resample import reduced
from blurstudio.exposure.signfree import decode_sign_free
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.networks import OffsetNet
from blurstudio.networks.motion import MotionPrediction
from blurstudio.networks.motion import confidence as confidence_of
from blurstudio.sizes import MOTION_PIXELS, bounded_size, scaled_size

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.networks import MotionNet

_LEAST_SIDE = 64
"""Px below which a reduced picture shows too little of what surrounds a place."""


def estimate_motion(
    srgb: Tensor,
    network: MotionNet | OffsetNet,
    compute: ComputeDevice,
    max_pixels: int = MOTION_PIXELS,
) -> Trajectory:
    """Read the motion of a photo.

    Parameters
    ----------
    srgb
        `(3, H, W)`, sRGB-encoded `[0, 1]`, any size from 1 x 1.
    network
        A motion network on `compute`'s device, or whatever answers like it.
    compute
        Where and in which precision to run it.
    max_pixels
        Larger photos are reduced to about this many pixels first.

    Returns
    -------
    Trajectory
        Quadratic paths with confidence on the network's own grid, in px of the photo, on the CPU;
        of an offset network, see `engine.paths.offsets`.

    Raises
    ------
    ValueError
        If the shape is another.
    """
    if srgb.dim() != 3 or srgb.shape[0] != 3:
        raise ValueError(f"srgb must be (3, H, W), got {tuple(srgb.shape)}")
    size = (srgb.shape[-2], srgb.shape[-1])
    if isinstance(network, OffsetNet):
        return read_offsets(reduce_picture(srgb, max_pixels), network, compute).resized(size)
    with compute.inference():
        picture = reduce_picture(srgb, max_pixels).to(compute.device)
        seen = (picture.shape[-2], picture.shape[-1])
        code, error = fuse(read_scales(picture, network))
        fused = MotionPrediction(code[None], error.log()[None, None])
        sure = confidence_of(fused)[0, 0]
        maps = align(decode_sign_free(code).cpu(), sure.cpu())
    # Copies made outside inference mode: a refinement may ask them for gradients.
    return Trajectory(
        maps=maps.clone(),
        constraint=Constraint.QUADRATIC,
        size=seen,
        confidence=sure.cpu().clone().clamp_(0, 1),
    ).resized(size)


def read_scales(picture: Tensor, network: MotionNet) -> list[MotionReading]:
    """Ask a network about a picture at every scale that it has room for, the finest first.

    Parameters
    ----------
    picture
        `(3, H, W)` on the network's device, sRGB-encoded `[0, 1]`, any size from 1 x 1.
    network
        A motion network.
    """
    return [
        _read(shown_at(picture, scaled_size(picture.shape[-2:], scale)), network, scale)
        for scale in SCALES
        if scale == 1 or min(picture.shape[-2:]) * scale >= _LEAST_SIDE
    ]


def reduce_picture(srgb: Tensor, max_pixels: int) -> Tensor:
    """Reduce `(3, H, W)` to at most about `max_pixels`, keeping its shape; small ones stay."""
    return shown_at(srgb, bounded_size(srgb.shape[-2:], max_pixels))


def shown_at(srgb: Tensor, size: tuple[int, int]) -> Tensor:
    """Reduce `(3, H, W)` to (h, w) as motion networks are shown it, within `[0, 1]`."""
    return srgb if srgb.shape[-2:] == size else reduced(srgb, size).clamp_(0, 1)


def _read(picture: Tensor, network: MotionNet, scale: float) -> MotionReading:
    """Ask the network about a picture `(3, h, w)` of any size."""
    seen = (picture.shape[-2], picture.shape[-1])
    padded = pad_to_multiple(picture[None], network.multiple)
    prediction = network(padded)
    covered = (padded.shape[-2], padded.shape[-1])
    code, log_scale = (
        _on_own_grid(part.float(), covered, seen, network.stride)
        for part in (prediction.code, prediction.log_scale)
    )
    return MotionReading(scale, code, log_scale[0].exp())


def _on_own_grid(
    answer: Tensor, covered: tuple[int, int], seen: tuple[int, int], stride: int
) -> Tensor:
    """Take from an answer about a padded picture what speaks for the picture.

    Parameters
    ----------
    answer
        `(1, C, h, w)` over the padded picture.
    covered, seen
        (H, W) px of the padded picture and of the part of it that is picture.
    stride
        Pixels per cell.

    Returns
    -------
    Tensor
        `(C, h', w')`, cells of about `stride` px that together cover exactly the picture.
    """
    grid = (-(-seen[0] // stride), -(-seen[1] // stride))
    if covered == seen:
        return answer[0]
    y, x = (
        (torch.arange(cells, device=answer.device) + 0.5) * (2 * part / (cells * whole)) - 1
        for cells, part, whole in zip(grid, seen, covered, strict=True)
    )
    places = torch.stack(torch.meshgrid(x, y, indexing="xy"), dim=-1)[None]
    return F.grid_sample(answer, places, padding_mode="border", align_corners=False)[0]
