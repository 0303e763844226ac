"""The eight symmetries of the square: what a drawn exposure may be turned by, paths included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Turn:
    """Mirrored left to right, flipped upside down, then x and y swapped.

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
        signs = np.array([-1 if self.mirror else 1, -1 if self.flip else 1], values.dtype)
        turned = self.cells(values) * signs.reshape(2, 1, 1)
        return turned[..., ::-1, :, :] if self.swap else turned
