"""Restoring a whole photo: how large a tile may be, and what to do when a device has too little.

The tiles themselves are `engine.compute.tiles`; the network is handed in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.compute.tiles import run_tiled
from blurstudio.engine.sharp.guide import guide_for
from blurstudio.errors import MemoryBudgetError
from blurstudio.networks.guide import GUIDE_STRIDE
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.lanes.jobs import CancelToken, ProgressCallback
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import DeblurNet

BYTES_PER_PIXEL = {torch.bfloat16: 340, torch.float32: 450}
"""Working memory of the deblurring network per pixel of its input, at its peak. Measured on a CPU
with the shipped network: 318 at 0.9 megapixels and 288 at 2, float32 416."""

FEATHER = 32
LARGEST_TILE = 4096


def tile_for(compute: ComputeDevice) -> int:
    """Side in px of the largest square tile that a device's memory allows."""
    pixels = compute.memory_bytes // BYTES_PER_PIXEL.get(compute.dtype, 900)
    return max(1, min(math.isqrt(pixels), LARGEST_TILE))


def restore(
    srgb: Tensor,
    network: DeblurNet,
    compute: ComputeDevice,
    trajectory: Trajectory | None = None,
    *,
    progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Tensor:
    """Deblur a photo of any size.

    Parameters
    ----------
    srgb
        `(3, H, W)` on the CPU, sRGB-encoded `[0, 1]`.
    network
        A deblurring network on `compute`'s device, or whatever maps pictures and has its
        `multiple`, `margin` and `guided`.
    compute
        Where, in which precision and in how much memory to run it.
    trajectory
        The photo's paths; a guided network needs them.
    progress, cancel, on_note
        As for `run_tiled`.

    Returns
    -------
    Tensor
        `(3, H, W)` on the CPU, sRGB-encoded, clipped to `[0, 1]`.

    Raises
    ------
    MemoryBudgetError
        If not even the smallest tile fits into main memory.
    Cancelled
        If `cancel` says so.
    ValueError
        If a guided network is given no trajectory.
    """
    guide = None
    if network.guided:
        if trajectory is None:
            raise ValueError("a guided network needs the photo's trajectory")
        guide = guide_for(trajectory, (srgb.shape[-2], srgb.shape[-1])).cpu()

    def attempt(where: ComputeDevice) -> Tensor:
        def run(batch: Tensor, *guides: Tensor) -> Tensor:
            batch = batch.to(where.device, memory_format=torch.channels_last)
            return network(batch, *(each.to(where.device) for each in guides)).float().cpu()

        with where.inference():
            return run_tiled(
                run,
                srgb,
                tile=tile_for(where),
                margin=network.margin,
                multiple=network.multiple,
                feather=FEATHER,
                beside=guide,
                stride=GUIDE_STRIDE,
                progress=progress,
                cancel=cancel,
                on_note=on_note,
            ).clamp_(0, 1)

    try:
        sharp = attempt(compute)
    except MemoryBudgetError:
        if compute.device.type == "cpu":
            raise
    else:
        return _ordinary(sharp)
    if on_note is not None:
        on_note(
            sentence(
                "{device} has too little free memory, so the CPU did the work.", device=compute.name
            )
        )
    fallback = choose_device("cpu")
    network.to(fallback.device)
    try:
        return _ordinary(attempt(fallback))
    finally:
        network.to(compute.device)


def _ordinary(tensor: Tensor) -> Tensor:
    """Return the same memory as a tensor that may leave inference mode."""
    return torch.from_numpy(tensor.numpy())
