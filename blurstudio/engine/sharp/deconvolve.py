"""Deconvolving a whole photo along its paths: how strongly, where, and in which tiles.

The iteration itself is `exposure.deconvolution`'s; what a slider shows while it is dragged is
`deconvolve_preview`'s.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.engine.sharp.path_tiles import (
    add_enlarged,
    part_of,
    plan_tiles,
    working_scale,
)
from blurstudio.exposure.deconvolution import deconvolve
from blurstudio.exposure.light import linear_to_srgb, srgb_to_linear
from blurstudio.exposure.path_blur import moment_count
from blurstudio.exposure.resample import reduced, resample
from blurstudio.sentences import sentence
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.lanes.jobs import CancelToken, ProgressCallback
    from blurstudio.exposure.trajectory import Trajectory

MOST_ITERATIONS = 24
"""Iterations at full strength where paths are sure; momentum makes them worth some hundred."""

TRUST_POWER = 4
"""Power of the confidence by which iterations are cut: on unsure paths the first few still help,
later ones only ring. Measured on the simulated exposures, see decision 12."""

_STILL, _MOVING = 0.5, 1.5
"""Paths up to the first length, px, leave the photo alone; from the second on they count fully."""

_LEAST_TV = 0.005
_NOISE_PIXELS = 1 << 20


def deconvolve_photo(
    srgb: Tensor,
    trajectory: Trajectory,
    strength: float,
    *,
    progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Tensor:
    """Deblur a photo of any size along its paths, without a network.

    Large photos with long paths are worked on reduced, and what was won is added to them. Memory
    beyond the photo and the result: some 600 MB.

    Parameters
    ----------
    srgb
        `(3, H, W)` on the CPU, sRGB-encoded `[0, 1]`.
    trajectory
        The photo's paths; where it has a confidence, less is done where that is low.
    strength
        From 0, which gives the photo back, to 1.
    progress, cancel
        Told about, and asked, after each iteration.
    on_note
        Called with a sentence when the paths are too short for anything to be done.

    Returns
    -------
    Tensor
        `(3, H, W)` on the CPU, sRGB-encoded, clipped to `[0, 1]`.

    Raises
    ------
    Cancelled
        If `cancel` says so.
    ValueError
        If the shape or the strength does not fit.
    """
    check_request(srgb, strength)
    size = (srgb.shape[-2], srgb.shape[-1])
    longest = float(trajectory.grid_length(size).max())
    result = srgb.clamp(0, 1)
    if longest <= _STILL:
        if on_note is not None:
            on_note(
                sentence("No path is long enough to deconvolve along, so the photo stays as it is.")
            )
    elif strength > 0:
        scale = working_scale(size, longest)
        with torch.inference_mode():
            if scale == 1:
                result.copy_(_in_tiles(result, trajectory, strength, progress, cancel))
            else:
                small = reduced(result, scaled_size(size, scale))
                won = _in_tiles(small, trajectory, strength, progress, cancel) - small
                add_enlarged(result, won)
    if progress is not None:
        progress(1.0, "")
    return result


def _in_tiles(
    srgb: Tensor,
    trajectory: Trajectory,
    strength: float,
    progress: ProgressCallback | None,
    cancel: CancelToken | None,
) -> Tensor:
    """Deconvolve `(3, H, W)` at its own size, a tile after the other."""
    size = (srgb.shape[-2], srgb.shape[-1])
    longest = float(trajectory.grid_length(size).max())
    tiles, moments, tv = plan_tiles(size, longest), moment_count(longest), regularisation(srgb)
    result = srgb.clone()
    for index, (read, given) in enumerate(tiles):

        def told(fraction: float, index: int = index) -> None:
            if cancel is not None:
                cancel.raise_if_cancelled()
            if progress is not None:
                text = sentence("part {number} of {total}", number=index + 1, total=len(tiles))
                progress((index + fraction) / len(tiles), text if len(tiles) > 1 else "")

        told(0.0)
        here = part_of(trajectory, size, read)
        depth = depth_of(here, strength)
        if not depth.any():
            continue
        light = srgb_to_linear(srgb[:, read.rows, read.columns])
        sharp = deconvolve(light, here, iterations=depth, tv=tv, moments=moments, on_step=told)
        inner = given.within(read)
        result[:, given.rows, given.columns] = encoded(sharp[:, inner.rows, inner.columns])
    return result


def check_request(srgb: Tensor, strength: float) -> None:
    """Raise ValueError unless this is a picture and a strength."""
    if srgb.dim() != 3 or srgb.shape[0] != 3:
        raise ValueError(f"srgb must be (3, H, W), got {tuple(srgb.shape)}")
    if not 0 <= strength <= 1:
        raise ValueError(f"strength must lie in [0, 1], got {strength}")


def encoded(light: Tensor) -> Tensor:
    """Encode linear light for display, clipped to [0, 1]."""
    return linear_to_srgb(light.clamp(0, 1))


def regularisation(srgb: Tensor) -> float:
    """Weight of total variation that suits a photo's noise."""
    return tv_for(estimate_noise(srgb))


def tv_for(noise: float) -> float:
    """Weight of total variation that suits noise of that standard deviation, encoded."""
    return _LEAST_TV + noise


def estimate_noise(srgb: Tensor) -> float:
    """Estimate the standard deviation of the noise of `(3, H, W)`, in display encoding.

    Taken from second differences in both directions, of which a blurred picture itself has
    hardly any; the median passes over those it has.

    Notes
    -----
    Source: Immerkaer 1996, with a median for the mean.
    """
    height, width = srgb.shape[-2:]
    if min(height, width) < 3:
        return 0.0
    # Three rows at a time, spread over the photo, say as much as all.
    step = max(3, 3 * math.ceil(height * width / _NOISE_PIXELS))
    rows = [srgb[:, top : top + 3] for top in range(0, height - 2, step)]
    taps = torch.tensor([1.0, -2.0, 1.0])
    mask = (taps[:, None] * taps)[None, None]
    found = torch.cat([F.conv2d(each[:, None], mask).flatten() for each in rows])
    return float(found.abs().median()) / (0.6745 * 6)


def depth_of(trajectory: Trajectory, strength: float) -> Tensor:
    """Count the iterations that each pixel is given, (H, W) of the trajectory's picture."""
    length = trajectory.length()
    share = ((length - _STILL) / (_MOVING - _STILL)).clamp(0, 1)
    if trajectory.confidence is not None:
        share = share * resample(trajectory.confidence[None], trajectory.size)[0] ** TRUST_POWER
    return MOST_ITERATIONS * strength * share
