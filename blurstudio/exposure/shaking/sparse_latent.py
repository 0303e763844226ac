"""A window of a blurred picture, and the sharp one with few edges that a kernel makes of it.

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


class PeriodicWindow:
    """A grey window continued beyond its borders until it can be taken as periodic.

    Parameters
    ----------
    grey
        (h, w), encoded, [0, 1].
    margin
        How far it is continued beyond each border, px: at least half the side of the kernels that
        are tried, less than h and w.

    Attributes
    ----------
    size
        (H, W) of the periodic window.
    periodic
        (H, W).

    Raises
    ------
    ValueError
        If the window is no (h, w), or not larger than the margin.
    """

    def __init__(self, grey: Tensor, margin: int) -> None:
        if grey.dim() != 2 or min(grey.shape) <= margin:
            raise ValueError(
                f"a window must be (h, w) with sides above its margin of {margin} px, "
                f"got {tuple(grey.shape)}"
            )
        height, width = (_WHOLE * math.ceil((side + 2 * margin) / _WHOLE) for side in grey.shape)
        self.size = (height, width)
        mean = grey.mean()
        mirrored = F.pad((grey - mean)[None], (margin,) * 4, mode="reflect")[0]
        down, across = (_fade(side, margin).to(grey) for side in grey.shape)
        faded = mirrored * (down[:, None] * across)
        spare = (0, width - faded.shape[-1], 0, height - faded.shape[-2])
        self.periodic = mean + F.pad(faded, spare)
        self.spectrum = torch.fft.rfft2(self.periodic)
        step = grey.new_zeros(2, *self.size)
        step[:, 0, 0] = -1
        step[0, 0, -1] = step[1, -1, 0] = 1
        self.steepness = _power(torch.fft.rfft2(step)).sum(0)

    def transfer(self, kernel: Tensor) -> Tensor:
        """Spectrum (H, W/2 + 1) of a kernel (s, s), s odd, whose middle is no shift."""
        side = len(kernel)
        placed = kernel.new_zeros(self.size)
        placed[:side, :side] = kernel
        return torch.fft.rfft2(placed.roll((-(side // 2), -(side // 2)), (-2, -1)))


def sparse_latent(window: PeriodicWindow, kernel: Tensor, weight: float = EDGE_WEIGHT) -> Tensor:
    """Find the sharp window with few edges that a kernel blurs to the given one.

    Parameters
    ----------
    window
        The blurred window.
    kernel
        (s, s), s odd, sum 1.
    weight
        What an edge costs.

    Returns
    -------
    Tensor
        (H, W), periodic like the window.

    Notes
    -----
    Minimises |k * S - B|^2 + weight (number of pixels of S with a gradient) by splitting and
    rising pull, after Xu, Zheng and Jia 2013, "Unnatural L0 sparse representation".
    """
    transfer = window.transfer(kernel)
    power = _power(transfer)
    known = transfer.conj() * window.spectrum
    latent = window.periodic
    pull = 2 * weight
    while pull < _STRONGEST:
        across, down = differences(latent)
        kept = torch.addcmul(across.square(), down, down) >= weight / pull
        across, down = across.mul_(kept), down.mul_(kept)
        # The differences' transpose before the transform: one transform instead of two.
        edges = torch.fft.rfft2(_stepped_back(across).add_(_stepped_back(down.mT).mT))
        wanted = edges.mul_(pull).add_(known)
        # Divided as pairs of real numbers: torch divides complex ones by complex ones only.
        scale = torch.add(power, window.steepness, alpha=pull)
        torch.view_as_real(wanted).div_(scale[..., None])
        latent = torch.fft.irfft2(wanted, s=window.size)
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
    """Correlate gradients of two periodic windows.

    Parameters
    ----------
    first, second
        (2, H, W/2 + 1) spectra of differences across and down.
    size
        (H, W).
    reach
        Largest shift, px.

    Returns
    -------
    Tensor
        (2 reach + 1, 2 reach + 1): sum over x of first(x) second(x + d), no shift in the middle.
    """
    product = (first.conj() * second).sum(0)
    shifted = torch.fft.irfft2(product, s=size).roll((reach, reach), (0, 1))
    return shifted[: 2 * reach + 1, : 2 * reach + 1]


def _power(spectrum: Tensor) -> Tensor:
    return spectrum.real.square() + spectrum.imag.square()


def _fade(side: int, margin: int) -> Tensor:
    """One inside, falling smoothly to nothing over the margin at both ends, (side + 2 margin,)."""
    rise = torch.linspace(0, 1, margin + 2)[1:-1]
    rise = rise.square() * (3 - 2 * rise)
    return torch.cat([rise, torch.ones(side), rise.flip(0)])
