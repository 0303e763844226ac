"""Protocol: photos blurred by a camera that turned by known angles.

The angles are in the files' names, the focal length is not known: each photo is judged with the
one focal length that suits the others best. The fit itself is `exposure.camera`'s.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.pictures import read_picture
from blurstudio.exposure.camera import fit_camera

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.evaluation.callables import Estimate, ProgressCallback
    from blurstudio.exposure.trajectory import Trajectory

FOCALS = tuple(range(300, 1501, 25))
"""Focal lengths that are tried, px."""

_NAME = re.compile(r"_roll(-?\d+)_pitch(-?\d+)_yaw(-?\d+)_xmot([\d.]+)_ymot([\d.]+)$")

Angles = tuple[float, float, float]


@dataclass(frozen=True)
class Turn:
    """A photo and how the camera turned, degrees.

    Parameters
    ----------
    path
        The blurred photo.
    angles
        About our axes: pitch, yaw and roll.
    shifted
        Whether the camera was shifted as well, which looks like a turn.
    """

    path: Path
    angles: Angles
    shifted: bool


@dataclass(frozen=True)
class TurnScore:
    """What was found for one photo.

    Parameters
    ----------
    turn
        The truth.
    focal
        Focal length that the other photos chose, px.
    found
        Pitch, yaw and roll, degrees, in the direction of time that fits the truth better.
    """

    turn: Turn
    focal: float
    found: Angles

    @property
    def error(self) -> float:
        """Mean difference of the three angles, degrees."""
        return _difference(self.found, self.turn.angles)


@dataclass(frozen=True)
class CameraResult:
    """Figures of all photos, in their order."""

    scores: tuple[TurnScore, ...]

    @cached_property
    def error(self) -> float:
        """Mean error, degrees."""
        return metrics.mean(score.error for score in self.scores)

    @cached_property
    def error_unshifted(self) -> float:
        """Mean error of the photos whose camera only turned, degrees."""
        return metrics.mean(score.error for score in self.scores if not score.turn.shifted)

    @cached_property
    def still(self) -> float:
        """The same error for a camera said to stand still, degrees."""
        return metrics.mean(_difference((0, 0, 0), score.turn.angles) for score in self.scores)


def camera_turns(folder: Path) -> list[Turn]:
    """List the photos with angles in their names, by name.

    Raises
    ------
    DataError
        If there are none.
    """
    turns = []
    for path in sorted(folder.glob("*.jpg")):
        if named := _NAME.search(path.stem):
            roll, pitch, yaw, x, y = (float(value) for value in named.groups())
            # The names count about the axes of the camera's body, we about those of the picture:
            # their roll moves the picture up and down, their yaw turns it.
            turns.append(Turn(path, (roll, -pitch, -yaw), bool(x or y)))
    if not turns:
        raise DataError(
            "{folder} holds no photos named like 272_roll0_pitch0_yaw3_xmot0_ymot0.jpg; put the "
            "blurred photos with known angles there.",
            folder=folder,
        )
    return turns


def measure_camera(
    turns: Sequence[Turn],
    estimate: Estimate,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> CameraResult:
    """Fit a turning camera to the paths of every photo.

    Parameters
    ----------
    turns
        Usually from `camera_turns`.
    estimate
        Blurred picture (3, H, W) to `Trajectory`.
    limit
        Only the first so many; the focal length needs two at least.
    progress
        Called with fraction and text after each photo.

    Returns
    -------
    CameraResult
        Figures of every photo, each with the focal length that the others chose.

    Raises
    ------
    DataError
        If there are fewer than two photos.
    PhotoError
        If one can't be read.
    """
    wanted = turns[:limit]
    if len(wanted) < 2:
        raise DataError("A focal length is told from the other photos; measure at least two.")
    found: list[dict[int, Angles]] = []
    for number, turn in enumerate(wanted, start=1):
        trajectory = estimate(read_picture(turn.path))
        found.append({focal: _fitted(trajectory, focal, turn.angles) for focal in FOCALS})
        progress(number / len(wanted), f"photo {number} of {len(wanted)}, {turn.path.name}")
    scores = []
    for index, turn in enumerate(wanted):
        others = [k for k in range(len(wanted)) if k != index]

        def misfit(focal: int, others: Sequence[int] = others) -> float:
            return sum(_difference(found[k][focal], wanted[k].angles) for k in others)

        focal = min(FOCALS, key=misfit)
        scores.append(TurnScore(turn, float(focal), found[index][focal]))
    return CameraResult(tuple(scores))


def _fitted(trajectory: Trajectory, focal: float, truth: Angles) -> Angles:
    motion = fit_camera(trajectory, focal).motion
    pitch, yaw, roll = (math.degrees(motion[part]) for part in ("pitch", "yaw", "roll"))
    forward, backward = (pitch, yaw, roll), (-pitch, -yaw, -roll)
    return min(forward, backward, key=lambda angles: _difference(angles, truth))


def _difference(first: Angles, second: Angles) -> float:
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / 3
