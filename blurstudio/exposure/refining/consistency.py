"""Refining the sharp picture of one photo: what its reblur misses is given back along the paths.

A few gradient steps with momentum, each as strong as the paths are sure; what of it is kept is a
network's business (`networks.keeping`). Deconvolution from nothing is `deconvolution`, the paths
themselves are refined in `refine`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.light import clip, linear_to_srgb
from blurstudio.exposure.one_path_blur import blur_along
from blurstudio.exposure.path_blur import moment_count
from blurstudio.exposure.refining.course import Course

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

STEPS, TRUST = 7, 2.0
"""Steps at most (with momentum they are worth twice as many), and the power of the confidence that
shortens them: where paths are wrong a step makes ghosts."""

_NOISE = 1.2
"""Residual that is left alone, as a multiple of the noise: some noise is always explained, too."""

_APART = 2.0
"""Px between moments of long paths. Half as many gain the same: 0.462 dB either way on twelve
exposures of 704 px with paths of 3 to 51 px, in a fifth less time."""

_TOE = 0.03
"""Linear light below which a display's curve no longer steepens, for the weight of errors."""


def explain_more(
    blurred: Tensor,
    sharp: Tensor,
    trajectory: Trajectory,
    sure: Tensor,
    noise: float,
    on_step: Callable[[float], None] | None = None,
    *,
    steps: int = STEPS,
    trust: float = TRUST,
) -> Course:
    """Change a sharp picture so that, exposed again along its paths, it meets its photo better.

    Parameters
    ----------
    blurred, sharp
        (3, H, W), linear light, [0, 1].
    trajectory
        Paths of a picture of that size.
    sure
        (H, W), [0, 1]: their confidence.
    noise
        Standard deviation of the photo's noise, encoded. A residual hardly larger is left alone:
        explaining noise is no gain.
    on_step
        Called with the fraction done. What it raises ends the work.
    steps, trust
        How many at most, and the power of `sure` that shortens them.

    Returns
    -------
    Course
        What the steps did.

    Raises
    ------
    ValueError
        If a shape does not fit.

    Notes
    -----
    Source: Landweber 1951, with errors weighed as a display shows them and the momentum of
    Nesterov 1983. Ending at the noise is Morozov's discrepancy principle.
    """
    size = (blurred.shape[-2], blurred.shape[-1])
    if blurred.dim() != 3 or sharp.shape != blurred.shape or tuple(sure.shape) != size:
        raise ValueError(
            f"pictures must both be (3, H, W) and sure (H, W), got {tuple(blurred.shape)}, "
            f"{tuple(sharp.shape)} and {tuple(sure.shape)}"
        )
    longest = float(trajectory.grid_length(size).max())
    blur = blur_along(trajectory, size, moment_count(longest, _APART))
    shortened = sure**trust
    weight = 1 / (blurred + _TOE)
    shown = linear_to_srgb(blurred)
    better = before = sharp
    course = Course(linear_to_srgb(sharp))
    for step in range(steps):
        # A fixed schedule, not one measured on the picture: tiles agree.
        ahead = torch.lerp(before, better, 1 + step / (step + 3))
        again = blur.blur(blur.widened(ahead))
        residual = (linear_to_srgb(clip(again)) - shown).square().mean(0)
        if float(residual.mean().sqrt()) <= _NOISE * noise:
            break
        missed = blur.narrowed(blur.spread(weight * (blurred - again))) / weight
        before, better = better, (ahead + shortened * missed).clamp(0, 1)
        course.add(residual, linear_to_srgb(better))
        if on_step is not None:
            on_step((step + 1) / steps)
    return course
