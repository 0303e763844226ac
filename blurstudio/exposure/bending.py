"""Bending the paths of a photo: what its windows say of their bends, spread over all of it.

A network's paths keep their direction and length; what windows say of those is noisier than what
it says. How a window is read is `window_bends`' business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import fit_maps, times
from blurstudio.exposure.direction import decode_sign_free, encode_sign_free
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.window_bends import window_bends

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_LONGER_SIDE = 768
"""Px that a photo is reduced to before it is read."""

_WINDOW, _HOP = 256, 128
_LEAST = 64
"""Px of a side below which there is too little to read."""

_SPREAD = 0.15
"""How far a window's word carries, as a share of the photo's longer side."""

_LEAST_ERROR = 0.5
_SHORTEST = 4.0
_MOMENTS = 13


def bend_paths(
    blurred_srgb: Tensor,
    trajectory: Trajectory,
    on_step: Callable[[float], None] | None = None,
) -> Trajectory:
    """Give paths the bends that windows of the photo show.

    Parameters
    ----------
    blurred_srgb : Tensor
        (3, H, W), sRGB-encoded, [0, 1].
    trajectory : Trajectory
        Its paths, of any family.
    on_step : callable, optional
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Trajectory
        Of the same family. Straight ones come back as they are, and so do paths of photos that
        are too small or hold still.
    """
    size = (blurred_srgb.shape[-2], blurred_srgb.shape[-1])
    pattern = even_pattern(trajectory)
    scale = min(1.0, _LONGER_SIDE / max(size))
    small = (round(size[0] * scale), round(size[1] * scale))
    given = trajectory.resized(small)
    if (
        min(small) < _LEAST
        or not bool(pattern.abs().max() > 0)
        or float(given.grid_length().max()) < 1
    ):
        return trajectory
    grey = F.interpolate(blurred_srgb[None], small, mode="area")[0].mean(0)
    window = (min(_WINDOW, small[0]), min(_WINDOW, small[1]))
    corners = [
        (top, left) for top in _starts(small[0], window[0]) for left in _starts(small[1], window[1])
    ]
    straight, expected = _read_off(given, corners, window)
    windows = torch.stack(
        [grey[top : top + window[0], left : left + window[1]] for top, left in corners]
    )
    bends = torch.zeros_like(straight)
    # Windows of about the same length go through the sizes together.
    octave = straight.norm(dim=1).clamp(min=_SHORTEST).log2().floor()
    done = 0
    for each in octave.unique():
        some = (octave == each).nonzero().flatten()

        def told(fraction: float, before: int = done, count: int = len(some)) -> None:
            if on_step is not None:
                on_step((before + fraction * count) / len(corners))

        _, bends[some] = window_bends(windows[some], straight[some], expected[some], told)
        done += len(some)
    middles = torch.tensor(corners, dtype=torch.float32) + torch.tensor(window) / 2
    field = _spread(bends, middles, small, (given.maps.shape[-2], given.maps.shape[-1]))
    change = (field - as_quadratic(given)[1]) / 4
    bent = replace(given, maps=given.maps + pattern.view(-1, 1, 1, 1) * change)
    return bent.resized(trajectory.size)


def even_pattern(given: Trajectory) -> Tensor:
    """How the maps of a family hold an offset that grows with t^2 to 1 px at both ends, (C,)."""
    count = len(given.maps)
    moments = times(max(count, _MOMENTS) if count % 2 else _MOMENTS)
    offsets = (4 * moments.square()).view(-1, 1, 1, 1).expand(-1, 2, 1, 1)
    knots = count if given.constraint.value == "free" else None
    maps = fit_maps(offsets, moments, given.constraint, knots)[:, 0, 0, 0]
    return maps.where(maps.abs() > 1e-4, maps.new_zeros(())).to(given.maps)


def _starts(side: int, window: int) -> list[int]:
    """First pixels of windows that cover a side evenly, about a hop apart."""
    gaps = max(1, round((side - window) / _HOP)) if side > window else 0
    return [round(number * (side - window) / gaps) for number in range(gaps + 1)] if gaps else [0]


def _read_off(
    given: Trajectory, corners: list[tuple[int, int]], window: tuple[int, int]
) -> tuple[Tensor, Tensor]:
    """Straight part (N, 2) of the paths in each window and its expected error (N,), px."""
    code = encode_sign_free(as_quadratic(given))
    sure = given.confidence
    if sure is None:
        sure = code.new_full(code.shape[-2:], 0.5)
    # The inverse of how networks.motion.confidence weighs length against expected error.
    error = (code[:2].norm(dim=0) + 0.5) * (1 / sure.clamp(0.02, 0.98) - 1)
    rows, columns = (cells / side for cells, side in zip(sure.shape, given.size, strict=True))
    straight, expected = [], []
    for top, left in corners:
        here = (
            slice(int(top * rows), max(int(top * rows) + 1, int((top + window[0]) * rows))),
            slice(
                int(left * columns), max(int(left * columns) + 1, int((left + window[1]) * columns))
            ),
        )
        weight = sure[here].square()
        mean = (code[:, *here] * weight).sum((1, 2)) / weight.sum().clamp(min=1e-9)
        straight.append(decode_sign_free(mean.view(4, 1, 1))[0, :, 0, 0])
        expected.append(error[here].median())
    return torch.stack(straight), torch.stack(expected).clamp(min=_LEAST_ERROR)


def _spread(
    values: Tensor, middles: Tensor, size: tuple[int, int], grid: tuple[int, int]
) -> Tensor:
    """Average values (N, 2) of windows over a picture, nearer ones counting more, (2, h, w)."""
    reach = _SPREAD * max(size)
    near = []
    for axis in (0, 1):
        place = (torch.arange(grid[axis]) + 0.5) * (size[axis] / grid[axis])
        near.append(torch.exp(-0.5 * ((place - middles[:, axis, None]) / reach).square()))
    total = torch.einsum("nh,nw->hw", *near).clamp(min=1e-12)
    return torch.einsum("nh,nw,nc->chw", *near, values) / total
