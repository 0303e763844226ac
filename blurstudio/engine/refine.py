"""Refining what the networks said about one photo: its paths, and if asked its sharp picture.

The fitting itself is `exposure.refine` and `exposure.consistency`; here it is brought to a whole
photo, in tiles where that is large. Its words are `refinement`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.engine.deconvolve import estimate_noise
from blurstudio.engine.keeping import kept
from blurstudio.engine.path_tiles import (
    add_enlarged,
    part_of,
    plan_tiles,
    reduced,
    refining_scale,
    within,
)
from blurstudio.engine.surveying import surveyed_paths
from blurstudio.exposure.consistency import explain_more
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.refine import refine_paths
from blurstudio.exposure.resample import resample

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.device import ComputeDevice
    from blurstudio.exposure.fit import Fit
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import KeepingNet, SurveyNet

_READING = 0.6
"""Share of the time that goes into reading windows."""


def fit_paths(
    srgb: Tensor,
    sharp: Tensor,
    paths: Trajectory,
    network: SurveyNet,
    compute: ComputeDevice,
    on_step: Callable[[float], None] | None = None,
    on_paths: Callable[[Trajectory], None] | None = None,
) -> Fit:
    """Bend paths as the photo's windows show it, then by exposing the sharp picture again.

    Parameters
    ----------
    srgb, sharp
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo and its sharp picture.
    paths
        Its paths.
    network, compute
        Who weighs what the windows show, and where.
    on_step
        Called with the fraction done. What it raises ends the work.
    on_paths
        Called with the paths so far, once windows have been read.
    """

    def reading(fraction: float) -> None:
        if on_step is not None:
            on_step(_READING * fraction)

    def exposing(fraction: float, so_far: Trajectory) -> None:
        if on_step is not None:
            on_step(_READING + (1 - _READING) * fraction)
        if on_paths is not None:
            on_paths(so_far)

    start = surveyed_paths(srgb, paths, network, compute, reading)
    return refine_paths(srgb, sharp, paths, exposing, start=start)


def refine_picture(
    srgb: Tensor,
    sharp: Tensor,
    trajectory: Trajectory,
    network: KeepingNet,
    compute: ComputeDevice,
    on_step: Callable[[float], None] | None = None,
) -> Tensor:
    """Let a sharp picture explain its photo better where the paths are sure.

    Photos larger than networks see are worked on reduced, the more the longer their paths are, and
    what was won is added to them. Memory beyond the pictures: some 600 MB.

    Parameters
    ----------
    srgb, sharp
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo and its sharp picture.
    trajectory
        The photo's paths.
    network, compute
        Who says what of the change is kept, and where.
    on_step
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Tensor
        `(3, H, W)`, sRGB-encoded, `[0, 1]`.
    """
    size = (srgb.shape[-2], srgb.shape[-1])
    scale = refining_scale(size, float(trajectory.grid_length(size).max()))
    result = sharp.clone()
    with torch.inference_mode():
        if scale == 1:
            return result.copy_(_refined(srgb, sharp, trajectory, network, compute, on_step))
        seen, known = (reduced(each, scale) for each in (srgb, sharp))
        better = _refined(seen, known, trajectory, network, compute, on_step)
        add_enlarged(result, better - known)
        return result


def _refined(
    srgb: Tensor,
    sharp: Tensor,
    trajectory: Trajectory,
    network: KeepingNet,
    compute: ComputeDevice,
    on_step: Callable[[float], None] | None,
) -> Tensor:
    """Refine `(3, H, W)` at its own size, a tile after the other."""
    size = (srgb.shape[-2], srgb.shape[-1])
    result = sharp.clone()
    longest = float(trajectory.grid_length(size).max())
    noise = estimate_noise(srgb)
    tiles = plan_tiles(size, longest, network.margin)
    for index, (read, given) in enumerate(tiles):

        def told(fraction: float, done: int = index) -> None:
            if on_step is not None:
                on_step((done + fraction) / len(tiles))

        here = part_of(trajectory, size, read)
        sure = torch.full(here.size, 0.5)
        if here.confidence is not None:
            sure = resample(here.confidence[None], here.size)[0]
        photo, known = (each[:, read[0], read[1]] for each in (srgb, sharp))
        light = srgb_to_linear(photo), srgb_to_linear(known)
        course = explain_more(*light, here, sure, noise, told)
        judged = kept(photo, course, here, network, compute)
        # Steps end early where a photo is explained to its noise.
        told(1.0)
        inner = within(given, read)
        result[:, given[0], given[1]] = judged[:, inner[0], inner[1]]
    return result
