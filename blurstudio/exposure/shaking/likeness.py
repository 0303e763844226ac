"""How much kernels are like each other: their normalised correlation, in place or best over shifts.

How paths are drawn as kernels is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

_TINY = 1e-12


def likeness(drawings: Tensor, kernel: Tensor) -> Tensor:
    """Compare drawings with a kernel where they lie. Differentiable in both.

    Parameters
    ----------
    drawings
        (M, s, s), at least 0.
    kernel
        (s, s), at least 0.

    Returns
    -------
    Tensor
        (M,), [0, 1]; 1 means equal but for brightness.
    """
    return (drawings * kernel).sum((-1, -2)) / _norms(drawings, kernel)


def best_likeness(drawings: Tensor, kernel: Tensor, size: Sequence[int]) -> Tensor:
    """Compare drawings with a kernel, wherever they lie.

    Parameters
    ----------
    drawings
        (M, h, w), at least 0.
    kernel
        (h', w'), at least 0.
    size
        (H, W) of the transforms, at least h + h' - 1 and w + w' - 1: what is shifted out on one
        side must not come in on the other.

    Returns
    -------
    Tensor
        (M,), [0, 1], best over all shifts by whole px; 1 means equal but for brightness and place.
    """
    product = torch.fft.rfft2(drawings, s=size) * torch.fft.rfft2(kernel, s=size).conj()
    correlation = torch.fft.irfft2(product, s=size).flatten(1).amax(1)
    return correlation / _norms(drawings, kernel)


def _norms(drawings: Tensor, kernel: Tensor) -> Tensor:
    norms: Tensor = drawings.flatten(1).norm(dim=1) * kernel.norm() + _TINY
    return norms
