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
from blurstudio.exposure.direction import decode_sign_free, encode_sign_free
from blurstudio.exposure.quadratic import as_quadratic

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.exposure.trajectory import Trajectory

CELL = 32
"""Pixels of the picture per cell of a survey; its sides are multiples of this."""

SCALES = (1.0, 0.5, 0.25)
"""Scales at which windows are taken: long paths fit into a window of a smaller picture."""

STATISTICS = 6
"""Numbers that are kept of a window deconvolved along one path."""

_WINDOW, _EDGE = 64, 8
_MOMENTS = 25
_NOISE = 0.004
"""Power of what is taken for noise, as a share of a window's: bounds what deconvolution raises."""

_ROUNDED = (1e-9, 1e-6, 1e-4)
"""Floors of the three means of gradients: below them there is only rounding."""

_TOGETHER = 4
"""Windows that a processor works on together: more of them leave its cache."""

_MANY = 512
"""Windows that a GPU works on together."""

_STILL = 0.5
"""Px of expected error that confidence takes for granted (`networks.motion.confidence`)."""


@dataclass(frozen=True)
class Hypothesis:
    """A path near a straight one of length l.

    Parameters
    ----------
    along, across : float
        Bend b of u = a t + b t^2 along a and a quarter turn from it, as shares of l.
    stretch : float
        Natural logarithm of how much longer than l it is.
    turn : float
        Angle from the given path, radians, from x towards y.
    """

    along: float = 0.0
    across: float = 0.0
    stretch: float = 0.0
    turn: float = 0.0


_FAR, _NEAR, _ASLANT = 0.9, 0.45, 0.7
HYPOTHESES = (
    Hypothesis(),
    *(Hypothesis(along=bend) for bend in (-_FAR, -_NEAR, _NEAR, _FAR)),
    *(Hypothesis(across=bend) for bend in (-_FAR, -_NEAR, _NEAR, _FAR)),
    *(Hypothesis(one, other) for one in (-_ASLANT, _ASLANT) for other in (-_ASLANT, _ASLANT)),
    *(Hypothesis(stretch=math.log(factor)) for factor in (0.75, 1.3)),
    *(Hypothesis(turn=angle) for angle in (-0.25, 0.25)),
)
"""What is tried: the given path, bends, lengths and directions near it."""

MIRRORED = tuple(
    HYPOTHESES.index(Hypothesis(h.along, -h.across, h.stretch, -h.turn)) for h in HYPOTHESES
)
"""Which hypothesis takes the place of which in a mirrored picture."""

REVERSED = tuple(
    HYPOTHESES.index(Hypothesis(-h.along, -h.across, h.stretch, h.turn)) for h in HYPOTHESES
)
"""The same where the given paths are read backwards."""


@dataclass(frozen=True, eq=False)
class PathSurvey:
    """What windows of a picture say of paths near the given ones.

    Parameters
    ----------
    evidence : Tensor
        (S, M, F, h, w): for scale, hypothesis and cell the logarithms of the root mean square, the
        mean and the mean root of the deconvolved window's gradients along and across the path.
    straight : Tensor
        (2, h, w), px: a of the given paths, directions made to agree.
    error : Tensor
        (h, w), px: its expected error.
    """

    evidence: Tensor
    straight: Tensor
    error: Tensor


