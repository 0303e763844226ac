"""Whether a photo moved as one: two halves of it, read by themselves, tell the same shake.

What a part of a photo tells is read in `shake`. A kernel that was read wrongly is wrong in another
way elsewhere in the photo; a right one is the same everywhere, if the camera alone moved and did
not turn about its axis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.kernel_curve import path_likeness
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.shake import Shake, Traced, along, read_path, reduced_for_kernels

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

_STILL = 0.5
"""Px that are added to lengths before they are compared."""

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
        None where there is no such path, or too little to tell.
    """
    if _is_uneven(trajectory):
        return None
    small = reduced_for_kernels(blurred_srgb, trajectory)
    read: list[Traced] = []
    for part in (*small.halves, small):

        def told(done: float) -> None:
            if on_step is not None:
                on_step((len(read) + done) / 3)

        traced = read_path(part, on_step=told)
        # Halves first: most photos did not move as one, and need not be read as a whole.
        if traced is None or not all(_are_alike(traced, other) for other in read):
            return None
        read.append(traced)
    first, last, whole = read
    if whole.likeness < _LIKE or whole.reach < _FAR_ENOUGH * (small.length + _STILL):
        return None
    agreement = min(path_likeness(whole.path, half.path) for half in (first, last))
    paths = along(whole.path / small.scale, trajectory)
    sure = torch.full(paths.maps.shape[-2:], agreement)
    return Believed(replace(paths, confidence=sure), whole.likeness, agreement)


def _are_alike(one: Traced, other: Traced) -> bool:
    short, long = sorted((one.reach, other.reach))
    return short >= _HALVES_ALIKE * long and path_likeness(one.path, other.path) >= _AGREE


def _is_uneven(trajectory: Trajectory) -> bool:
    """Whether paths surely differ in length over the photo."""
    if trajectory.confidence is None:
        return False
    length, sure = as_quadratic(trajectory)[0].norm(dim=0), trajectory.confidence
    surer = sure >= sure.median()
    length, sure = length[surer], sure[surer]
    return float(length.std() / length.mean().clamp(min=1) * sure.mean()) > _UNEVEN
