"""How well paths near given ones explain windows of a blurred picture: evidence, not yet a verdict.

Every window is deconvolved along several hypothetical paths. Along the true one few edges are left,
as in any sharp picture; along others ringing makes many. A network decides what follows.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.beside import beside_each_other
from blurstudio.exposure.basis import times, trapezoid_weights
from blurstudio.exposure.survey.hypotheses import HYPOTHESES
from blurstudio.exposure.survey.path_windows import SIDE, levels, path_windows
from blurstudio.exposure.survey.survey_frames import survey_frames

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.exposure.trajectory import Trajectory

CELL = 32
"""Pixels of the picture per cell of a survey; its sides are multiples of this."""

LENGTHS = (14.0, 7.0)
"""Px that every straight path gets in the windows: shorter ones see more of what lies around."""

STATISTICS = 6
"""Numbers that are kept of a window deconvolved along one path."""

SHORTEST = 2.0
"""Px of a straight path below which windows tell nothing of its bend."""

_EDGE = 8
"""Px over which windows fade in at their borders."""

_MOMENTS = 49
_NOISE = 0.004
"""Power of the noise that Wiener's filter assumes, as a share of a window's: bounds its gain."""

_ROUNDED = (1e-9, 1e-6, 1e-4)
"""Floors of the three means of gradients: below them there is only rounding."""

_TOGETHER = 8
"""Windows that a processor works on together: more of them leave its cache."""

_MANY = 512
"""Windows that a GPU works on together."""


@dataclass(frozen=True, eq=False)
class PathSurvey:
    """What windows of a picture say of paths near the given ones.

    Parameters
    ----------
    evidence
        (K, S, M, F, h, w): for each vector that paths were tried around, length, hypothesis and
        cell, the logarithms of the root mean square, the mean and the mean root of the deconvolved
        window's gradients along and across.
    straight, about
        (K, 2, h, w) and (K, 5, h, w), px: these vectors, and what is known of them, see
        `survey_frames`.
    """

    evidence: Tensor
    straight: Tensor
    about: Tensor


def survey_paths(
    grey: Tensor,
    trajectory: Trajectory,
    spread: Tensor | None = None,
    on_step: Callable[[float], None] | None = None,
) -> PathSurvey:
    """Try paths near given ones on all windows of a picture.

    Parameters
    ----------
    grey
        (H, W), encoded, [0, 1], sides multiples of `CELL`; the work is done on its device.
    trajectory
        Its paths, of any family; only their ends and their confidence are looked at.
    spread
        (4, h, w) px of the picture: how far paths spread (`spread.spread_of`), and the expected
        error of that. Left out, it is taken from the paths.
    on_step
        Called with the fraction done. What it raises ends the work.

    Raises
    ------
    ValueError
        If the sides are no such multiples.
    """
    size = (grey.shape[-2], grey.shape[-1])
    if grey.dim() != 2 or not min(size) or any(side % CELL for side in size):
        raise ValueError(f"grey must be (H, W) of multiples of {CELL}, got {tuple(grey.shape)}")
    grid = (size[0] // CELL, size[1] // CELL)
    straight, about = (
        each.to(grey.device) for each in survey_frames(trajectory.resized(size), grid, spread)
    )
    sizes, centres = levels(grey), _centres(size).to(grey)

    def survey_near(vectors: Tensor, told: Callable[[float], None]) -> Tensor:
        found = _evidence(sizes, centres, vectors.flatten(1).T, told)
        return found.reshape(*found.shape[:-1], *grid)

    evidence = beside_each_other([partial(survey_near, each) for each in straight], on_step)
    return PathSurvey(torch.stack(evidence), straight, about)


def _evidence(
    sizes: list[Tensor], centres: Tensor, vectors: Tensor, told: Callable[[float], None]
) -> Tensor:
    """Try paths near vectors (N, 2) px on the windows around centres, (S, M, F, N)."""
    device = vectors.device
    together = _TOGETHER if device.type == "cpu" else _MANY
    found = []
    for number, length in enumerate(LENGTHS):
        tried = _deconvolution(length).to(device)
        kept = []
        for first in range(0, len(vectors), together):
            some = slice(first, first + together)
            windows = path_windows(sizes, centres[some], vectors[some], length)
            kept.append(_statistics(windows, tried))
            told((number + min(some.stop, len(vectors)) / len(vectors)) / len(LENGTHS))
        found.append(torch.cat(kept).permute(1, 2, 0))
    return torch.stack(found)


def _centres(size: tuple[int, int]) -> Tensor:
    """X and y of the cells' middles, (h w, 2) px."""
    down, right = (torch.arange(CELL / 2, side, CELL) for side in size)
    return torch.cartesian_prod(down, right).flip(1)


def _statistics(windows: Tensor, tried: Tensor) -> Tensor:
    """Statistics (N, M, F) of windows (N, side, side), deconvolved in all ways (M, ...)."""
    taper, weight = _frame(windows.device)
    centred = windows - (windows * weight).sum((1, 2), keepdim=True)
    sharp = torch.fft.irfft2(torch.fft.rfft2(centred * taper)[:, None] * tried, s=(SIDE, SIDE))
    kept = []
    counts = weight[:, 1:-1]
    for way in (sharp, sharp.mT):
        size = (way[..., 2:] - way[..., :-2]).abs_().div_(2)
        square, mean, root = (
            (power * counts).sum((-1, -2)) + floor
            for power, floor in zip((size.square(), size, size.sqrt()), _ROUNDED, strict=True)
        )
        kept += [square.log() / 2, mean.log(), 2 * root.log()]
    return torch.stack(kept, -1)


@cache
def _deconvolution(length: float) -> Tensor:
    """Wiener filters along all hypotheses near (length, 0), (M, side, side / 2 + 1)."""
    back, bend, stretch, turn = torch.tensor([astuple(h) for h in HYPOTHESES]).T[..., None]
    moments = times(_MOMENTS)
    # Less its mean: where a window's content lies, the window can't tell.
    even = moments.square() - 1 / 12
    straight = stretch.exp() * moments
    x = length * (straight * turn.cos() + back * even)
    y = length * (straight * turn.sin() + bend * even)
    down = torch.fft.fftfreq(SIDE) * (2 * math.pi)
    right = torch.fft.rfftfreq(SIDE) * (2 * math.pi)
    shares = trapezoid_weights(_MOMENTS)[:, None]
    # A wave along a slanted direction is the product of one along x and one along y. Content
    # lies at minus the offset, and a shift by s turns the phase by minus that.
    x, y = x[..., None] * right, down[:, None] * y[:, None]
    transfer = torch.complex(y.cos(), y.sin()) @ torch.complex(x.cos() * shares, x.sin() * shares)
    return transfer.conj() / (transfer.real.square() + transfer.imag.square() + _NOISE)


@cache
def _frame(device: torch.device) -> tuple[Tensor, Tensor]:
    """Return the windows' taper and the weight of their pixels, (side, side) each."""
    taper = torch.ones(SIDE, device=device)
    rise = (0.5 - 0.5 * torch.cos(math.pi * (torch.arange(_EDGE) + 0.5) / _EDGE)).to(device)
    taper[:_EDGE], taper[-_EDGE:] = rise, rise.flip(0)
    hann = torch.hann_window(SIDE + 2, periodic=False, device=device)[1:-1]
    weight = hann[:, None] * hann
    return taper[:, None] * taper, weight / weight.sum()
