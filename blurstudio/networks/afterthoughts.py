"""How far off bent paths are expected to be: said by what a survey showed, and by its answer.

A bend that one hypothesis alone explains, and that the windows around tell as well, is surer than
the mean of several that leave as few edges each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.networks.common_bends import near_by

if TYPE_CHECKING:
    from torch import Tensor

_TOLD = 4
_TINY = 1e-4


class Doubts(nn.Module):
    """Doubts in bends, from what was seen of all hypotheses.

    Parameters
    ----------
    width
        Channels of a hypothesis.
    context
        Channels of what is known besides.
    hidden
        Channels of the layers.
    """

    def __init__(self, width: int, context: int, hidden: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(2 * width + context + _TOLD, hidden, 1)
        self.around = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.summed = nn.Conv2d(3 * hidden, hidden, 1)
        self.last = nn.Conv2d(hidden, 1, 1)
        nn.init.zeros_(self.last.weight)
        assert self.last.bias is not None
        nn.init.zeros_(self.last.bias)

    def forward(self, seen: Tensor, weights: Tensor, bends: Tensor, context: Tensor) -> Tensor:
        """Say how much surer or less sure paths are once they are bent.

        Parameters
        ----------
        seen
            `(N, M, width, h, w)`: what was made of the hypotheses.
        weights
            `(N, M, h, w)`, summing to one: how likely each is.
        bends
            `(M, 2)`: bends of the hypotheses, as shares of the straight path.
        context
            `(N, context, h, w)`.

        Returns
        -------
        Tensor
            `(N, 1, h, w)`: natural logarithm of how much larger the error gets that is expected of
            paths, as a share of their length.
        """
        likeliest = torch.einsum("nmhw,nmchw->nchw", weights, seen)
        mean = torch.einsum("nmhw,mc->nchw", weights, bends)
        square = torch.einsum("nmhw,mc->nchw", weights, bends.square())
        apart = ((square - mean.square()).clamp(min=0) + _TINY).sqrt()
        undecided = -(weights * (weights + _TINY).log()).sum(1, keepdim=True)
        told = torch.cat([apart, mean.norm(dim=1, keepdim=True), undecided], 1)
        x = F.gelu(self.first(torch.cat([likeliest, seen.mean(1), context, told], 1)))
        x = x + F.gelu(self.around(x))
        everywhere = x.mean((2, 3), keepdim=True).expand_as(x)
        x = F.gelu(self.summed(torch.cat([x, near_by(x), everywhere], 1)))
        return self.last(x)
