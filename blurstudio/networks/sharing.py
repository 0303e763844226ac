"""How far places go to the motions that they share with others.

The motions are `exposure.survey.shared_motion`'s, and hold wherever a camera or a large stiff thing
moved; water and people move otherwise. How far a place lies beside its motion, and how sure it was,
tells.
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
"""Numbers that tell how far a place lies beside the motion that it shares."""


class Sharing(Afterthought):
    """Shares of the way to shared motions, and what paths are then worth.

    Parameters
    ----------
    channels
        Of what is known of a place besides.
    hidden
        Channels of the layers.
    """

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__(channels + _TOLD, hidden, said=3)

    def nearer(
        self, straight: Tensor, bends: Tensor, error: Tensor, known: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Bring paths u = a t + b t^2 nearer to the motions that places share.

        Parameters
        ----------
        straight, bends
            `(N, 2, h, w)` px: a and b as they were read.
        error
            `(N, 1, h, w)` px that they are expected to err, without a gradient.
        known
            `(N, channels, h, w)`.

        Returns
        -------
        tuple of Tensor
            a and b; and `(N, 1, h, w)`, the natural logarithm of how much larger the expected
            error gets.
        """
        motion = shared_motion(straight, bends, error)
        told = [known, *_beside(motion, straight.detach(), bends.detach(), error)]
        share, bent_share, more = torch.split(self(torch.cat(told, 1)), 1, 1)
        # Half way until it has learned: that is better than either.
        return (
            torch.lerp(straight, motion.straight, share.sigmoid()),
            torch.lerp(bends, motion.bends, bent_share.sigmoid()),
            more,
        )


def _beside(motion: SharedMotion, straight: Tensor, bends: Tensor, error: Tensor) -> list[Tensor]:
    """Tell how far places lie beside their motions, and which do not belong to any."""
    unit = error + STILL
    off, bent_off = (motion.straight - straight, motion.bends - bends)
    longer, was = ((_length(each) + STILL).log() for each in (motion.straight, straight))
    apart = [(_length(each) / unit).log1p() for each in (off, bent_off)]
    return [*apart, motion.alone, longer - was, unit.log()]


def _length(vectors: Tensor) -> Tensor:
    return vectors.norm(dim=1, keepdim=True)
