"""The sharp picture of a photo that moved as one: whether it did, and what its shake makes of it.

Both are said by one network, which is shown the photo deconvolved along the shake beside the sharp
picture that is known: first of a telling part, then, where it believes that, of all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from blurstudio.engine.sharp.changing import changed
from blurstudio.engine.sharp.deconvolve import regularisation, tv_for
from blurstudio.engine.sharp.keeping import kept
from blurstudio.engine.sharp.path_tiles import part_of
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.refining.consistency import explain_more
from blurstudio.exposure.resample import reduced
from blurstudio.exposure.shaking.one_path import anywhere
from blurstudio.exposure.shaking.registration import moved
from blurstudio.exposure.shaking.shake_course import JUDGED, shake_course
from blurstudio.exposure.shaking.shake_reading import LONGEST, telling_window
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.sharp.changing import Piece
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import KeepingNet

BELIEVED = 0.5
"""Share of a change to the deconvolved picture from which a shake is believed."""

_AFTERWARDS = 2
"""Steps by which the picture then explains its photo better: along a path that is believed they do
more good than harm."""


class Judgement(NamedTuple):
    """What a network says of a shake.

    Parameters
    ----------
    belief
        Share of the change to the deconvolved picture that it keeps, [0, 1].
    offset
        How far beside the known sharp picture the shake puts all content, (x, y) px of the photo.
    """

    belief: float
    offset: tuple[float, float]

    @property
    def believed(self) -> bool:
        """Whether what follows from the shake looks right."""
        return self.belief >= BELIEVED


def judge_shake(
    srgb: Tensor,
    sharp: Tensor,
    shake: Trajectory,
    paths: Trajectory,
    network: KeepingNet,
    compute: ComputeDevice,
    on_step: Callable[[float], None] | None = None,
) -> Judgement:
    """Ask whether a photo moved as one.

    Parameters
    ----------
    srgb, sharp
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo and its sharp picture.
    shake, paths
        What was read, and the paths of the sharp picture; both of the photo.
    network, compute
        Who is asked, and where.
    on_step
        Called with the fraction done. What it raises ends the work.
    """
    whole = (srgb.shape[-2], srgb.shape[-1])
    longest = float(shake.grid_length(whole).max())
    scale = min(1.0, LONGEST / max(longest, 1.0))
    size = scaled_size(whole, scale)
    with torch.inference_mode():
        photo, known = (reduced(each, size) for each in (srgb, sharp))
        window = telling_window(photo, JUDGED)
        along, before = anywhere(shake, size, window), part_of(paths, size, window)
        photo, known = (each[:, window.rows, window.columns] for each in (photo, known))
        tv = regularisation(photo)
        change, offset = shake_course(photo, known, along, before, tv, on_step=on_step)
        answer = kept(photo, change, along, network, compute)
    wanted = change.end - change.start
    share = ((answer - change.start) * wanted).sum() / wanted.square().sum().clamp(min=1e-9)
    x, y = offset
    return Judgement(float(share.clamp(0, 1)), (x / scale, y / scale))


def follow_shake(
    srgb: Tensor,
    sharp: Tensor,
    shake: Trajectory,
    paths: Trajectory,
    judgement: Judgement,
    network: KeepingNet,
    compute: ComputeDevice,
    on_step: Callable[[float], None] | None = None,
    *,
    stays: bool = False,
) -> Tensor:
    """Make the sharp picture of a photo that moved as one.

    Parameters
    ----------
    srgb, sharp, shake, paths, network, compute, on_step
        As for `judge_shake`.
    judgement
        Of the shake.
    stays
        Whether it is wanted where the known sharp picture has it, not where the shake does.

    Returns
    -------
    Tensor
        `(3, H, W)`, sRGB-encoded, `[0, 1]`.
    """
    width = srgb.shape[-1]
    offset = judgement.offset

    def change(piece: Piece) -> Tensor:
        photo, _, known = piece.pictures
        along = anywhere(shake, piece.size, piece.window)
        before = part_of(paths, piece.size, piece.window)
        scale = piece.size[1] / width
        placed = (offset[0] * scale, offset[1] * scale)
        tv = tv_for(piece.noise)
        seen, _ = shake_course(photo, known, along, before, tv, placed, piece.told)
        wanted = kept(photo, seen, along, network, compute)
        if not judgement.believed:
            return wanted
        light = srgb_to_linear(photo), srgb_to_linear(wanted)
        sure = torch.ones(along.size)
        return explain_more(*light, along, sure, piece.noise, steps=_AFTERWARDS).end

    longest = float(shake.grid_length((srgb.shape[-2], width)).max())
    start = moved(sharp, offset)
    followed = changed((srgb, start, sharp), longest, network.margin, change, on_step)
    if not stays:
        return followed
    x, y = offset
    return moved(followed, (-x, -y))
