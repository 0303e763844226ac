"""How far paths are pulled to the motions that their places share with others.

The motions are `exposure.survey.shared_motion`'s, and hold wherever a camera or a large stiff thing
moved; water and people move otherwise. A path's distance from the motion, and how sure it was, tell
which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.confidence import STILL
from blurstudio.exposure.survey.shared_motion import shared_motion
from blurstudio.networks.afterthoughts import Afterthought

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.survey.shared_motion import SharedMotion

_TOLD = 5
"""Numbers that describe how far a path lies from the motion that its place shares."""


class Sharing(Afterthought):
    """Predicts how far to pull each path to the shared motion, and how its expected error changes.

    Parameters
    ----------
    channels
        Of what else is known of a place.
    hidden
        Channels of the layers.
    """

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__(channels + _TOLD, hidden, said=3)

    def nearer(
        self, straight: Tensor, bends: Tensor, error: Tensor, known: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Pull paths u = a t + b t^2 to the motions that places share.

        Parameters
        ----------
        straight, bends
            `(N, 2, h, w)` px: a and b as they were read.
        error
            `(N, 1, h, w)` px, their expected error, without a gradient.
        known
            `(N, channels, h, w)`.

        Returns
        -------
        tuple of Tensor
            a and b; and `(N, 1, h, w)`, the natural logarithm of the factor by which the expected
            error grows.
        """
        motion = shared_motion(straight, bends, error)
        told = [known, *_beside(motion, straight.detach(), bends.detach(), error)]
        share, bent_share, more = torch.split(self(torch.cat(told, 1)), 1, 1)
        # Halfway before training: that is better than either end.
        return (
            torch.lerp(straight, motion.straight, share.sigmoid()),
            torch.lerp(bends, motion.bends, bent_share.sigmoid()),
            more,
        )


def _beside(motion: SharedMotion, straight: Tensor, bends: Tensor, error: Tensor) -> list[Tensor]:
    """Distances of paths from their motions, and which belong to none, `(N, 1, h, w)` each."""
    unit = error + STILL
    off, bent_off = (motion.straight - straight, motion.bends - bends)
    longer, was = ((_length(each) + STILL).log() for each in (motion.straight, straight))
    apart = [(_length(each) / unit).log1p() for each in (off, bent_off)]
    return [*apart, motion.alone, longer - was, unit.log()]


def _length(vectors: Tensor) -> Tensor:
    return vectors.norm(dim=1, keepdim=True)
