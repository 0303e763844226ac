"""Refining the sharp picture of one photo: what its reblur misses is given back along the paths.

A few gradient steps with momentum, each as strong as the paths are sure, and the fewer the better
the photo is explained already; deconvolution from nothing is `deconvolution`, the paths themselves
are refined in `refine`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.light import clip, linear_to_srgb
from blurstudio.exposure.path_blur import PathBlur

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

STEPS = 7
"""At most; with momentum they are worth twice as many."""

_FEWEST = 2
_WELL, _ILL = 40.0, 39.0
"""Reblur, dB, from which the fewest steps are taken, and up to which all are."""

_NOISE = 1.2
"""Residual, in noise, that is left alone: a little noise is explained with everything else."""

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
        Standard deviation of the photo's noise, encoded. A residual hardly larger is left alone:
        explaining noise is no gain.
    steps : int
        At most so many, see `worthwhile_steps`.
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
    Source: Landweber 1951, with errors weighed as a display shows them and the momentum of
    Nesterov 1983. Ending at the noise is Morozov's discrepancy principle.
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
    better = before = sharp
    for step in range(steps):
        # A fixed schedule, not one measured on the picture: tiles agree.
        ahead = torch.lerp(before, better, 1 + step / (step + 3))
        again = blur.blur(blur.widened(ahead))
        if float((linear_to_srgb(clip(again)) - shown).square().mean().sqrt()) <= _NOISE * noise:
            break
        missed = blur.narrowed(blur.spread(weight * (blurred - again))) / weight
        before, better = better, (ahead + trust * missed).clamp(0, 1)
        if on_step is not None:
            on_step((step + 1) / steps)
    return better


def worthwhile_steps(reblur_psnr: float) -> int:
    """Count the steps that are worth taking for a photo that is explained so well already.

    A small residual is explained in few steps, and what further ones explain is mostly what paths
    and layers can't: they take from the picture what the first ones gave.

    Parameters
    ----------
    reblur_psnr : float
        dB, of the sharp picture exposed again against the whole photo.
    """
    missing = (_WELL - reblur_psnr) / (_WELL - _ILL)
    return round(_FEWEST + (STEPS - _FEWEST) * min(max(missing, 0.0), 1.0))
