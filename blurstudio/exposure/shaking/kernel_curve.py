"""The path that drew a kernel: a curve through a small picture that has forgotten time.

Where a kernel is bright the path was slow, so a curve that draws the kernel tells speed as well;
which end came first stays open.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.basis import times
from blurstudio.exposure.shaking.curve_polish import polished
from blurstudio.exposure.shaking.drawing import drawn, smeared
from blurstudio.exposure.shaking.likeness import best_likeness, likeness

_WAVES = (2, 3, 5, 8)
"""Cosines that a curve may have, stage by stage: first where it runs, then how it shakes."""

_WIDTHS = (0.5, 0.25)
_FINE_WIDTHS = (1.0, 0.7)
"""Width of the pen at each stage: shares of the kernel's length, then px."""

_STARTS, _KEPT = 24, 3
"""Curves at the beginning, and those that are kept after a stage at least."""

_STEPS = 35
"""Steps of each stage. Twice the curves and half as many steps again draw kernels no better."""

_MOMENTS = 65
_ROUGHNESS = 1e-3
"""Cost of turning to and fro, beside a likeness of at most 1."""


def trace_kernel(kernel: Tensor) -> tuple[Tensor, float]:
    """Find a path that draws a kernel.

    Parameters
    ----------
    kernel
        (s, s), s odd, at least 0, not all 0.

    Returns
    -------
    path : Tensor
        (65, 2), (x, y) px of the content from the kernel's middle, evenly spaced in time; time may
        as well run the other way.
    likeness : float
        Normalised correlation of kernel and drawing, [0, 1], before the path was freed from its
        cosines: a smooth curve draws a right kernel, a free one draws mistakes as well.

    Raises
    ------
    ValueError
        If there is no kernel.

    Notes
    -----
    Many curves ascend the likeness, drawn with a wide pen first; the best get more freedom at the
    next stage. They always begin the same. The best one is freed at the end (`curve_polish`).
    """
    if kernel.dim() != 2 or kernel.shape[0] != kernel.shape[1] or not bool(kernel.max() > 0):
        raise ValueError(f"kernel must be (s, s) and hold something, got {tuple(kernel.shape)}")
    side = kernel.shape[0]
    middle, axis, length = _extent(kernel)
    draw = torch.Generator().manual_seed(0)
    moments = times(_MOMENTS) + 0.5
    waves = torch.randn(_STARTS, _WAVES[0] + 1, 2, generator=draw) * length / 2
    waves[:, 0] = middle
    waves[0, 1], waves[0, 2:] = axis * length, 0
    pens = [max(1.2, share * length) for share in _WIDTHS] + list(_FINE_WIDTHS)
    for count, pen in zip(_WAVES, pens, strict=True):
        waves = _freed(waves, count + 1, length, draw)
        cosines = torch.cos(math.pi * moments[:, None] * torch.arange(count + 1))
        steepness = torch.arange(count + 1).square().view(1, -1, 1)
        target = smeared(kernel, pen)
        waves = waves.requires_grad_(True)
        optimiser = torch.optim.Adam([waves], lr=0.3 if pen > 1 else 0.15)

        def worth(
            waves: Tensor,
            target: Tensor = target,
            pen: float = pen,
            cosines: Tensor = cosines,
            steepness: Tensor = steepness,
        ) -> Tensor:
            like = likeness(drawn(cosines @ waves, side, pen), target)
            rough = (steepness * waves).square().sum((1, 2)) / length**2
            return like - _ROUGHNESS * rough

        for _ in range(_STEPS):
            optimiser.zero_grad()
            (-worth(waves).sum()).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        with torch.no_grad():
            best = worth(waves).argsort(descending=True)[: max(_KEPT, len(waves) // 3)]
        waves = waves.detach()[best]
    path = cosines @ waves[0]
    drawing = drawn(path[None], side, _FINE_WIDTHS[-1])
    like = float(likeness(drawing, smeared(kernel, _FINE_WIDTHS[-1]))[0])
    return polished(path, kernel), like


def path_likeness(first: Tensor, second: Tensor) -> float:
    """Tell how alike two paths draw.

    Parameters
    ----------
    first, second
        (T, 2) px, evenly spaced in time; where they lie and which way they run plays no part.

    Returns
    -------
    float
        Normalised correlation of what a pen of 1 px draws along them, best over shifts, [0, 1].
    """
    middled = [_finely(path) for path in (first, second)]
    side = 2 * math.ceil(max(float(path.abs().max()) for path in middled)) + 9
    one, other = drawn(torch.stack(middled), side, 1.0)
    return float(best_likeness(one[None], other, (2 * side, 2 * side)))


def _finely(path: Tensor) -> Tensor:
    """Middle a path and give it so many moments, (257, 2), that the pen draws a line."""
    fine = F.interpolate(path.T[None], 257, mode="linear", align_corners=True)[0].T
    return fine - fine.mean(0)


def _extent(kernel: Tensor) -> tuple[Tensor, Tensor, float]:
    """Middle (2,), long axis (2,) and about half the length of a kernel, px."""
    place = torch.arange(kernel.shape[0], dtype=kernel.dtype) - kernel.shape[0] // 2
    y, x = torch.meshgrid(place, place, indexing="ij")
    share = kernel / kernel.sum()
    middle = torch.stack([(share * x).sum(), (share * y).sum()])
    apart = torch.stack([x - middle[0], y - middle[1]])
    spread = torch.einsum("yx,iyx,jyx->ij", share, apart, apart)
    values, vectors = torch.linalg.eigh(spread)
    return middle, vectors[:, 1], max(1.0, 2 * math.sqrt(max(float(values[1]), 0.0)))


def _freed(waves: Tensor, count: int, length: float, draw: torch.Generator) -> Tensor:
    """Give curves more cosines, and each a slightly perturbed copy."""
    if waves.shape[1] >= count:
        return waves
    waves = F.pad(waves, (0, 0, 0, count - waves.shape[1]))
    shaken = torch.randn(waves.shape, generator=draw) * 0.1 * length
    return torch.cat([waves, waves + shaken / (1 + torch.arange(count)).view(1, -1, 1)])
