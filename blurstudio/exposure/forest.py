"""Signs that make neighbours agree: a maximum spanning forest, grown by all its trees at once.

Only signs and edges are known here; what a neighbour's agreement means is `direction`'s business.
"""

from __future__ import annotations

import torch
from torch import Tensor


def spanning_signs(edges: Tensor, strength: Tensor, relation: Tensor, count: int) -> Tensor:
    """Choose a sign for every node so that the strongest relations hold.

    All trees at once join along the strongest edge that leaves each, again and again until no
    edge leaves a tree (Borůvka 1926). The outcome is the maximum spanning forest, in a handful of
    steps over all edges.

    Parameters
    ----------
    edges
        (2, E) int64, nodes that have a relation.
    strength
        (E,), how much to believe each relation.
    relation
        (E,), 1 where the two should have the same sign, -1 where the opposite one.
    count
        Number of nodes.

    Returns
    -------
    Tensor
        (count,), 1 or -1, of `relation`'s dtype.
    """
    order = strength.argsort(descending=True, stable=True)
    left, right, relation = edges[0, order], edges[1, order], relation[order]
    tree = torch.arange(count, device=edges.device)
    sign = relation.new_ones(count)
    while True:
        # Edges within a tree can't matter any more; the others keep their order of strength.
        out = tree[left] != tree[right]
        left, right, relation = left[out], right[out], relation[out]
        if len(left) == 0:
            return sign
        parent, turn = strongest_joins(
            tree[left], tree[right], relation * sign[left] * sign[right], count
        )
        sign = sign * turn[tree]
        tree = parent[tree]


def first_edges(left: Tensor, right: Tensor, count: int) -> Tensor:
    """Find the first of the edges (E,) at every node, (count,) int64; E where it has none."""
    rank = torch.arange(len(left), device=left.device)
    first = torch.full((count,), len(left), device=left.device)
    return first.scatter_reduce(0, left, rank, "amin").scatter_reduce(0, right, rank, "amin")


def strongest_joins(
    left: Tensor, right: Tensor, relation: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """Hang every tree on the one at the end of its strongest edge, and find where all end up.

    Parameters
    ----------
    left, right
        (E,) int64, the trees that each edge joins, the strongest edge first.
    relation
        (E,), 1 or -1.
    count
        Number of trees.

    Returns
    -------
    parent : Tensor
        (count,) int64, root of every tree.
    turn : Tensor
        (count,), the sign its nodes have to be multiplied with.
    """
    best = first_edges(left, right, count)
    parent = torch.arange(count, device=left.device)
    turn = relation.new_ones(count)
    trees = (best < len(left)).nonzero()[:, 0]
    edge = best[trees]
    parent[trees] = torch.where(left[edge] == trees, right[edge], left[edge])
    turn[trees] = relation[edge]
    # Two trees that chose the same edge hang on each other: the lower number becomes the root.
    own = torch.arange(count, device=left.device)
    mutual = (parent[parent] == own) & (own < parent)
    parent = torch.where(mutual, own, parent)
    turn = torch.where(mutual, 1, turn)
    while True:
        above = parent[parent]
        if torch.equal(above, parent):
            return parent, turn
        turn = turn * turn[parent]
        parent = above
