"""What a refinement makes of a photo's sharp picture: steadier, along a shake, explaining more.

Each of these is a module of its own; here they follow one another, and share the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from blurstudio.engine.refining.refine import refine_picture
from blurstudio.engine.refining.shake_picture import follow_shake
from blurstudio.engine.sharp.steadying import steadied

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor, nn

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.refining.refinement import Refinement
    from blurstudio.engine.refining.shake_belief import Read
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import DeblurNet, KeepingNet

_STEADY, _HALFWAY = 0.25, 0.6
"""Shares of the time at which a picture is steady, and was made along a shake that paths know."""


class Answer(NamedTuple):
    """What a deblurring network said.

    Parameters
    ----------
    seen, sharp
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo and its sharp picture.
    paths
        Those that guided the network.
    """

    seen: Tensor
    sharp: Tensor
    paths: Trajectory


def refined_picture(
    answer: Answer,
    paths: Trajectory,
    refinement: Refinement | None,
    network: Callable[[str], nn.Module],
    compute: ComputeDevice,
    told: Callable[[float], None],
) -> Tensor:
    """Refine a sharp picture, as what was found in the paths allows.

    Parameters
    ----------
    answer
        The network's.
    paths
        Refined, if that was asked for.
    refinement
        What refining the paths came to, if it was asked for.
    network
        Gives the network of a task.
    compute
        Where they run.
    told
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Tensor
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`.
    """

    def between(begins: float, ends: float) -> Callable[[float], None]:
        return lambda done: told(begins + (ends - begins) * done)

    def explaining(sharp: Tensor, begins: float) -> Tensor:
        keep = cast("KeepingNet", network("keep"))
        return refine_picture(answer.seen, sharp, paths, keep, compute, between(begins, 1.0))

    def along(shake: Read, sharp: Tensor, ends: float, *, stays: bool = False) -> Tensor:
        judge = cast("KeepingNet", network("shake"))
        how = (shake.path, answer.paths, shake.judgement, judge, compute)
        return follow_shake(answer.seen, sharp, *how, between(_STEADY, ends), stays=stays)

    deblur = cast("DeblurNet", network("deblur"))
    guide = answer.paths if deblur.guided else None
    sharp = steadied(answer.seen, answer.sharp, deblur, compute, guide, between(0.0, _STEADY))
    if refinement is None or refinement.shake is None:
        return explaining(sharp, _STEADY)
    if refinement.moved_as_one:
        return along(refinement.shake, sharp, 1.0)
    return explaining(along(refinement.shake, sharp, _HALFWAY, stays=True), _HALFWAY)
