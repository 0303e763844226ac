"""The blur kernel of a picture that moved as one, read from the picture alone.

A hand that shakes draws kernels that no line and no parabola follows. Which path drew a kernel
is asked in `kernel_curve`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.resample import reduced
from blurstudio.exposure.shaking.sparse_latent import (
    EDGE_WEIGHT,
    PeriodicWindow,
    correlated,
    differences,
    sparse_latent,
)
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from collections.abc import Callable

_RATIO = math.sqrt(0.5)
"""Size of each level over that of the next finer one."""

_SMALLEST = 5
"""Side of the kernel at the coarsest size, px."""

_ROUNDS = 5
"""Times at each level that the sharp window is found for the kernel, and the kernel for it."""

_DAMPING = 5e-5
"""Gradient energy per pixel of the window (encoded grey) at which a frequency counts for half: it
grows with the window (decision 30)."""

_FAINT = 0.05
_LONELY = 0.1
"""Kernel values below this share of the largest, and pieces below this share of all, are noise."""

_SLOWER, _LEAST_WEIGHT = 1.1, 1e-4
"""What an edge costs is divided by this after every round, down to a least cost: at first only the
strongest edges tell the kernel."""


def estimate_kernel(
    grey: Tensor, side: int, on_step: Callable[[float], None] | None = None
) -> Tensor:
    """Estimate the kernel of a window that moved as one.

    From coarse to fine, the sharp window with few edges is found for the kernel so far, and then
    the kernel that blurs the one to the other.

    Parameters
    ----------
    grey
        (h, w), encoded, [0, 1], sides above `side`.
    side
        Side of the kernel, px, odd: room for all of its path.
    on_step
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Tensor
        (side, side), at least 0, sum 1, its centre of mass in the middle.

    Raises
    ------
    ValueError
        If a shape does not fit.

    Notes
    -----
    After Xu, Zheng and Jia 2013, "Unnatural L0 sparse representation for natural image deblurring".
    """
    if grey.dim() != 2 or side % 2 == 0:
        raise ValueError(f"needs (h, w) and an odd side, got {tuple(grey.shape)} and {side}")
    coarsest = max(0, math.floor(math.log(_SMALLEST / side, _RATIO)))
    kernel = grey.new_tensor([[0, 0, 0], [0.5, 0.5, 0], [0, 0, 0]])
    weight = EDGE_WEIGHT
    for level in range(coarsest, -1, -1):
        scale = _RATIO**level
        part = reduced(grey[None], scaled_size(grey.shape, scale))[0]
        here = max(3, round(side * scale) | 1)
        kernel = _resized(kernel, here)
        window = PeriodicWindow(part, here)
        blurred = torch.fft.rfft2(torch.stack(differences(window.periodic)))
        damping = _DAMPING * grey.numel()
        for turn in range(_ROUNDS):
            latent = sparse_latent(window, kernel, weight)
            sharp = torch.fft.rfft2(torch.stack(differences(latent)))
            energy = (sharp.real.square() + sharp.imag.square()).sum(0)
            seen = blurred / (energy + damping)
            kernel = _cleaned(correlated(sharp, seen, window.size, here // 2))
            weight = max(weight / _SLOWER, _LEAST_WEIGHT)
            if on_step is not None:
                done = coarsest - level + (turn + 1) / _ROUNDS
                on_step(done / (coarsest + 1))
        kernel = _centred(kernel)
    return kernel


def _resized(kernel: Tensor, side: int) -> Tensor:
    wider = F.interpolate(kernel[None, None], (side, side), mode="bicubic")[0, 0].clamp(min=0)
    return wider / wider.sum()


def _cleaned(kernel: Tensor) -> Tensor:
    """Drop what is negative, faint, or lies apart from the rest."""
    kernel = kernel.clamp(min=0)
    kernel = kernel.where(kernel >= _FAINT * kernel.max(), kernel.new_zeros(()))
    total = float(kernel.sum())
    if not total > 0:
        middle = torch.zeros_like(kernel)
        middle[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1
        return middle
    values = kernel.numpy()
    _, pieces = cv2.connectedComponents((values > 0).astype(np.uint8), connectivity=8)
    weights = np.bincount(pieces.ravel(), weights=values.ravel())
    lonely = torch.from_numpy(np.flatnonzero(weights < _LONELY * total))
    kept = kernel.masked_fill(torch.isin(torch.from_numpy(pieces), lonely), 0)
    return kept / kept.sum() if float(kept.sum()) > 0 else kernel / total


def _centred(kernel: Tensor) -> Tensor:
    """Bring the centre of mass to the middle, by whole pixels: blind kernels drift."""
    place = torch.arange(kernel.shape[0]) - kernel.shape[0] // 2
    down, across = (round(float((kernel.sum(axis) * place).sum())) for axis in (1, 0))
    return kernel.roll((-down, -across), (0, 1))
