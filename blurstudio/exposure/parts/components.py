"""Regions of a grid parted by high barriers: components, and the merging of what is hardly parted.

Only numbers on grids are known here; what a barrier of motion is, `layers` knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Iterator

# Regions are told apart by barriers of a third of what is enough, so that a gap in a barrier
# doesn't join what the rest of it parts; then those are merged that are parted by less on average.
_FAINT = 3
# The largest of them: all are compared with all.
_MOST = 32


def components(barrier: Tensor, values: Tensor, enough: float, least: int, most: int) -> Tensor:
    """Part a grid along its barriers.

    Parameters
    ----------
    barrier
        (h, w), how strongly a cell parts those around it.
    values
        (C, h, w); cells on a barrier go to the side whose values are nearest to theirs.
    enough
        Mean barrier, along the border of two regions, from which they stay two.
    least
        Cells off the barriers that a region must have.
    most
        Largest number of regions; the smallest go.

    Returns
    -------
    Tensor
        (h, w) int64, 0 for the largest region, 1 for the next and so on.
    """
    if not bool((barrier > enough).any()):
        return torch.zeros_like(barrier, dtype=torch.long)
    found = _ranked(_connected(barrier <= enough / _FAINT), least, _MOST)
    labels = _merged(_grown(found, values), barrier, enough)
    # A region that is all barrier is the slope between two others.
    labels = torch.where(barrier > enough, -1, labels)
    return _grown(_ranked(labels, least, most), values)


def _connected(open_: Tensor) -> Tensor:
    """Name the components (h, w) of open cells after their lowest cell; -1 where none is open.

    Every tree of cells hangs itself on the lowest tree it touches, until nothing changes.
    """
    cell = torch.arange(open_.numel(), device=open_.device).view(open_.shape)
    down, right = open_[:-1] & open_[1:], open_[:, :-1] & open_[:, 1:]
    one = torch.cat((cell[:-1][down], cell[:, :-1][right]))
    other = torch.cat((cell[1:][down], cell[:, 1:][right]))
    tree = cell.flatten()
    while True:
        lower = torch.minimum(tree[one], tree[other])
        joined = tree.scatter_reduce(0, tree[one], lower, "amin")
        joined = joined.scatter_reduce(0, tree[other], lower, "amin")
        while not torch.equal(joined[joined], joined):
            joined = joined[joined]
        if torch.equal(joined, tree):
            return torch.where(open_, tree.view(open_.shape), -1)
        tree = joined


def _ranked(labels: Tensor, least: int, most: int) -> Tensor:
    """Rank regions by area, 0 the largest; -1 for those too small or too many."""
    areas = torch.bincount(labels[labels >= 0], minlength=1)
    kept = areas.argsort(descending=True, stable=True)[:most]
    kept = kept[areas[kept] >= max(least, 1)]
    rank = torch.full_like(areas, -1)
    rank[kept] = torch.arange(len(kept), device=kept.device)
    return torch.where(labels < 0, -1, rank[labels.clamp(min=0)])


def _merged(labels: Tensor, barrier: Tensor, enough: float) -> Tensor:
    """Merge regions across the lowest mean barrier first, until all left are high enough."""
    count = int(labels.max()) + 1
    pairs = ((labels[:-1], labels[1:]), (labels[:, :-1], labels[:, 1:]))
    one, other = (torch.cat([pair[side].flatten() for pair in pairs]) for side in (0, 1))
    over = torch.cat(
        [
            torch.maximum(barrier[:-1], barrier[1:]).flatten(),
            torch.maximum(barrier[:, :-1], barrier[:, 1:]).flatten(),
        ]
    ).double()
    index = one * count + other
    height = torch.bincount(index, over, count * count).view(count, count)
    length = torch.bincount(index, minlength=count * count).view(count, count).double()
    height, length = height + height.T, length + length.T
    region = torch.arange(count, device=labels.device)
    while True:
        mean = torch.where(length > 0, height / length.clamp(min=1), torch.inf)
        mean.fill_diagonal_(torch.inf)
        lowest = int(mean.argmin())
        kept, gone = sorted(divmod(lowest, count))
        if not float(mean.flatten()[lowest]) < enough:
            return region[labels]
        for sums in (height, length):
            sums[kept] += sums[gone]
            sums[:, kept] += sums[:, gone]
            sums[gone] = sums[:, gone] = 0
        region[region == gone] = kept


def _grown(labels: Tensor, values: Tensor) -> Tensor:
    """Give cells without a region (-1) that of the neighbour whose values are nearest to theirs."""
    if not bool((labels >= 0).any()):
        return torch.zeros_like(labels)
    while bool((labels < 0).any()):
        best = values.new_full(labels.shape, torch.inf)
        taken = labels
        for other, there in zip(_beside(labels, -1), _beside(values, torch.inf), strict=True):
            apart = torch.where(other >= 0, (there - values).abs().sum(0), torch.inf)
            better = (labels < 0) & (apart < best)
            taken, best = torch.where(better, other, taken), torch.where(better, apart, best)
        labels = taken
    return labels


def _beside(maps: Tensor, beyond: float) -> Iterator[Tensor]:
    """Values of the four neighbours of every cell of (..., h, w)."""
    wide = F.pad(maps, (1, 1, 1, 1), value=beyond)
    for top, left in ((0, 1), (2, 1), (1, 0), (1, 2)):
        yield wide[..., top : top + maps.shape[-2], left : left + maps.shape[-1]]
