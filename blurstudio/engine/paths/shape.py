"""What becomes of a network's paths before they are used: their family, and the way time ran.

Both are a person's choices; neither needs a network. Fitting paths to the photo is
`engine.refining.refine`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blurstudio.exposure.basis import Constraint, evaluate_maps, fit_maps, times
from blurstudio.exposure.parts.regions import flip_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.exposure.trajectory import Trajectory

_MOMENTS = 31
_FREE_KNOTS = 15
"""Zhang et al. 2020 free 15 offsets."""


def shaped(trajectory: Trajectory, constraint: str | None) -> Trajectory:
    """Fit paths to a family, by least squares over the exposure.

    Parameters
    ----------
    trajectory
        Paths of any family.
    constraint
        Name of the family; None keeps the paths as they are.

    Notes
    -----
    Free paths fitted to a parabola follow it: what a family could do more than the one before
    shows after a refinement only.
    """
    if constraint is None or Constraint(constraint) is trajectory.constraint:
        return trajectory
    family = Constraint(constraint)
    moments = times(_MOMENTS, device=trajectory.maps.device)
    offsets = evaluate_maps(trajectory.maps, trajectory.constraint, moments)
    knots = _FREE_KNOTS if family is Constraint.FREE else None
    maps = fit_maps(offsets, moments, family, knots)
    return replace(trajectory, maps=maps, constraint=family)


def directed(
    trajectory: Trajectory, reverse: bool, flips: Sequence[tuple[float, float]]
) -> Trajectory:
    """Turn time round: everywhere, then in the motion region under each place.

    Parameters
    ----------
    trajectory
        Paths of any family.
    reverse
        Whether to turn all of it.
    flips
        (x, y) in [0, 1] of the picture's width and height; the same region twice is as before.
    """
    turned = trajectory.reversed() if reverse else trajectory
    return flip_at(turned, flips) if flips else turned
