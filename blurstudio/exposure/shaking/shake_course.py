"""What a shake of the whole photo would make of its sharp picture: deconvolution along one path.

A right path sharpens everywhere alike, a wrong one rings. Which it was, and what is kept of it, is
a network's business (`networks.keeping`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.deconvolution import iterates
from blurstudio.exposure.light import clip, linear_to_srgb, srgb_to_linear
from blurstudio.exposure.one_path_blur import blur_along
from blurstudio.exposure.path_blur import moment_count
from blurstudio.exposure.refining.course import Shown, residual_cells
from blurstudio.exposure.shaking.registration import moved, offset_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.path_blur import PathBlur
    from blurstudio.exposure.trajectory import Trajectory

JUDGED = 416
"""Px of the side of the part of a photo that is judged."""

EARLY, ALL = 5, 16
"""Iterations after which the picture counts as changed a little, and wholly."""


def shake_course(
    photo: Tensor,
    start: Tensor,
    shake: Trajectory,
    paths: Trajectory,
    tv: float,
    offset: tuple[float, float] | None = None,
    on_step: Callable[[float], None] | None = None,
) -> tuple[Shown, tuple[float, float]]:
    """Deconvolve a photo along one path, and look at what that explains.

    Parameters
    ----------
    photo, start
        (3, H, W), sRGB-encoded, [0, 1]: the photo, and its sharp picture.
    shake
        Path of all of it, as it was read.
    paths
        Those that the sharp picture was made along.
    tv
        As for `deconvolution.deconvolve`.
    offset
        How far beside its sharp picture the shake puts all content, (x, y) px. Default: as found.
    on_step
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    change : Shown
        It starts with the sharp picture moved to where the shake would have it. Its residuals are
        those of the sharp picture along its own paths and along the shake, and of the picture
        changed a little and wholly, along the shake.
    offset : tuple of float
        That was given or found.
    """
    size = (photo.shape[-2], photo.shape[-1])
    light = srgb_to_linear(photo)
    moments = moment_count(float(shake.grid_length(size).max()))
    changed = {}
    # How sure a shake is was not asked yet.
    pictures = iterates(light, replace(shake, confidence=None), tv=tv, moments=moments)
    for step, picture in enumerate(pictures, start=1):
        if step in (EARLY, ALL):
            changed[step] = picture.clamp(0, 1)
        if on_step is not None:
            on_step(step / ALL)
        if step == ALL:
            break
    early, end = (linear_to_srgb(changed[step]) for step in (EARLY, ALL))
    if offset is None:
        offset = offset_between(start, end, float(shake.grid_length(size).max()))
    placed = moved(start, offset)
    blur = blur_along(shake, size, moments)
    tried = [(blur_along(paths, size), start)]
    tried += [(blur, each) for each in (placed, early, end)]
    residuals = torch.stack([_residual(photo, along, each) for along, each in tried])
    return Shown(placed, early, end, residual_cells(residuals)), offset


def _residual(photo: Tensor, blur: PathBlur, sharp: Tensor) -> Tensor:
    """Mean squared residual (H, W) over colours of a picture exposed again; all are encoded."""
    again = linear_to_srgb(clip(blur.blur(blur.widened(srgb_to_linear(sharp)))))
    return (again - photo).square().mean(0)
