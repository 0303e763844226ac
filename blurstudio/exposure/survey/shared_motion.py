"""Motions that many places of a picture share: a camera's, and those of large things in front.

Places are read one by one and err one by one; a few smooth motions that explain most of them err
less. Which place belongs to which motion is found along with the motions. Unlike the camera's that
`camera` fits, in degrees and px for a person to read, they include those of things in front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F

if TYPE_CHECKING:
    from torch import Tensor

# Set on 100 exposures of training photos. Two to four motions, half to twice the distances and the
# price of belonging to none, and half the rounds change their path error by 0.2 points at most;
# firmer motions do worse.
_MOTIONS = 3
_ROUGH, _FINE = 10, 6
"""Rounds in which each motion is found by itself, and then all together."""

_STRAIGHT, _BEND = (0.8, 0.3), (2.0, 0.5)
"""Allowed distance of a place from its motion, in a and in b: times its expected error, plus px."""

_TOLERANCE = 8.0
"""Squared distance at which a place counts for a quarter while a motion is found by itself."""

_ALONE = 3.0
"""Minus the log likelihood of a place under no motion, whatever it does."""

_TOGETHER = 1.5
"""Weight of the mean log likelihood over 3 x 3 places: 9 if they were independent of each other."""

_RARE = 0.02
"""Added to every motion's share so that none dies out during the iterations."""

_LEAST = 1e-6

# Shift, what turns, grows and shears, and what a camera that turns about an axis in the picture
# adds at the borders: the farther down the list, the less likely it is large.
_FIRM = (0.0, 0.0, 0.02, 0.02, 0.02, 0.02, 0.08, 0.08)


class SharedMotion(NamedTuple):
    """Paths u = a t + b t^2 according to the motions that places share.

    Attributes
    ----------
    straight, bends
        (N, 2, h, w) px: a and b. Where a place belongs to no motion, as it was read.
    alone
        (N, 1, h, w), [0, 1]: how likely a place belongs to none.
    """

    straight: Tensor
    bends: Tensor
    alone: Tensor


def shared_motion(straight: Tensor, bends: Tensor, error: Tensor) -> SharedMotion:
    """Find the few motions that places of a picture share.

    Parameters
    ----------
    straight, bends
        (N, 2, h, w) px each: a and b as they were read. Any place may be read backwards.
    error
        (N, 1, h, w) px, above or at zero: how far off they are expected to be.

    Returns
    -------
    SharedMotion
        It carries no gradient.
    """
    with torch.no_grad():
        return _Mixture(straight, bends, error).shared()


class _Mixture:
    """Expectation and maximisation, begun with one motion after the other."""

    def __init__(self, straight: Tensor, bends: Tensor, error: Tensor) -> None:
        self.read = straight, bends
        self.spread = tuple(share * error + least for share, least in (_STRAIGHT, _BEND))
        grid = (straight.shape[-2], straight.shape[-1])
        self.fields = _fields(grid).to(straight)
        self.motions = []
        left = torch.ones_like(error)
        for _ in range(_MOTIONS):
            held, way = left, torch.ones_like(error)
            for _ in range(_ROUGH):
                motion = self._fitted(held, way)
                off, way = self._distance(motion)
                near = (1 + off / _TOLERANCE).reciprocal()
                held = left * near.square()
            self.motions.append(motion)
            left = left * (1 - near)
        share = error.new_full((len(error), _MOTIONS, 1, 1), 1 / _MOTIONS)
        for _ in range(_FINE):
            parts, ways = self._parts(share)
            each = zip(torch.split(parts[:, :-1], 1, 1), ways, strict=True)
            self.motions = [self._fitted(held, way) for held, way in each]
            share = parts[:, :-1].mean((2, 3), keepdim=True) + _RARE
            share = share / share.sum(1, keepdim=True)
        self.share = share

    def shared(self) -> SharedMotion:
        """See every place as its motions have it, each by how likely the place belongs to it."""
        parts, ways = self._parts(self.share)
        *held, alone = torch.split(parts, 1, 1)
        straight, bends = (alone * read for read in self.read)
        for part, way, (along, bent) in zip(held, ways, self.motions, strict=True):
            straight, bends = straight + part * way * along, bends + part * bent
        return SharedMotion(straight, bends, alone)

    def _parts(self, share: Tensor) -> tuple[Tensor, list[Tensor]]:
        """How likely places belong to each motion and to none, and which way each is read."""
        offs, ways = zip(*(self._distance(motion) for motion in self.motions), strict=True)
        likely = torch.cat(offs, 1) / -2 + share.log()
        none = torch.full_like(likely[:, :1], -_ALONE)
        around = F.pad(torch.cat([likely, none], 1), (1, 1, 1, 1), mode="replicate")
        return (_TOGETHER * F.avg_pool2d(around, 3, 1)).softmax(1), list(ways)

    def _distance(self, motion: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """Squared distances (N, 1, h, w) of what was read, and the nearer way, 1 or -1."""
        (straight, bends), (along, bent), (loose, looser) = self.read, motion, self.spread
        same, other = (
            ((along - way * straight) / loose).square().sum(1, keepdim=True) for way in (1, -1)
        )
        bend = ((bent - bends) / looser).square().sum(1, keepdim=True)
        return torch.minimum(same, other) + bend, torch.where(same <= other, 1.0, -1.0)

    def _fitted(self, held: Tensor, way: Tensor) -> tuple[Tensor, Tensor]:
        """Fit a motion to places by least squares, weighed by `held`, (N, 1, h, w)."""
        straight, bends = self.read
        loose, looser = self.spread
        return (
            self._smooth(way * straight, held / loose.square()),
            self._smooth(bends, held / looser.square()),
        )

    def _smooth(self, values: Tensor, weight: Tensor) -> Tensor:
        """Find the smooth field that is nearest to values (N, 2, h, w)."""
        fields = self.fields
        weighed = fields * weight[:, None]
        square = torch.einsum("nkchw,jchw->nkj", weighed, fields)
        firm = values.new_tensor(_FIRM) + _LEAST * square.diagonal(0, -2, -1).mean(-1, keepdim=True)
        square = square + torch.diag_embed(firm + _LEAST)
        known = torch.einsum("nkchw,nchw->nk", weighed, values)
        return torch.einsum("nk,kchw->nchw", torch.linalg.solve(square, known), fields)


def _fields(grid: tuple[int, int]) -> Tensor:
    """Fields of motion that a camera's is made of to second order, (8, 2, h, w)."""
    rows, columns = grid
    y, x = torch.meshgrid(torch.arange(rows) + 0.5, torch.arange(columns) + 0.5, indexing="ij")
    x, y = ((each - side / 2) / max(grid) for each, side in ((x, columns), (y, rows)))
    one, none = torch.ones_like(x), torch.zeros_like(x)
    pairs = (one, none), (none, one), (x, none), (y, none), (none, x), (none, y)
    return torch.stack([torch.stack(pair) for pair in (*pairs, (x * x, x * y), (x * y, y * y))])
