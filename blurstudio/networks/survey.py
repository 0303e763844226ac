"""The refining network: a survey of hypothetical paths in, how the given paths change out.

Every hypothesis, near the path or near the main axis of its spread, is looked at by the same
weights and compared with the others there by their mean, with what bends as far to the other side,
and with what comes to the same bend elsewhere. So the answer turns with the path, and a mirrored
picture gets a mirrored one.
"""

from __future__ import annotations

from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.exposure.confidence import (
    STILL,
    confidence_for,
    doubted,
    expected_error_share,
)
from blurstudio.exposure.refining.path_change import in_px
from blurstudio.exposure.survey.hypotheses import HYPOTHESES, REVERSED
from blurstudio.exposure.survey.path_survey import LENGTHS, SHORTEST, STATISTICS
from blurstudio.networks.afterthoughts import OF_WEIGHTS, Afterthought, summary
from blurstudio.networks.common_bends import CommonBends, near_by, neighbours
from blurstudio.networks.sharing import Sharing

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

_CONTEXT = 8
_LONG = 20.0
_AT_FIRST = (0.0, -2.0)
"""Prior log weights of hypotheses near the path and near the main axis of its spread. Set on 300
exposures of training photos."""

_LARGEST = 8.0
"""Bound of a bend as a share of the straight path: twice what is ever tried."""


class Weighed(NamedTuple):
    """What a refining network says of surveyed paths u = a t + b t^2.

    Attributes
    ----------
    straight, bends
        `(N, 2, h, w)` px: a, in the direction of time in which it was given, and b.
    doubt
        `(N, 1, h, w)`: natural logarithm of the expected error of the path, as a share of its
        length, over that of the given one.
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
        Channels of the layers that pull paths to motions that many places share
        (`exposure.survey.shared_motion`); none likewise.
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
            `(N, K, S, M, F, h, w)`, `(N, K, 2, h, w)` px and `(N, K, 5, h, w)` px, as `PathSurvey`
            has them.

        Returns
        -------
        Weighed
            Paths too short to tell stay straight, unless they share a motion that bends.
        """
        shape, grid = evidence.shape[:2], evidence.shape[-2:]
        context = _context(straight.flatten(0, 1), about.flatten(0, 1)).view(
            *shape, _CONTEXT, *grid
        )
        seen = self._seen(self._described(evidence, context), neighbours(straight, self.bends))
        likely, amount = self._likely(seen)
        length = straight.norm(dim=2, keepdim=True)
        share = torch.einsum("nkmhw,mc->nkchw", likely * (1 + amount), self.bends)
        share = share * self.gain[:, None, None] * (length >= SHORTEST)
        share = share.clamp(-_LARGEST, _LARGEST)
        bends = in_px(straight, *share.unbind(2)).sum(1)
        agree = (straight[:, :1] * straight).sum(2, keepdim=True) >= 0
        held = likely.sum(2).unsqueeze(2)
        mixed = (held * torch.where(agree, straight, -straight)).sum(1)
        # Doubts learn what bends are worth; bends don't learn to be doubted less.
        known = summary(seen.detach(), likely.detach(), self.bends, context[:, 0])
        doubt = torch.zeros_like(known[:, :1]) if self.doubts is None else self.doubts(known)
        if self.shared is None:
            return Weighed(mixed, bends, doubt)
        sure = doubted(confidence_for(length[:, 0], about[:, 0, :1]), doubt)
        error = expected_error_share(sure) * (mixed.norm(dim=1, keepdim=True) + STILL)
        mixed, bends, more = self.shared.nearer(mixed, bends, error.detach(), known)
        return Weighed(mixed, bends, doubt + more)

    def _described(self, evidence: Tensor, context: Tensor) -> Tensor:
        """Describe every hypothesis, `(N, K, M, width, h, w)`."""
        shape = (*evidence.shape[:2], evidence.shape[3])
        given = evidence[:, :, :, :1]
        beside = 4 * (evidence - given).transpose(2, 3).flatten(3, 4)
        level = ((given + 4) / 2).transpose(2, 3).flatten(3, 4)
        # Both sides leave nearly the same edges: the little that differs would be lost among what
        # tells short bends from long ones.
        opposite = beside - beside[:, :, list(REVERSED)]
        kind = self.described[..., None, None].expand(-1, -1, *evidence.shape[-2:])
        everywhere = [level, context[:, :, None]]
        everywhere = [each.expand(*shape, -1, -1, -1) for each in (*everywhere, kind)]
        return _asked(self.first, torch.cat([beside, opposite, *everywhere], 3))

    def _seen(self, x: Tensor, near: Tensor) -> Tensor:
        """Compare hypotheses, near by and over the picture."""
        rounds = zip(self.around, self.compared, self.common, strict=True)
        for around, layer, common in rounds:
            compared = cast("nn.Conv2d", layer)
            one = F.gelu(_asked(around, F.gelu(x)))
            mean = one.mean(2)
            summed = common(one.flatten(1, 2), near).reshape(*one.shape[:3], -1, *one.shape[-2:])
            both = torch.cat([mean, _asked(near_by, mean)], 2)
            shared = _asked(partial(_of_shared, compared), both)
            own = _asked(partial(_of_own, compared), torch.cat([one, summed], 3))
            x = x + own + shared[:, :, None]
        return F.gelu(x)

    def _likely(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        """How likely hypotheses are, and how much farther paths bend, `(N, K, M, h, w)` each."""
        likely, amount = _asked(self.last, seen).unbind(3)
        likely = likely + likely.new_tensor(_AT_FIRST).view(-1, 1, 1, 1)
        return likely.flatten(1, 2).softmax(1).view_as(amount), amount


def _asked(layer: Callable[[Tensor], Tensor], seen: Tensor) -> Tensor:
    """Ask a layer about pictures `(..., C, h, w)`."""
    said = layer(seen.flatten(0, -4))
    return said.view(*seen.shape[:-3], *said.shape[-3:])


# What all hypotheses of a place share is put through a layer once, not for each of them. Of its
# input channels the first `width` are a hypothesis' own, twice as many after them are shared, and
# all that follow are its own again.


def _of_own(layer: nn.Conv2d, own: Tensor) -> Tensor:
    width = layer.out_channels
    weight = torch.cat([layer.weight[:, :width], layer.weight[:, 3 * width :]], 1)
    return F.conv2d(own, weight)


def _of_shared(layer: nn.Conv2d, shared: Tensor) -> Tensor:
    width = layer.out_channels
    return F.conv2d(shared, layer.weight[:, width : 3 * width], layer.bias)


def _context(straight: Tensor, about: Tensor) -> Tensor:
    """Lengths of the paths and how sure they are, `(N, 8, h, w)`, of order one."""
    length = straight.norm(dim=1)
    error, along, across, minor, off = about.unbind(1)
    reach = torch.hypot(along, across)
    told = (length.log1p() - 2, (error + 0.1).log(), error / (length + 1), length / _LONG)
    further = ((reach + 1).log() - (length + 1).log(), (off + 0.1).log() - (reach + 1).log())
    return torch.stack([*told, *further, across / (reach + 1), minor / (reach + 1)], 1)
