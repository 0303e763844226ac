"""Refining what the networks said about one photo: its paths, and if asked its sharp picture.

The fitting itself is `exposure.refining.refine` and `exposure.refining.consistency`; here it is
brought to a whole photo, piece by piece (`changing`). Its words are `refinement`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.engine.paths.surveying import surveyed_paths
from blurstudio.engine.sharp.changing import changed
from blurstudio.engine.sharp.keeping import kept
from blurstudio.engine.sharp.path_tiles import part_of
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.refining.consistency import explain_more
from blurstudio.exposure.refining.course import shown
from blurstudio.exposure.refining.refine import refine_paths
from blurstudio.exposure.resample import resample

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.sharp.changing import Piece
    from blurstudio.exposure.refining.fit import Fit
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import KeepingNet, MotionNet, SurveyNet

_READING = 0.6
"""Share of the time that goes into reading windows."""

SHARE = 0.6
"""Of what the network would change that is done: all of it gains a little more and harms several
times as much (decision 28)."""


def fit_paths(
    srgb: Tensor,
    sharp: Tensor,
    paths: Trajectory,
    reader: MotionNet | None,
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
    reader
        The motion network that tells how far they spread, if there is one that does.
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

    start = surveyed_paths(srgb, paths, reader, network, compute, reading)
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

    def change(piece: Piece) -> Tensor:
        photo, known = piece.pictures
        here = part_of(trajectory, piece.size, piece.window)
        sure = torch.full(here.size, 0.5)
        if here.confidence is not None:
            sure = resample(here.confidence[None], here.size)[0]
        light = srgb_to_linear(photo), srgb_to_linear(known)
        course = explain_more(*light, here, sure, piece.noise, piece.told)
        wanted = kept(photo, shown(course), here, network, compute)
        return torch.lerp(course.start, wanted, SHARE)

    longest = float(trajectory.grid_length((srgb.shape[-2], srgb.shape[-1])).max())
    return changed((srgb, sharp), longest, network.margin, change, on_step)