def survey_paths(
    grey: Tensor,
    trajectory: Trajectory,
    on_step: Callable[[float], None] | None = None,
) -> PathSurvey:
    """Try paths near given ones on all windows of a picture.

    Parameters
    ----------
    grey : Tensor
        (H, W), encoded, [0, 1], sides multiples of `CELL`; the work is done on its device.
    trajectory : Trajectory
        Its paths, of any family; only their ends and their confidence are looked at.
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
    straight, error = (each.to(grey.device) for each in _on_cells(trajectory.resized(size)))
    together = _TOGETHER if grey.device.type == "cpu" else _MANY
    flat = straight.flatten(1).T
    levels = []
    for number, scale in enumerate(SCALES):
        part = grey
        if scale < 1:
            part = F.interpolate(grey[None, None], scale_factor=scale, mode="area")[0, 0]
        windows = _windows(part, round(CELL * scale)).flatten(0, 1)
        found = []
        for first in range(0, len(windows), together):
            some = slice(first, first + together)
            found.append(_statistics(windows[some], flat[some] * scale))
            if on_step is not None:
                on_step((number + (first + len(found[-1])) / len(windows)) / len(SCALES))
        levels.append(torch.cat(found).permute(1, 2, 0))
    evidence = torch.stack(levels).view(len(SCALES), len(HYPOTHESES), STATISTICS, *error.shape)
    return PathSurvey(evidence, straight, error)


def _on_cells(given: Trajectory) -> tuple[Tensor, Tensor]:
    """Straight part (2, h, w) of paths on the survey's cells and its expected error (h, w), px."""
    code = encode_sign_free(as_quadratic(given))
    sure = given.confidence
    if sure is None:
        sure = torch.full_like(code[0], 0.5)
    error = (code[:2].norm(dim=0) + _STILL) * (1 / sure.clamp(0.02, 0.98) - 1)
    grid = (given.size[0] // CELL, given.size[1] // CELL)
    code, error = (F.adaptive_avg_pool2d(each[None], grid)[0] for each in (code, error[None]))
    straight = decode_sign_free(code)[0]
    length = straight.norm(dim=0) + _STILL
    signs = coherent_signs(straight, length / (length + error[0]))
    return straight * signs, error[0]


def _windows(grey: Tensor, hop: int) -> Tensor:
    """Windows (h, w, side, side) around every `hop`-th pixel."""
    beyond = (_WINDOW - hop) // 2
    padded = F.pad(grey[None, None], (beyond,) * 4, mode="replicate")[0, 0]
    return padded.unfold(0, _WINDOW, hop).unfold(1, _WINDOW, hop)


def _statistics(windows: Tensor, straight: Tensor) -> Tensor:
    """Statistics (N, M, F) of windows (N, side, side) deconvolved along paths near (N, 2)."""
    down, right, taper, weight = _frame(windows.device)
    centred = windows - (windows * weight).sum((1, 2), keepdim=True)
    seen = torch.fft.rfft2(centred * taper)[:, None]
    transfer = _transfer(straight, down, right)
    sharp = transfer.conj() * seen / (transfer.real.square() + transfer.imag.square() + _NOISE)
    x, y = (straight / straight.norm(dim=1, keepdim=True).clamp(min=1e-3)).T[..., None, None]
    slope_x, slope_y = right.sin(), down.sin()[:, None]
    kept = []
    for slope in (x * slope_x + y * slope_y, x * slope_y - y * slope_x):
        derivative = torch.complex(torch.zeros_like(slope), slope)[:, None]
        size = torch.fft.irfft2(sharp * derivative, s=(_WINDOW, _WINDOW)).abs()
        square, mean, root = (
            (power * weight).sum((-1, -2)) + floor
            for power, floor in zip((size.square(), size, size.sqrt()), _ROUNDED, strict=True)
        )
        kept += [square.log() / 2, mean.log(), 2 * root.log()]
    return torch.stack(kept, -1)


def _transfer(straight: Tensor, down: Tensor, right: Tensor) -> Tensor:
    """Return what paths near (N, 2) do to a window's spectrum, (N, M, side, side / 2 + 1)."""
    along, across, stretch, turn = straight.new_tensor([astuple(h) for h in HYPOTHESES]).T
    aside = torch.stack([-straight[:, 1], straight[:, 0]], 1)[:, None]
    given = straight[:, None]
    turned = given * turn.cos()[:, None] + aside * turn.sin()[:, None]
    bend = along[:, None] * given + across[:, None] * aside
    moments = times(_MOMENTS).to(straight)[:, None]
    # Less its mean: where a window's content lies, the window can't tell.
    even = moments.square() - 1 / 12
    paths = (turned * stretch.exp()[:, None])[:, :, None] * moments + bend[:, :, None] * even
    shares = trapezoid_weights(_MOMENTS).to(straight)[:, None]
    # A wave along a slanted direction is the product of one along x and one along y. Content
    # lies at minus the offset, and a shift by s turns the phase by minus that.
    x, y = paths[..., 0, None] * right, down[:, None] * paths[..., None, :, 1]
    return torch.complex(y.cos(), y.sin()) @ torch.complex(x.cos() * shares, x.sin() * shares)


@cache
def _frame(device: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Frequencies down and right (radians per px), the windows' taper and the weight of pixels."""
    down = torch.fft.fftfreq(_WINDOW, device=device) * (2 * math.pi)
    right = torch.fft.rfftfreq(_WINDOW, device=device) * (2 * math.pi)
    taper = torch.ones(_WINDOW, device=device)
    rise = (0.5 - 0.5 * torch.cos(math.pi * (torch.arange(_EDGE) + 0.5) / _EDGE)).to(device)
    taper[:_EDGE], taper[-_EDGE:] = rise, rise.flip(0)
    hann = torch.hann_window(_WINDOW + 2, periodic=False, device=device)[1:-1]
    weight = hann[:, None] * hann
    return down, right, taper[:, None] * taper, weight / weight.sum()
