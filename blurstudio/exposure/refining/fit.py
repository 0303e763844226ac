"""What fitting paths to one photo came to, and why it ended.

How paths are fitted is the business of `refine` and `shake`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory


class Stop(Enum):
    """Why a refinement ended."""

    SETTLED = sentence("pixels that were held out were explained no better")
    LIMIT = sentence("all steps were taken")
    NO_GAIN = sentence("no bend explained the photo better")
    STRAIGHT = sentence("straight paths have no bend to refine")
    STILL = sentence("nothing moves")
    SMALL = sentence("the picture is too small to tell paths apart")
    TRACED = sentence("the shake of the whole photo was traced")
    NO_SHAKE = sentence("no single path of a px or more explains the whole photo")
    UNLIKELY = sentence(
        "the shake that was traced is far longer than the blur and explains it far worse"
    )


@dataclass(frozen=True, eq=False)
class Fit:
    """What a refinement came to.

    Parameters
    ----------
    trajectory
        The refined paths, or those that were given if nothing was gained.
    before, after
        Mean residual of the reblur on pixels that were held out, encoded, [0, 1]: along the paths
        given, and along these.
    steps
        Steps taken.
    stop
        Why it ended.
    """

    trajectory: Trajectory
    before: float
    after: float
    steps: int
    stop: Stop
