"""The refining network: a survey of hypothetical paths in, how the given paths change out.

Every hypothesis is looked at by the same weights and compared with the others by their mean, with
what bends as far to the other side, and with what comes to the same bend elsewhere. So the answer
turns with the path, and a mirrored picture gets a mirrored one.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.exposure.confidence import (
    STILL,
    confidence_for,
    doubted,
    expected_error_share,
)
from blurstudio.exposure.hypotheses import HYPOTHESES, REVERSED
from blurstudio.exposure.path_change import in_px
from blurstudio.exposure.path_survey import LENGTHS, SHORTEST, STATISTICS
from blurstudio.networks.afterthoughts import OF_WEIGHTS, Afterthought, summary
from blurstudio.networks.common_bends import CommonBends, near_by, neighbours
from blurstudio.networks.sharing import Sharing

if TYPE_CHECKING:
    from torch import Tensor

_CONTEXT = 8
_LONG = 20.0
_LARGEST = 8.0
"""Bound of a bend as a share of the straight path: twice what is ever tried."""


class Weighed(NamedTuple):
    """What a refining network says of surveyed paths u = a t + b t^2.

    Attributes
    ----------
    straight, bends
        `(N, 2, h, w)` px: a, in the direction of time in which it was given, and b.
    doubt
        `(N, 1, h, w)`: natural logarithm of how much larger the error that is expected of the
        path is, as a share of its length, than that of the given one.
    """

    straight: Tensor
    bends: Tensor
    doubt: Tensor


class SurveyNet(nn.Module):
    """Bends of paths, weighed from what hypothetical paths left of windows.

    Parameters
    ----------
    width
        Channels of a hypothesis.
    depth
        Rounds in which neighbours and hypotheses are compared.
    common
        Channels that all places sum up in each round.
    doubts
        Channels of the layers that tell how sure bent paths are; none for a network that doesn't.
    shared
        Channels of those that tell how far paths are what others make of them: motions that many
        places share (`exposure.shared_motion`); none likewise.
    """

    described: Tensor
    bends: Tensor

    def __init__(
        self,
        width: int = 48,
        depth: int = 3,
        common: int = 12,
        doubts: int = 0,
        shared: int = 0,
    ) -> None:
        super().__init__()
        table = torch.tensor([astuple(h) for h in HYPOTHESES])
        self.register_buffer("bends", table[:, :2].clone(), persistent=False)
        # Signs would tell left from right, which no law of blur does.
        sizes = torch.stack([*table[:, :2].abs().T, table[:, 2], table[:, 3].abs()], 1)
        self.register_buffer("described", sizes, persistent=False)
        seen = len(LENGTHS) * STATISTICS
        self.first = nn.Conv2d(3 * seen + table.shape[1] + _CONTEXT, width, 1)
        self.around = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(depth))
        self.compared = nn.ModuleList(
            nn.Conv2d(3 * width + 4 * common, width, 1) for _ in range(depth)
        )
        self.common = nn.ModuleList(CommonBends(width, common) for _ in range(depth))
        self.last = nn.Conv2d(width, 2, 1)
        nn.init.zeros_(self.last.weight)
        assert self.last.bias is not None
        nn.init.zeros_(self.last.bias)
        self.gain = nn.Parameter(torch.ones(2))
        known = 2 * width + _CONTEXT + OF_WEIGHTS
        self.doubts = Afterthought(known, doubts) if doubts else None
        self.shared = Sharing(known, shared) if shared else None

    def forward(self, evidence: Tensor, straight: Tensor, about: Tensor) -> Weighed:
        """Weigh a survey.

        Parameters
        ----------
        evidence, straight, about
            `(N, S, M, F, h, w)`, `(N, 2, h, w)` px and `(N, 5, h, w)` px, as `PathSurvey` has them.

        Returns
        -------
        Weighed
            Paths too short to tell stay straight, unless they share a motion that bends.
        """
        count, _, hypotheses, _, *grid = evidence.shape
        given = evidence[:, :, :1]
        beside = 4 * (evidence - given).transpose(1, 2).flatten(2, 3)
        level = ((given + 4) / 2).transpose(1, 2).flatten(2, 3)
        # Both sides leave nearly the same edges: the little that differs would be lost among what
        # tells short bends from long ones.
        other = beside - beside[:, list(REVERSED)]
        context = _context(straight, about)
        shared = torch.cat([level, context[:, None]], 2)
        x = torch.cat(
            [
                beside,
                other,
                shared.expand(-1, hypotheses, -1, -1, -1),
                self.described[None, :, :, None, None].expand(count, -1, -1, *grid),
            ],
            2,
        )
        x = self.first(x.flatten(0, 1))
        near = neighbours(straight, self.bends)
        rounds = zip(self.around, self.compared, self.common, strict=True)
        for around, compared, common in rounds:
            one = F.gelu(around(F.gelu(x))).view(count, hypotheses, -1, *grid)
            mean = one.mean(1)
            both = torch.stack([mean, near_by(mean)], 1).flatten(1, 2)[:, None]
            both = both.expand(-1, hypotheses, -1, -1, -1)
            x = x + compared(torch.cat([one, both, common(one, near)], 2).flatten(0, 1))
        seen = F.gelu(x)
        likely, amount = self.last(seen).view(count, hypotheses, 2, *grid).unbind(2)
        likely = likely.softmax(1)
        share = torch.einsum("nmhw,mc->nchw", likely * (1 + amount), self.bends)
        length = straight.norm(dim=1, keepdim=True)
        share = share * self.gain[:, None, None] * (length >= SHORTEST)
        share = share.clamp(-_LARGEST, _LARGEST)
        bends = in_px(straight, *share.unbind(1))
        seen = seen.view(count, hypotheses, -1, *grid)
        # Doubts learn what bends are worth; bends don't learn to be doubted less.
        known = summary(seen.detach(), likely.detach(), self.bends, context)
        doubt = torch.zeros_like(known[:, :1]) if self.doubts is None else self.doubts(known)
        if self.shared is None:
            return Weighed(straight, bends, doubt)
        sure = doubted(confidence_for(length, about[:, :1]), doubt)
        error = (expected_error_share(sure) * (length + STILL)).detach()
        straight, bends, more = self.shared.nearer(straight, bends, error, known)
        return Weighed(straight, bends, doubt + more)


def _context(straight: Tensor, about: Tensor) -> Tensor:
    """Lengths of the paths and how sure they are, `(N, 8, h, w)`, of order one."""
    length = straight.norm(dim=1)
    error, along, across, minor, off = about.unbind(1)
    reach = torch.hypot(along, across)
    told = (length.log1p() - 2, (error + 0.1).log(), error / (length + 1), length / _LONG)
    further = ((reach + 1).log() - (length + 1).log(), (off + 0.1).log() - (reach + 1).log())
    return torch.stack([*told, *further, across / (reach + 1), minor / (reach + 1)], 1)
