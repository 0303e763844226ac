"""Whether a photo moved as one: two halves of it, read by themselves, tell the same shake.

What a part of a photo tells is read in `shake_reading`. A kernel that was read wrongly is wrong in
another way elsewhere in the photo; a right one is the same everywhere, if the camera alone moved
and did not turn about its axis. Shakes that a parabola follows are left to those who read
parabolas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.basis import times
from blurstudio.exposure.kernel_curve import path_likeness
from blurstudio.exposure.one_path import one_path, parabola
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.shake import Shake, along
from blurstudio.exposure.shake_reading import Traced, read_path, reduced_for_kernels

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_AGREE = 0.8
"""Likeness of the whole photo's path and those of its halves from which it is believed."""

_LIKE = 0.85
"""Likeness of kernel and path below which what was read is no path."""

_HALVES_ALIKE = 0.6
"""Reach of one path as a share of another's: dots are like the bright spot of any kernel."""

_FAR_ENOUGH = 0.78
"""Reach as a share of the length that is known: a dot explains every photo, as no motion does."""

_SAID = 0.85
"""Likeness of what is read and what is known already from which the latter needs no correction."""

_CURLED = 0.15
"""Part of a path that no parabola follows, as a share of how far it strays from its middle: below
it, paths as networks read them follow it as well, and differently in every place."""

_UNEVEN = 0.3
"""Spread of the lengths that are known, as a share of them and times their confidence: from there
on the photo surely didn't move as one."""


@dataclass(frozen=True, eq=False)
class Believed(Shake):
    """A shake that two halves of a photo agree upon.

    Parameters
    ----------
    agreement : float
        Likeness of what the whole photo's path draws and what those of its halves do, the lesser
        of both, [0, 1]. It is the trajectory's confidence.
    """

    agreement: float


def believed_shake(
    blurred_srgb: Tensor,
    trajectory: Trajectory,
    on_step: Callable[[float], None] | None = None,
) -> Believed | None:
    """Trace the one path along which a photo moved, if it moved as one.

    Parameters
    ----------
    blurred_srgb : Tensor
        (3, H, W), sRGB-encoded, [0, 1].
    trajectory : Trajectory
        What is known of its paths, of any family.
    on_step : callable, optional
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Believed or None
        None where there is no such path, too little to tell, or nothing that is not known.
    """
    if _is_uneven(trajectory):
        return None
    small = reduced_for_kernels(blurred_srgb, trajectory)
    said = parabola(one_path(trajectory)) * small.scale
    read: list[Traced] = []
    for part in (*small.halves, small):

        def told(done: float) -> None:
            if on_step is not None:
                on_step((len(read) + done) / 3)

        traced = read_path(part, on_step=told)
        # Halves first: most photos did not move as one, or as was known, and need no more reading.
        if traced is None or path_likeness(traced.path, -said) >= _SAID:
            return None
        if not all(_are_alike(traced, other) for other in read):
            return None
        read.append(traced)
    first, last, whole = read
    far_enough = small.reached(whole) >= _FAR_ENOUGH
    if whole.likeness < _LIKE or not far_enough or _curl(whole.path) < _CURLED:
        return None
    agreement = min(path_likeness(whole.path, half.path) for half in (first, last))
    paths = along(whole.path / small.scale, trajectory, agreement)
    return Believed(paths, whole.likeness, agreement)


def _are_alike(one: Traced, other: Traced) -> bool:
    short, long = sorted((one.reach, other.reach))
    return short >= _HALVES_ALIKE * long and path_likeness(one.path, other.path) >= _AGREE


def _curl(path: Tensor) -> float:
    """Part of a path (T, 2) that the nearest parabola leaves, as a share of all of it."""
    moments = times(len(path))
    powers = torch.stack([torch.ones_like(moments), moments, moments.square()], dim=1)
    left = path - powers @ torch.linalg.lstsq(powers, path).solution
    return float(left.norm() / (path - path.mean(0)).norm())


def _is_uneven(trajectory: Trajectory) -> bool:
    """Whether paths surely differ in length over the photo."""
    if trajectory.confidence is None:
        return False
    length, sure = as_quadratic(trajectory)[0].norm(dim=0), trajectory.confidence
    surer = sure >= sure.median()
    length, sure = length[surer], sure[surer]
    return float(length.std() / length.mean().clamp(min=1) * sure.mean()) > _UNEVEN
