"""Refining the sharp picture of one photo: what its reblur misses is given back along the paths.

A few gradient steps, each as strong as the paths are sure; deconvolution from nothing is
`deconvolution`, the paths themselves are refined in `refine`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.exposure.light import clip, linear_to_srgb
from blurstudio.exposure.path_blur import PathBlur

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

STEPS = 6
_TOE = 0.03
"""Linear light below which a display's curve no longer steepens, for the weight of errors."""


def explain_more(
    blurred: Tensor,
    sharp: Tensor,
    trajectory: Trajectory,
    trust: Tensor,
    noise: float,
    steps: int = STEPS,
    on_step: Callable[[float], None] | None = None,
) -> Tensor:
    """Change a sharp picture so that, exposed again along its paths, it meets its photo better.

    Parameters
    ----------
    blurred, sharp : Tensor
        (3, H, W), linear light, [0, 1].
    trajectory : Trajectory
        Paths of a picture of that size.
    trust : Tensor
        (H, W), [0, 1]: the step's length. Where paths are wrong a step makes ghosts.
    noise : float
        Standard deviation of the photo's noise, encoded. A residual this small is left alone:
        explaining noise is no gain.
    steps : int
        At most so many.
    on_step : callable, optional
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Tensor
        (3, H, W), linear light, [0, 1].

    Raises
    ------
    ValueError
        If a shape does not fit.

    Notes
    -----
    Source: Landweber 1951, with errors weighed as a display shows them. Ending at the noise is
    Morozov's discrepancy principle.
    """
    size = (blurred.shape[-2], blurred.shape[-1])
    if blurred.dim() != 3 or sharp.shape != blurred.shape or tuple(trust.shape) != size:
        raise ValueError(
            f"pictures must both be (3, H, W) and trust (H, W), got {tuple(blurred.shape)}, "
            f"{tuple(sharp.shape)} and {tuple(trust.shape)}"
        )
    blur = PathBlur.along(trajectory, size)
    weight = 1 / (blurred + _TOE)
    shown = linear_to_srgb(blurred)
    better = sharp
    for step in range(steps):
        again = blur.blur(blur.widened(better))
        if float((linear_to_srgb(clip(again)) - shown).square().mean().sqrt()) <= noise:
            break
        missed = blur.narrowed(blur.spread(weight * (blurred - again))) / weight
        better = (better + trust * missed).clamp(0, 1)
        if on_step is not None:
            on_step((step + 1) / steps)
    return better
