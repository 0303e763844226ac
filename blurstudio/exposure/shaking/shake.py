"""The path of a hand that shook: one for the whole photo, of any shape, read without a network.

It is read several times (`shake_reading`). Where a photo didn't move as one a reading says nothing;
whether it did is asked of a network that is shown what follows from each (`shake_course`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from blurstudio.beside import beside_each_other
from blurstudio.exposure.basis import Constraint, fit_maps, times
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.shaking.curve_polish import KNOTS
from blurstudio.exposure.shaking.shake_reading import (
    LONGEST,
    WINDOW,
    Reduced,
    read_path,
    reduced_for_kernels,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blurstudio.exposure.trajectory import Trajectory


class Way(NamedTuple):
    """A way to read a shake.

    Parameters
    ----------
    longest
        Px of the paths, at most, at the size that is read.
    window
        Side of the window that is read there, px.
    in_light
        Whether it is read in linear light, or as the photo is encoded.
    """

    longest: float
    window: int
    in_light: bool = True


IN_LIGHT = (Way(LONGEST, 1024), Way(LONGEST, WINDOW), Way(26.0, 384))
"""Nearly all of a photo tells more, a part is more of a piece, and small pictures show plainly what
is faint. Exposures are convolutions in light alone."""

ENCODED = (Way(LONGEST, 1024, in_light=False),)
"""For tone curves bend light, and averages of frames never were light (decision 44)."""

_REACHING = 0.2
"""Worth, in likeness, of a reading that reaches as far as the paths that are known: a dot is drawn
well by any curve."""


@dataclass(frozen=True, eq=False)
class Shake:
    """A shake that was traced.

    Parameters
    ----------
    trajectory
        Free paths, the same everywhere.
    likeness
        Normalised correlation of the kernel that was read and the one that the path draws, [0, 1].
    reaches
        How far it reaches, as a share of the length that was known; 1 at most.
    """

    trajectory: Trajectory
    likeness: float
    reaches: float

    @property
    def worth(self) -> float:
        """Figure by which readings are compared; higher is likelier."""
        return self.likeness + _REACHING * self.reaches


def trace_shakes(
    blurred_srgb: Tensor,
    trajectory: Trajectory,
    on_step: Callable[[float], None] | None = None,
    ways: Sequence[Way] = (*IN_LIGHT, *ENCODED),
) -> list[Shake]:
    """Trace the one path along which the whole photo moved, as often as it can be read.

    Parameters
    ----------
    blurred_srgb
        (3, H, W), sRGB-encoded, [0, 1].
    trajectory
        What is known of its paths, of any family: how long they are, and which way time runs.
    on_step
        Called with the fraction done. What it raises ends the work.
    ways
        Those in which it is read; a small photo is one window, whichever is asked for.

    Returns
    -------
    list of Shake
        Its paths on the given grid, as sure as they are like their kernel; the likeliest reading
        comes first. Empty where the photo is too small, held still, or no path draws a kernel.
    """
    readings: dict[tuple[float, int, int, bool], tuple[Reduced, int, bool]] = {}
    for longest, window, in_light in ways:
        small = reduced_for_kernels(blurred_srgb, trajectory, longest)
        height, width = small.picture.shape[-2:]
        seen = (small.scale, min(window, height), min(window, width), in_light)
        readings.setdefault(seen, (small, window, in_light))
    pieces = [
        partial(read_path, small, window, in_light=in_light)
        for small, window, in_light in readings.values()
    ]
    found = []
    for traced, (small, *_) in zip(
        beside_each_other(pieces, on_step), readings.values(), strict=True
    ):
        if traced is not None:
            paths = along(traced.path / small.scale, trajectory, traced.likeness)
            found.append(Shake(paths, traced.likeness, min(1.0, small.reached(traced))))
    return sorted(found, key=lambda shake: -shake.worth)


def along(path: Tensor, trajectory: Trajectory, confidence: float) -> Trajectory:
    """Give all of a photo one path (T, 2) of its content, px, in the order of time that is known.

    The grid of `trajectory` stays; its confidence was about other paths.
    """
    # Content runs against the path it is read along.
    way = -as_quadratic(trajectory)[0].mean((1, 2))
    if float(((path[-1] - path[0]) * way).sum()) < 0:
        path = path.flip(0)
    offsets = -(path - path[len(path) // 2])
    maps = fit_maps(offsets.view(-1, 2, 1, 1), times(len(path)), Constraint.FREE, KNOTS)
    return replace(
        trajectory,
        maps=maps.expand(-1, -1, *trajectory.maps.shape[-2:]).clone(),
        constraint=Constraint.FREE,
        confidence=torch.full(trajectory.maps.shape[-2:], confidence),
        flipped=None,
    )
