"""Which photos exposures of a data set are drawn from, and which are kept for those measured on.

A network that is measured on other exposures of the photos that it learned from looks better than
it is: it may have learned the photos.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from blurstudio.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_GROUP = 5
"""Exposures at most that are rendered together, their layers textured by each other's photos."""


@dataclass(frozen=True)
class HeldOut:
    """Exposures at the end of a set that share no photo with the others.

    Parameters
    ----------
    exposures
        How many.
    share
        Of all photos that are kept for them, above 0 and below 1.
    """

    exposures: int
    share: float

    def as_dict(self) -> dict[str, float]:
        """By name, for the index of a set."""
        return {"exposures": self.exposures, "share": self.share}


@dataclass(frozen=True)
class PhotoDraws:
    """Draws the photos of a set's exposures.

    Parameters
    ----------
    paths
        All photos.
    seed
        Decides which are held out, and every draw.
    first_held_out
        Number of the first exposure that is held out; None where all are drawn from all photos.
    share
        Of the photos that is kept for those.
    """

    paths: Sequence[Path]
    seed: int
    first_held_out: int | None = None
    share: float = 0.0

    def groups(self, first: int, size: int) -> Iterator[tuple[int, int]]:
        """Split exposures into first and number of each group: none is held out in part."""
        start, end = first, first + size
        while start < end:
            stop = min(start + _GROUP, end)
            if self.first_held_out is not None and start < self.first_held_out:
                stop = min(stop, self.first_held_out)
            yield start, stop - start
            start = stop

    def photos(self, start: int, amount: int, rng: np.random.Generator) -> list[Path]:
        """Draw the photos of a group that starts with an exposure."""
        among = self._among(start)
        chosen = rng.choice(len(among), amount, replace=len(among) < amount)
        return [among[number] for number in chosen]

    def _among(self, start: int) -> Sequence[Path]:
        if self.first_held_out is None:
            return self.paths
        count = min(max(1, round(self.share * len(self.paths))), len(self.paths) - 1)
        order = np.random.default_rng([self.seed, 2]).permutation(len(self.paths))
        kept = order[:count] if start >= self.first_held_out else order[count:]
        return [self.paths[number] for number in sorted(kept)]


def draws_for(paths: Sequence[Path], count: int, seed: int, held_out: HeldOut | None) -> PhotoDraws:
    """Say how the photos of a set of `count` exposures are drawn.

    Raises
    ------
    DataError
        If there are too few photos.
    """
    if not paths:
        raise DataError("There are no photos to render from; name a folder with sharp photos.")
    if held_out is None:
        return PhotoDraws(paths, seed)
    if len(paths) < 2:
        raise DataError(
            "There is one photo only, and the exposures that are measured on are to be of others; "
            "name a folder with more photos."
        )
    return PhotoDraws(paths, seed, count - held_out.exposures, held_out.share)
