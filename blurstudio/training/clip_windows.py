"""Which frames of which clip are averaged, and which part of them: drawn from what moves there.

Frames that are far apart add up to a row of ghosts, not to blur. So windows are taken only where
flow explains each frame by the one before and steps are short, if need be at a reduced size; what
lies between is then filled in along the flow. In clips of 10 to 30 frames per second what moves
enough to blur mostly takes steps of several px: leaving all those out would leave little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from blurstudio.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from blurstudio.training.clip_frames import Survey
    from blurstudio.training.clip_recipe import ClipRecipe

_TRIES = 300
_MOVING = 0.1
"""Share of an average that has to move."""
_REPEATED = 0.1
"""A step shorter than this share of a window's middle one is a repeated frame, no motion."""
_LEARNED = 0.8
"""Share of each clip, from its beginning, that is learned from; the rest is held out."""


@dataclass(frozen=True)
class Window:
    """What one average is made of.

    Attributes
    ----------
    clip
        Number of the clip.
    first, frames
        First frame and count of frames.
    top, left, side
        The part of the frames, px of the clip.
    parts
        Moments per step, so that nothing moves by more than a px between two of them.
    strength
        Mean over pixels of the length of the path, px of the average.
    """

    clip: int
    first: int
    frames: int
    top: int
    left: int
    side: int
    parts: int
    strength: float

    @property
    def middle(self) -> int:
        """Number of the frame in the middle, which is the sharp picture."""
        return self.first + self.frames // 2


def draw_windows(surveys: Sequence[Survey], recipe: ClipRecipe) -> list[Window]:
    """Draw the windows of a set; those held out are the last ones.

    Raises
    ------
    DataError
        If the clips are too small, too short, or move too little or too fast.
    """
    large = [n for n, each in enumerate(surveys) if min(each.size) >= recipe.size]
    if not large:
        raise DataError(
            "No clip is as large as size in [clips] ({size} px); lower it or name other clips.",
            size=recipe.size,
        )
    windows = []
    learned = recipe.count - recipe.held_out
    for number in range(recipe.count):
        rng = np.random.default_rng([recipe.seed, number])
        for _ in range(_TRIES):
            clip = int(rng.choice(large))
            found = _draw(surveys[clip], clip, recipe, rng, held_out=number >= learned)
            if found is not None:
                windows.append(found)
                break
        else:
            raise DataError(
                "The clips hold too few places where things move in short steps; in [clips], "
                "allow more shrink, a longer step or fewer frames, or name other clips."
            )
    return windows


def _draw(
    survey: Survey, clip: int, recipe: ClipRecipe, rng: np.random.Generator, *, held_out: bool
) -> Window | None:
    """One window at random, or None where the drawn frames hold no place for one."""
    frames = int(rng.choice(recipe.odd_counts()))
    border = round(_LEARNED * survey.frames)
    begin, end = (border, survey.frames) if held_out else (0, border)
    if end - begin < frames:
        return None
    first = int(rng.integers(begin, end - frames + 1))
    most = min(*survey.size) / recipe.size
    low, high = (min(value, most) for value in recipe.shrink)
    side = min(round(float(rng.uniform(low, high)) * recipe.size), *survey.size)
    factor = side / recipe.size

    steps = survey.steps[first : first + frames - 1].astype(np.float32) / factor
    path = np.where(np.isfinite(steps), steps, 0).sum(0)
    box = tuple(
        min(int(np.ceil(side / cell)), have)
        for cell, have in zip(survey.cell, path.shape, strict=True)
    )
    moving = _means((path >= recipe.length).astype(np.float32), box)
    usable = (moving >= _MOVING) & (_most(steps.max(0), box) <= recipe.step)
    if not usable.any():
        return None
    row, column = _pick(np.where(usable, moving, 0), rng)
    inside = steps[:, row : row + box[0], column : column + box[1]]
    each = inside.mean((1, 2))
    if each.min() < _REPEATED * np.median(each):
        return None
    top, left = (
        min(int(place * cell), have - side)
        for place, cell, have in zip((row, column), survey.cell, survey.size, strict=True)
    )
    parts = max(1, int(np.ceil(inside.max())))
    return Window(clip, first, frames, top, left, side, parts, round(float(each.sum()), 3))


def _pick(weights: NDArray[np.float32], rng: np.random.Generator) -> tuple[int, int]:
    """Draw a place, the likelier the more of it moves."""
    shares = weights.ravel() / weights.sum(dtype=np.float64)
    row, column = divmod(int(rng.choice(shares.size, p=shares / shares.sum())), weights.shape[1])
    return row, column


def _most(field: NDArray[np.float32], box: tuple[int, ...]) -> NDArray[np.float32]:
    """Largest value under a box of rows and columns, at each place where it fits."""
    spread = cv2.dilate(field, np.ones(box, np.uint8), anchor=(0, 0), borderValue=0)
    return _fitting(spread, field, box)


def _means(field: NDArray[np.float32], box: tuple[int, ...]) -> NDArray[np.float32]:
    """Mean under a box, at each place where it fits."""
    return _fitting(cv2.boxFilter(field, -1, box[::-1], anchor=(0, 0)), field, box)


def _fitting(
    result: NDArray[np.float32], field: NDArray[np.float32], box: tuple[int, ...]
) -> NDArray[np.float32]:
    rows, columns = (have - want + 1 for have, want in zip(field.shape, box, strict=True))
    return np.asarray(result[:rows, :columns])
