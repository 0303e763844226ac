"""Windows of a blurred picture, and the sharp ones with few edges that kernels make of them.

Which kernel is right is asked elsewhere: among all that explain a window, the right one is the one
whose sharp picture needs the fewest edges.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

EDGE_WEIGHT = 1e-2
"""What an edge costs beside squared errors of pixels; encoded grey, [0, 1]."""

_STRONGEST = 8.0
"""Pull of the few edges on the picture at which the descent ends. From there to 1e5 the kernels of
32 recorded shakes came out no better."""

_WHOLE = 16
"""Sides of transforms are multiples of this: others take up to three times as long."""


class Windows:
    """Grey windows continued beyond their borders until they can be taken as periodic.

    Parameters
    ----------
    grey : Tensor
        (N, h, w), encoded, [0, 1].
    reach : int
        How far kernels reach from their middle, px; less than h and w.

    Attributes
    ----------
    size : tuple of int
        (H, W) of the periodic windows.
    periodic : Tensor
        (N, H, W).

    Raises
    ------
    ValueError
        If the windows are no (N, h, w) or not larger than the reach.
    """

    def __init__(self, grey: Tensor, reach: int) -> None:
        if grey.dim() != 3 or min(grey.shape[-2:]) <= reach:
            raise ValueError(
                f"windows must be (N, h, w) with sides above their reach of {reach} px, "
                f"got {tuple(grey.shape)}"
            )
        self.inner = (grey.shape[-2], grey.shape[-1])
        self.reach = reach
        height, width = (_WHOLE * math.ceil((side + 2 * reach) / _WHOLE) for side in self.inner)
        self.size = (height, width)
        mean = grey.mean((-1, -2), keepdim=True)
        mirrored = F.pad((grey - mean)[:, None], (reach,) * 4, mode="reflect")[:, 0]
        down, across = (_fade(side, reach).to(grey) for side in self.inner)
        faded = mirrored * (down[:, None] * across)
        spare = (0, width - faded.shape[-1], 0, height - faded.shape[-2])
        self.periodic = mean + F.pad(faded, spare)
        self.spectrum = torch.fft.rfft2(self.periodic)
        step = grey.new_zeros(2, *self.size)
        step[:, 0, 0] = -1
        step[0, 0, -1] = step[1, -1, 0] = 1
        self.steepness = _power(torch.fft.rfft2(step)).sum(0)

    def transfer(self, kernels: Tensor) -> Tensor:
        """Spectra (..., H, W/2 + 1) of kernels (..., s, s), s odd, whose middle is no shift."""
        side = kernels.shape[-1]
        placed = kernels.new_zeros(*kernels.shape[:-2], *self.size)
        placed[..., :side, :side] = kernels
        return torch.fft.rfft2(placed.roll((-(side // 2), -(side // 2)), (-2, -1)))


def sparse_latent(windows: Windows, kernels: Tensor, weight: float = EDGE_WEIGHT) -> Tensor:
    """Find the sharp windows with few edges that blur to the given ones.

    Parameters
    ----------
    windows : Windows
        N of them.
    kernels : Tensor
        (N, M, s, s), M guesses for each window, each with the sum 1.
    weight : float
        What an edge costs.

    Returns
    -------
    Tensor
        (N, M, H, W), periodic like the windows.

    Notes
    -----
    Minimises |k * S - B|^2 + weight (number of pixels of S with a gradient) by splitting and
    rising pull, after Xu, Zheng and Jia 2013, "Unnatural L0 sparse representation".
    """
    transfer = windows.transfer(kernels)
    power = _power(transfer)
    known = transfer.conj() * windows.spectrum[:, None]
    latent = windows.periodic[:, None].expand(*kernels.shape[:2], *windows.size)
    pull = 2 * weight
    while pull < _STRONGEST:
        across, down = differences(latent)
        kept = torch.addcmul(across.square(), down, down) >= weight / pull
        across, down = across.mul_(kept), down.mul_(kept)
        # The differences' transpose before the transform: one transform instead of two.
        edges = torch.fft.rfft2(_stepped_back(across).add_(_stepped_back(down.mT).mT))
        wanted = edges.mul_(pull).add_(known)
        # Divided as pairs of real numbers: torch divides complex ones by complex ones only.
        scale = torch.add(power, windows.steepness, alpha=pull)
        torch.view_as_real(wanted).div_(scale[..., None])
        latent = torch.fft.irfft2(wanted, s=windows.size)
        pull *= 2
    return latent


def differences(picture: Tensor) -> tuple[Tensor, Tensor]:
    """Differences to the next pixel, across and down, of a periodic (..., H, W)."""
    return _stepped(picture), _stepped(picture.mT).mT


def _stepped(picture: Tensor) -> Tensor:
    """Next column less this one; `picture.roll(-1, -1) - picture` without the copy."""
    steps = torch.empty_like(picture, memory_format=torch.preserve_format)
    torch.sub(picture[..., 1:], picture[..., :-1], out=steps[..., :-1])
    torch.sub(picture[..., :1], picture[..., -1:], out=steps[..., -1:])
    return steps


def _stepped_back(steps: Tensor) -> Tensor:
    """Transpose of `_stepped`: `steps.roll(1, -1) - steps` without the copy."""
    picture = torch.empty_like(steps, memory_format=torch.preserve_format)
    torch.sub(steps[..., :-1], steps[..., 1:], out=picture[..., 1:])
    torch.sub(steps[..., -1:], steps[..., :1], out=picture[..., :1])
    return picture


def correlated(first: Tensor, second: Tensor, size: tuple[int, int], reach: int) -> Tensor:
    """Correlate gradients of windows.

    Parameters
    ----------
    first, second : Tensor
        (..., 2, H, W/2 + 1) spectra of differences across and down.
    size : tuple of int
        (H, W).
    reach : int
        Largest shift, px.

    Returns
    -------
    Tensor
        (..., 2 reach + 1, 2 reach + 1): sum over x of first(x) second(x + d), no shift in the
        middle.
    """
    product = (first.conj() * second).sum(-3)
    shifted = torch.fft.irfft2(product, s=size).roll((reach, reach), (-2, -1))
    return shifted[..., : 2 * reach + 1, : 2 * reach + 1]


def _power(spectrum: Tensor) -> Tensor:
    return spectrum.real.square() + spectrum.imag.square()


def _fade(side: int, reach: int) -> Tensor:
    """One inside, falling smoothly to nothing over the reach at both ends, (side + 2 reach,)."""
    rise = torch.linspace(0, 1, reach + 2)[1:-1]
    rise = rise.square() * (3 - 2 * rise)
    return torch.cat([rise, torch.ones(side), rise.flip(0)])
