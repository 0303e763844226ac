"""How well paths near given ones explain windows of a blurred picture: evidence, not yet a verdict.

Every window is deconvolved along several hypothetical paths. Along the true one few edges are left,
as in any sharp picture; along others ringing makes many. What a network makes of it is its own.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from functools import cache
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.alignment import coherent_signs
from blurstudio.exposure.basis import times, trapezoid_weights
from blurstudio.exposure.confidence import STILL, confidence_for, expected_error
from blurstudio.exposure.hypotheses import HYPOTHESES
from blurstudio.exposure.path_windows import SIDE, levels, path_windows
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.signfree import encode_sign_free, half_angle
from blurstudio.exposure.spread import axes_of, spread_of

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
_MOMENTS = 49
_NOISE = 0.004
"""Power of what is taken for noise, as a share of a window's: bounds what deconvolution raises."""

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
    evidence : Tensor
        (S, M, F, h, w): for length, hypothesis and cell the logarithms of the root mean square, the
        mean and the mean root of the deconvolved window's gradients along and across the path.
    straight : Tensor
        (2, h, w), px: a of the given paths, directions made to agree.
    about : Tensor
        (5, h, w), px: its expected error; how far the main axis of the paths' spread goes along a
        and across it, the length of the minor axis, and the expected error of those.
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
    grey : Tensor
        (H, W), encoded, [0, 1], sides multiples of `CELL`; the work is done on its device.
    trajectory : Trajectory
        Its paths, of any family; only their ends and their confidence are looked at.
    spread : Tensor, optional
        (4, h, w) px of the picture: how far paths spread (`spread.spread_of`), and the expected
        error of that. Left out, it is taken from the paths.
    on_step : callable, optional
        Called with the fraction done. What it raises ends the work.

    Raises
    ------
    ValueError
        If the sides are no such multiples.
    """
    size = (grey.shape[-2], grey.shape[-1])
    if grey.dim() != 2 or not min(size) or any(side % CELL for side in size):
        raise ValueError(f"grey must be (H, W) of multiples of {CELL}, got {tuple(grey.shape)}")
    straight, about = (each.to(grey.device) for each in _on_cells(trajectory.resized(size), spread))
    together = _TOGETHER if grey.device.type == "cpu" else _MANY
    flat, centres = straight.flatten(1).T, _centres(size).to(grey)
    sizes = levels(grey)
    found = []
    for number, length in enumerate(LENGTHS):
        tried = _deconvolution(length).to(grey.device)
        kept = []
        for first in range(0, len(flat), together):
            some = slice(first, first + together)
            windows = path_windows(sizes, centres[some], flat[some], length)
            kept.append(_statistics(windows, tried))
            if on_step is not None:
                on_step((number + min(some.stop, len(flat)) / len(flat)) / len(LENGTHS))
        found.append(torch.cat(kept).permute(1, 2, 0))
    grid = about.shape[1:]
    evidence = torch.stack(found).view(len(LENGTHS), len(HYPOTHESES), STATISTICS, *grid)
    return PathSurvey(evidence, straight, about)


def _centres(size: tuple[int, int]) -> Tensor:
    """X and y of the cells' middles, (h w, 2) px."""
    down, right = (torch.arange(CELL / 2, side, CELL) for side in size)
    return torch.cartesian_prod(down, right).flip(1)


def _on_cells(given: Trajectory, spread: Tensor | None) -> tuple[Tensor, Tensor]:
    """Bring straight parts (2, h, w) and what is known besides (5, h, w) to a survey's cells."""
    maps = as_quadratic(given)
    code = encode_sign_free(maps)[:2]
    sure = given.confidence
    if sure is None:
        sure = torch.full_like(code[0], 0.5)
    error = expected_error(code.norm(dim=0), sure)
    spread = torch.cat([spread_of(maps), error[None]]) if spread is None else spread.to(maps)
    grid = (given.size[0] // CELL, given.size[1] // CELL)
    code, error, spread = (
        F.adaptive_avg_pool2d(each[None], grid)[0] for each in (code, error[None], spread)
    )
    straight = half_angle(code)
    length = straight.norm(dim=0)
    x, y = straight / length.clamp(min=STILL)
    straight = straight * coherent_signs(straight, confidence_for(length, error[0]))
    main, minor = axes_of(spread[:3])
    along, across = (main[0] * x + main[1] * y).abs(), (main[1] * x - main[0] * y).abs()
    return straight, torch.stack([error[0], along, across, minor, spread[3]])


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
