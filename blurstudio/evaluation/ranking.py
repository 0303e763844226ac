"""Which pixels a network is surest of, over many pictures, and how far off it is there.

Pixels are sorted into narrow bins of confidence, so that rankings of single pictures add up to
that of the whole set. What an error is, `path_error` knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

BINS = 2048
"""Steps in which confidence is told apart."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """Errors of pixels by their predicted confidence.

    Parameters
    ----------
    sums
        ``(3, BINS)`` float64, the surest pixels first: how many, the sum of their errors and the
        sum of what no motion would err, px.
    """

    sums: Tensor

    @classmethod
    def empty(cls) -> Self:
        """Return the ranking of no pixels at all."""
        return cls(torch.zeros(3, BINS, dtype=torch.float64))

    @classmethod
    def of(cls, confidence: Tensor, error: Tensor, motion: Tensor) -> Self:
        """Rank pixels, all three ``(P,)``; confidence [0, 1], higher is surer, the others px."""
        place = ((1 - confidence.double()) * BINS).long().clamp(0, BINS - 1)
        columns = torch.stack([torch.ones_like(error), error, motion]).double()
        return cls(
            torch.zeros(3, BINS, dtype=torch.float64).index_add_(1, place.cpu(), columns.cpu())
        )

    def __add__(self, other: Self) -> Self:
        return type(self)(self.sums + other.sums)

    def surest(self, share: float) -> tuple[float, float, float]:
        """Sum up the surest `share` of the pixels.

        A bin that the bound falls into counts in part.

        Returns
        -------
        tuple of float
            How many pixels, their error and what no motion would err, px.
        """
        wanted = share * float(self.sums[0].sum())
        before = self.sums[0].cumsum(0) - self.sums[0]
        part = ((wanted - before) / self.sums[0].clamp(min=1)).clamp(0, 1)
        pixels, error, motion = (self.sums * part).sum(1).tolist()
        return pixels, error, motion
