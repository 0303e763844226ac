"""Numbers predicted for paths once their hypotheses are weighed, such as how sure they are.

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

OF_WEIGHTS = 4
"""Numbers that a summary holds about the weights of hypotheses."""

_TINY = 1e-4


class Afterthought(nn.Module):
    """Predicts numbers for each place; all zero before training.

    Parameters
    ----------
    channels
        Of what is known of a place.
    hidden
        Channels of the layers.
    said
        Numbers for each place.
    """

    def __init__(self, channels: int, hidden: int, said: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, hidden, 1)
        self.around = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.summed = nn.Conv2d(3 * hidden, hidden, 1)
        self.last = nn.Conv2d(hidden, said, 1)
        nn.init.zeros_(self.last.weight)
        assert self.last.bias is not None
        nn.init.zeros_(self.last.bias)

    def forward(self, known: Tensor) -> Tensor:
        """Predict `(N, said, h, w)` from what is known of each place, `(N, channels, h, w)`.

        Places near by and the picture as a whole are looked at too.
        """
        x = F.gelu(self.first(known))
        x = x + F.gelu(self.around(x))
        everywhere = x.mean((2, 3), keepdim=True).expand_as(x)
        x = F.gelu(self.summed(torch.cat([x, near_by(x), everywhere], 1)))
        return self.last(x)


def summary(seen: Tensor, weights: Tensor, bends: Tensor, context: Tensor) -> Tensor:
    """Summarise what was seen of all hypotheses, and their weights.

    Parameters
    ----------
    seen
        `(N, K, M, width, h, w)`: features of the hypotheses near each of K vectors.
    weights
        `(N, K, M, h, w)`, summing to one: how likely each is.
    bends
        `(M, 2)`: bends of the hypotheses, as shares of what they are near.
    context
        `(N, context, h, w)`: what is known besides.

    Returns
    -------
    Tensor
        `(N, 2 width + context + OF_WEIGHTS, h, w)`: the likeliest, the mean, the context, and how
        far apart, how large and how undecided likely bends are.
    """
    likeliest = torch.einsum("nkmhw,nkmchw->nchw", weights, seen)
    held = weights.sum(2, keepdim=True)
    # Bends are shares of the vector they are near: each vector's are averaged by themselves.
    each = weights / (held + _TINY)
    mean = torch.einsum("nkmhw,mc->nkchw", each, bends)
    square = torch.einsum("nkmhw,mc->nkchw", each, bends.square())
    apart = ((square - mean.square()).clamp(min=0) + _TINY).sqrt()
    bent = (held * torch.cat([apart, mean.norm(dim=2, keepdim=True)], 2)).sum(1)
    undecided = -(weights * (weights + _TINY).log()).sum((1, 2))[:, None]
    return torch.cat([likeliest, seen.mean((1, 2)), context, bent, undecided], 1)
