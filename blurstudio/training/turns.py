"""What is drawn for a batch: exposures, where they are cut, how they are turned; paths included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from blurstudio.exposure.grids import FINEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LABEL_STRIDE = FINEST_CELL
"""Pixels of the picture per cell of the stored path maps."""


@dataclass(frozen=True)
class Turn:
    """One of the eight symmetries of the square: mirrored, flipped upside down, x and y swapped.

    Attributes
    ----------
    mirror, flip, swap
        Which of the three.
    """

    mirror: bool
    flip: bool
    swap: bool

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> Self:
        """Draw one of the eight."""
        return cls(*(bool(value) for value in rng.integers(0, 2, 3)))

    @property
    def handed_otherwise(self) -> bool:
        """Whether left and right change places, as in a mirror."""
        return self.mirror ^ self.flip ^ self.swap

    def cells(self, values: NDArray[Any]) -> NDArray[Any]:
        """Turn numbers that belong to places, ``(..., h, w)``."""
        if self.mirror:
            values = values[..., ::-1]
        if self.flip:
            values = values[..., ::-1, :]
        return values.swapaxes(-1, -2) if self.swap else values

    def vectors(self, values: NDArray[Any]) -> NDArray[Any]:
        """Turn vectors that belong to places, ``(..., 2, h, w)``, x before y."""
        turned = np.array(self.cells(values))
        for axis, backwards in enumerate((self.mirror, self.flip)):
            if backwards:
                part = turned[..., axis, :, :]
                np.negative(part, out=part)
        return turned[..., ::-1, :, :] if self.swap else turned


@dataclass(frozen=True)
class Cut:
    """What is drawn for one place in a batch.

    Attributes
    ----------
    index
        Number of the exposure.
    top, left
        First row and column in px, multiples of `LABEL_STRIDE`.
    turn
        How it is turned afterwards.
    colours
        Which of the exposure's colours each colour is.
    """

    index: int
    top: int
    left: int
    turn: Turn
    colours: tuple[int, ...]


def draw_cuts(
    count: int, side: int, step: int, *, seed: int, batch: int, crop: int
) -> Iterator[Cut]:
    """Draw a step's cuts of `crop` px from the first `count` exposures, of `side` px each."""
    rng = np.random.default_rng([seed, step])
    room = (side - crop) // LABEL_STRIDE
    for index in rng.integers(0, count, batch):
        top, left = (int(v) * LABEL_STRIDE for v in rng.integers(0, room + 1, 2))
        turn = Turn.drawn(rng)
        yield Cut(int(index), top, left, turn, tuple(rng.permutation(3).tolist()))
