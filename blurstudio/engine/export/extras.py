"""What an export needs to know beside the analysis: the command that repeats it, masks of regions.

Regions and command lines belong to rooms above this one, which fill this in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MakeMask = Callable[[tuple[int, int]], "npt.NDArray[np.float32]"]
"""Makes a mask (H, W), [0, 1], for results of (H, W) px."""


@dataclass(frozen=True)
class NamedMask:
    """The part of the picture that a region governs.

    Attributes
    ----------
    name
        Of the region.
    make
        Makes the mask when its turn comes.
    """

    name: str
    make: MakeMask


@dataclass(frozen=True)
class Extras:
    """What is told of an export beside the analysis.

    Attributes
    ----------
    command
        The command line that repeats it; empty where there is none.
    remark
        A sentence on that command; empty if there is nothing to say.
    masks
        Of the regions, from the bottom to the top.
    """

    command: str = ""
    remark: str = ""
    masks: tuple[NamedMask, ...] = ()


NO_EXTRAS = Extras()
