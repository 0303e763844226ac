"""A steadier sharp picture: the mean of what the network answers to mirrored photos.

A network errs otherwise in a mirror; what it makes up by chance is averaged away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.sharp.restore import restore
from blurstudio.exposure.mirroring import LEFT_RIGHT, UP_DOWN, mirrored

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import DeblurNet

MIRRORS = ((LEFT_RIGHT, UP_DOWN), (LEFT_RIGHT,), (UP_DOWN,))
"""What is asked besides the picture as it is. Sides swapped as well would take twice the time."""


def steadied(
    srgb: Tensor,
    sharp: Tensor,
    network: DeblurNet,
    compute: ComputeDevice,
    paths: Trajectory | None,
    on_step: Callable[[float], None] | None = None,
) -> Tensor:
    """Average a network's sharp picture with those of the mirrored photo.

    Parameters
    ----------
    srgb, sharp
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo, and what the network answered.
    network, compute, paths
        As for `engine.sharp.restore.restore`, which gave that answer.
    on_step
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Tensor
        `(3, H, W)`, sRGB-encoded, `[0, 1]`.
    """
    total = sharp.clone()
    for number, dims in enumerate(MIRRORS):

        def told(fraction: float, _text: str, before: int = number) -> None:
            if on_step is not None:
                on_step((before + fraction) / len(MIRRORS))

        along = None if paths is None else mirrored(paths, dims)
        answer = restore(srgb.flip(dims), network, compute, along, progress=told)
        total += answer.flip(dims)
    return total.div_(1 + len(MIRRORS))
