"""Regions of vectors that one affine motion explains, merged where a border explains little.

A border is worth its length; it goes where one motion for both sides explains the vectors
nearly as well as two. Directions are blind to reversal: a side may be turned round as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from blurstudio.exposure.forest import first_edges, strongest_joins

# Merge in four passes with thresholds worth/64, /16, /4 and 1, weakest borders first: what hardly
# differs is one region before it is compared with what differs much.
_STEPS = 4

# Weight of the prior that a motion is the same all over a region, as a share of the weight of all
# cells: small regions can't tell.
_EVEN = 0.001
_TINY = 1e-9


@dataclass(frozen=True, eq=False)
class _Sums:
    """What least squares needs to know about each region, (R, 3, 3), (R, 3, 2) and (R,)."""

    design: Tensor
    target: Tensor
    energy: Tensor

    def of(self, regions: Tensor) -> _Sums:
        return _Sums(self.design[regions], self.target[regions], self.energy[regions])

    def joined(self, other: _Sums, turn: int) -> _Sums:
        return _Sums(
            self.design + other.design,
            self.target + turn * other.target,
            self.energy + other.energy,
        )

    def unexplained(self, belief: float) -> Tensor:
        """Weighed squared error of the best affine motion, (R,)."""
        stiff = torch.tensor([_TINY, belief, belief], device=self.design.device)
        design = self.design + torch.diag(stiff.double())
        motion = torch.linalg.solve(design, self.target)
        return self.energy - (self.target * motion).sum((1, 2))


def merge(
    labels: Tensor, vectors: Tensor, weight: Tensor, edges: Tensor, worth: float, least: int
) -> Tensor:
    """Merge regions whose vectors follow one affine motion, then what is too small to stand.

    Parameters
    ----------
    labels
        (h, w) int64, regions to begin with, numbers below h w.
    vectors
        (2, h, w), each up to its sign.
    weight
        (h, w), the inverse of the variance expected of a vector.
    edges
        (2, E) int64, cells that touch.
    worth
        Weighed squared error, per edge along it, that a border must save to stay.
    least
        Cells that a region must have to stay by itself, unless nothing touches it.

    Returns
    -------
    Tensor
        (h, w) int64, 0 for the largest region, 1 for the next and so on.

    Notes
    -----
    Source: Koepfler, Lopez and Morel 1994, region merging for the functional of Mumford and Shah.
    """
    height, width = labels.shape
    y, x = (
        (torch.arange(side, device=labels.device, dtype=torch.float64) + 0.5) * (2 / side) - 1
        for side in (height, width)
    )
    place = torch.stack(
        (torch.ones_like(weight), x.expand(height, -1), y[:, None].expand(-1, width))
    )
    place, flat, counted = (part.flatten(-2).double() for part in (place, vectors, weight[None]))
    sums = _Sums(
        torch.einsum("in,jn,n->nij", place, place, counted[0]),
        torch.einsum("in,jn,n->nij", place, flat, counted[0]),
        flat.square().sum(0) * counted[0],
    )
    belief = _EVEN * float(counted.sum())
    region, sign = labels.flatten(), counted.new_ones(height * width)
    for step in reversed(range(_STEPS)):
        region, sign = _joined(region, sign, sums, edges, belief, worth / 4**step, 0)
    region, _ = _joined(region, sign, sums, edges, belief, torch.inf, least)
    kept, number = torch.unique(region, return_inverse=True)
    order = torch.bincount(number, minlength=len(kept)).argsort(descending=True, stable=True)
    rank = torch.empty_like(order)
    rank[order] = torch.arange(len(order), device=order.device)
    return rank[number].view(height, width)


def _joined(
    region: Tensor,
    sign: Tensor,
    sums: _Sums,
    edges: Tensor,
    belief: float,
    worth: float,
    least: int,
) -> tuple[Tensor, Tensor]:
    """Join regions that suit each other best, until every border is worth its length.

    With `least` only those with fewer cells join, and whatever their borders are worth.
    """
    count = len(region)
    while True:
        sides = region[edges]
        out = sides[0] != sides[1]
        small = torch.bincount(region, minlength=count) < least
        if least:
            out &= small[sides].any(dim=0)
        low, high = sides[:, out].aminmax(dim=0) if bool(out.any()) else (sides[0, :0],) * 2
        border, length = torch.unique(low * count + high, return_counts=True)
        one, other = border // count, border % count
        known = _collected(sums, region, sign)
        alone = known.unexplained(belief)
        together = torch.stack(
            [known.of(one).joined(known.of(other), turn).unexplained(belief) for turn in (1, -1)]
        )
        saved = (together.amin(0) - alone[one] - alone[other]) / length
        order = saved.argsort(stable=True)
        order = order[saved[order] < worth]
        if len(order) == 0:
            return region, sign
        relation = torch.where(together[1] < together[0], -1.0, 1.0).double()[order]
        one, other = one[order], other[order]
        chosen = _chosen(one, other, count, small if least else None)
        parent, turn = strongest_joins(one[chosen], other[chosen], relation[chosen], count)
        sign, region = sign * turn[region], parent[region]


def _chosen(one: Tensor, other: Tensor, count: int, small: Tensor | None) -> Tensor:
    """Mark the borders, given weakest first, that are the weakest of both their regions, (B,) bool.

    If one region were enough, chains of joins would rest on figures that earlier joins have
    changed. Where one is small, it is enough: it has to go anyway.
    """
    rank = torch.arange(len(one), device=one.device)
    first = first_edges(one, other, count)
    by_one, by_other = first[one] == rank, first[other] == rank
    if small is None:
        return by_one & by_other
    return (by_one & small[one]) | (by_other & small[other])


def _collected(sums: _Sums, region: Tensor, sign: Tensor) -> _Sums:
    """Add up the cells' sums over each region, vectors turned by their signs."""
    target = sums.target * sign[:, None, None]
    return _Sums(
        *(
            torch.zeros_like(part).index_add_(0, region, part)
            for part in (sums.design, target, sums.energy)
        )
    )
