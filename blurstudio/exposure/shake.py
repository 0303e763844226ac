"""The path of a hand that shook: one for the whole photo, of any shape, read without a network.

The kernel is estimated from the photo's most telling window, then the curve that drew it is traced.
Whether a photo moved as one is for whoever asks to know: where it didn't, the result says nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.basis import Constraint, fit_maps, times
from blurstudio.exposure.blind_kernel import estimate_kernel
from blurstudio.exposure.kernel_curve import trace_kernel
from blurstudio.exposure.quadratic import as_quadratic

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.exposure.trajectory import Trajectory

KNOTS = 33
"""Knots of a traced path: enough for a hand that went to and fro a few times."""

_LONGEST = 26.0
"""Px of the paths at the size that is worked at."""

_WINDOW = 384
_LEAST_SIDE, _ROOM, _SPARE = 31, 1.6, 9
_LEAST = 96
"""Px of a side below which there is too little to read a kernel from."""

_LEAST_LIKENESS = 0.6
"""Likeness of kernel and traced path below which there was no path."""

_LEAST_CONTRAST = 1 / 255
"""Deviation of grey, below which rounding is all there is to read."""

_LEAST_MOVED = 1.0
"""Px that a path has to span: flat and sharp photos draw dots, which are like any dot."""

_CLIPPED = 0.98


@dataclass(frozen=True, eq=False)
class Shake:
    """A shake that was traced.

    Parameters
    ----------
    trajectory : Trajectory
        Free paths, the same everywhere.
    likeness : float
        Normalised correlation of the kernel that was read and the one that the path draws, [0, 1].
    """

    trajectory: Trajectory
    likeness: float


def trace_shake(
    blurred_srgb: Tensor,
    trajectory: Trajectory,
    on_step: Callable[[float], None] | None = None,
) -> Shake | None:
    """Trace the one path along which the whole photo moved.

    Parameters
    ----------
    blurred_srgb : Tensor
        (3, H, W), sRGB-encoded, [0, 1].
    trajectory : Trajectory
        What is known of its paths, of any family: how long they are, and which way time runs.
    on_step : callable, optional
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Shake or None
        Its paths on the given grid with the given confidence; None where the photo is too small,
        held still, or no path draws the kernel that was found.
    """
    length = _typical_length(trajectory)
    scale = min(1.0, _LONGEST / max(length, 1.0))
    size = (round(blurred_srgb.shape[-2] * scale), round(blurred_srgb.shape[-1] * scale))
    if min(size) < _LEAST:
        return None
    small = F.interpolate(blurred_srgb[None], size, mode="area")[0]
    rows, columns = _telling_window(small)
    grey = small[:, rows, columns].mean(0)
    if float(grey.std()) < _LEAST_CONTRAST:
        return None
    side = max(_LEAST_SIDE, math.ceil(_ROOM * length * scale + _SPARE)) | 1
    kernel = estimate_kernel(
        grey, side, None if on_step is None else lambda done: on_step(done / 2)
    )
    path, likeness = trace_kernel(kernel)
    if on_step is not None:
        on_step(1.0)
    moved = float((path.amax(0) - path.amin(0)).norm())
    if likeness < _LEAST_LIKENESS or moved < _LEAST_MOVED:
        return None
    # Content runs against the path it is read along.
    way = -as_quadratic(trajectory)[0].mean((1, 2))
    if float(((path[-1] - path[0]) * way).sum()) < 0:
        path = path.flip(0)
    offsets = -(path - path[len(path) // 2]) / scale
    maps = fit_maps(offsets.view(-1, 2, 1, 1), times(len(path)), Constraint.FREE, KNOTS)
    traced = replace(
        trajectory,
        maps=maps.expand(-1, -1, *trajectory.maps.shape[-2:]).clone(),
        constraint=Constraint.FREE,
        flipped=None,
    )
    return Shake(traced, likeness)


def _typical_length(trajectory: Trajectory) -> float:
    """Median length of the paths in the surer half of the picture, px."""
    a = as_quadratic(trajectory)[0].norm(dim=0).flatten()
    if trajectory.confidence is not None:
        sure = trajectory.confidence.flatten()
        a = a[sure >= sure.median()]
    return float(a.median())


def _telling_window(picture: Tensor) -> tuple[slice, slice]:
    """Rows and columns of the window with most gradient energy that nothing cut off."""
    height, width = picture.shape[-2:]
    window = (min(_WINDOW, height), min(_WINDOW, width))
    energy = picture.new_zeros(1, 1, height, width)
    energy[..., :-1, :] += picture.diff(dim=-2).square().sum(0)
    energy[..., :, :-1] += picture.diff(dim=-1).square().sum(0)
    energy = energy * (picture.amax(0) < _CLIPPED)
    sums = F.avg_pool2d(energy, window, stride=16)[0, 0]
    place = int(sums.argmax())
    top, left = 16 * (place // sums.shape[1]), 16 * (place % sums.shape[1])
    return slice(top, top + window[0]), slice(left, left + window[1])
