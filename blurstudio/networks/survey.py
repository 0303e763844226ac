"""The refining network: a survey of hypothetical paths in, which shape the paths have out.

Every hypothesis is looked at by the same weights and compared with the others by their mean, so
the answer turns with the path, and a mirrored picture gets a mirrored one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from blurstudio.exposure.hypotheses import HYPOTHESES
from blurstudio.exposure.path_survey import LENGTHS, SHORTEST, STATISTICS

if TYPE_CHECKING:
    from torch import Tensor

_AROUND = 7
"""Cells over which a neighbourhood is summed up."""

_CONTEXT = 7
_ONWARD = 1e-6
_LONG = 20.0


class SurveyNet(nn.Module):
    """Shapes of paths, weighed from what hypothetical paths left of windows.

    Parameters
    ----------
    width
        Channels of a hypothesis.
    depth
        Rounds in which neighbours and hypotheses are compared.
    """

    described: Tensor
    shapes: Tensor

    def __init__(self, width: int = 48, depth: int = 3) -> None:
        super().__init__()
        shapes = torch.tensor([h.shape for h in HYPOTHESES])
        # Of a path that goes out and back, which end comes first is nobody's choice.
        shapes[:, 1] *= shapes[:, 0] > _ONWARD
        self.register_buffer("shapes", shapes, persistent=False)
        # Signs would tell left from right, which no law of blur does.
        table = [
            (math.cos(h.phase), abs(math.sin(h.phase)), h.roundness, h.stretch, abs(h.turn))
            for h in HYPOTHESES
        ]
        self.register_buffer("described", torch.tensor(table), persistent=False)
        seen = len(LENGTHS) * STATISTICS
        self.first = nn.Conv2d(2 * seen + len(table[0]) + _CONTEXT, width, 1)
        self.around = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(depth))
        self.compared = nn.ModuleList(nn.Conv2d(3 * width, width, 1) for _ in range(depth))
        self.last = nn.Conv2d(width, 3, 1)
        nn.init.zeros_(self.last.weight)
        assert self.last.bias is not None
        nn.init.zeros_(self.last.bias)
        self.gain = nn.Parameter(torch.ones(4))

    def forward(self, evidence: Tensor, axis: Tensor, about: Tensor) -> Tensor:
        """Weigh a survey.

        Parameters
        ----------
        evidence, axis, about
            `(N, S, M, F, h, w)`, `(N, 2, h, w)` px and `(N, 5, h, w)` px, as `PathSurvey` has them.

        Returns
        -------
        Tensor
            `(N, 4, h, w)`: shares as `exposure.bending` takes them. Paths too short to tell are
            straight.
        """
        count, _, hypotheses, _, *grid = evidence.shape
        given = evidence[:, :, :1]
        beside = 4 * (evidence - given).transpose(1, 2).flatten(2, 3)
        level = ((given + 4) / 2).transpose(1, 2).flatten(2, 3)
        shared = torch.cat([level, _context(axis, about)[:, None]], 2)
        x = torch.cat(
            [
                beside,
                shared.expand(-1, hypotheses, -1, -1, -1),
                self.described[None, :, :, None, None].expand(count, -1, -1, *grid),
            ],
            2,
        )
        x = self.first(x.flatten(0, 1))
        for around, compared in zip(self.around, self.compared, strict=True):
            one = F.gelu(around(F.gelu(x))).view(count, hypotheses, -1, *grid)
            mean = one.mean(1)
            wide = F.avg_pool2d(mean, _AROUND, 1, _AROUND // 2, count_include_pad=False)
            both = torch.stack([mean, wide], 1).flatten(1, 2)[:, None]
            both = both.expand(-1, hypotheses, -1, -1, -1)
            x = x + compared(torch.cat([one, both], 2).flatten(0, 1))
        said = self.last(F.gelu(x)).view(count, hypotheses, 3, *grid)
        straight, likely, amount = said.unbind(2)
        # Apart: most paths are rather straight, and weights that say so no longer learn bends.
        weights = torch.stack([straight.softmax(1), likely.softmax(1) * (1 + amount)])
        ahead, bend = (
            torch.einsum("nmhw,mc->nchw", each, shapes)
            for each, shapes in zip(weights, (self.shapes[:, :1], self.shapes[:, 1:]), strict=True)
        )
        shares = torch.cat([ahead, bend], 1) * self.gain[:, None, None]
        long_enough = axis.norm(dim=1, keepdim=True) >= SHORTEST
        return torch.where(long_enough, shares, self.shapes[0].view(4, 1, 1))


def _context(axis: Tensor, about: Tensor) -> Tensor:
    """Lengths of the paths and how sure they are, `(N, 7, h, w)`, of order one."""
    length = axis.norm(dim=1)
    minor, off, along, across, error = about.unbind(1)
    told = (length.log1p() - 2, (off + 0.1).log(), (error + 0.1).log(), length / _LONG)
    shares = (each / (length + 1) for each in (minor, along, across))
    return torch.stack([*told, *shares], 1)
