"""Onion skin: a frame through which the moments before and after it are seen.

It is a way of looking, blended as a screen would do it; no result is made of it. It imports no
torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float32]

    class Player(Protocol):
        """Makes frames, as `frames.FramePlayer` does."""

        def frame(self, t: float) -> Bytes:
            """Return (H, W, 3) uint8 at moment `t`."""
            ...


MOST_NEIGHBOURS = 5
"""On each side."""

# Earlier moments are cooler, later ones warmer. Each pair has the mean 1 in every channel, so that
# what stands still keeps its colour.
_BEFORE: Floats = np.array((0.7, 0.95, 1.3), np.float32)
_AFTER: Floats = 2 - _BEFORE
# Of the exposure; a neighbour nearer than this to its ends is still within it.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Onion:
    """Which neighbours show through a frame, and how much.

    Attributes
    ----------
    count
        Neighbours on each side, 1 to 5.
    opacity
        How much of the picture they are altogether, [0, 1].
    step
        How far apart they are, as a share of the exposure, above 0.

    Raises
    ------
    ValueError
        If one of them is out of its range.
    """

    count: int = 2
    opacity: float = 0.5
    step: float = 1 / 14

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_NEIGHBOURS:
            raise ValueError(f"count must be 1 to {MOST_NEIGHBOURS}, got {self.count}")
        if not 0 <= self.opacity <= 1:
            raise ValueError(f"opacity must be 0 to 1, got {self.opacity}")
        if not self.step > 0:
            raise ValueError(f"step must be above 0, got {self.step}")

    def neighbours(self, t: float) -> tuple[tuple[float, float], ...]:
        """Return moments and weights of the neighbours of moment `t` that lie in the exposure.

        Returns
        -------
        tuple
            Pairs (moment in [-1/2, 1/2], weight), nearer ones weighing more; the weights have
            the sum `opacity`, or there are none.
        """
        found = []
        for distance in range(1, self.count + 1):
            for way in (-1, 1):
                moment = t + way * distance * self.step
                if abs(moment) <= 0.5 + _ROUNDING:
                    found.append((min(max(moment, -0.5), 0.5), 1 / distance))
        whole = sum(weight for _, weight in found)
        return tuple((moment, self.opacity * weight / whole) for moment, weight in found)


def onion_frame(
    player: Player, t: float, onion: Onion, check: Callable[[], None] = lambda: None
) -> Bytes:
    """Make a frame with its neighbours showing through.

    Parameters
    ----------
    player
        Makes the frames.
    t
        Moment, [-1/2, 1/2].
    onion
        Which neighbours, and how much.
    check
        Called between frames; may raise to give up.

    Returns
    -------
    ndarray
        ``(H, W, 3)`` uint8.
    """
    neighbours = onion.neighbours(t)
    own = player.frame(t)
    share = sum(weight for _, weight in neighbours)
    if not share:
        return own
    # In the encoding of the screen, where an overlay looks as opaque as it says.
    mixed = own.astype(np.float32)
    mixed *= 1 - share
    for moment, weight in neighbours:
        check()
        tint = _BEFORE if moment < t else _AFTER
        mixed += player.frame(moment) * (tint * np.float32(weight))
    np.rint(mixed, out=mixed)
    return np.clip(mixed, 0, 255, out=mixed).astype(np.uint8)
