"""Regions: shapes on a photo with a name, a look, and what is to become of the motion in them.

Regions lie over each other in the order of a tuple, the last one on top. The topmost visible one
governs a pixel: its edit counts there, be it none, and those below have no say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from blurstudio.session.own_analysis import OwnAnalysis
    from blurstudio.session.shapes import Place, Shape

COLOURS = ("#e8a33d", "#4fb3d9", "#d96b9f", "#7fc45c", "#a98be0", "#e0dc5a", "#e07856", "#5cc7a8")
"""What regions are given in turn: bright enough for dark photos, apart from each other."""

MOST_FACTOR = 4.0
MOST_FEATHER = 500.0
LONGEST_NAME = 80


class Edit(StrEnum):
    """What becomes of the motion in a region."""

    NONE = "none"
    REVERSE = "reverse"
    FREEZE = "freeze"
    SCALE = "scale"
    EXCLUDE = "exclude"


@dataclass(frozen=True)
class Region:
    """One region.

    Attributes
    ----------
    number
        Tells it apart from the others of its photo; never given twice while it is there.
    name, colour
        For people; the colour as ``#rrggbb``.
    shape
        Where it is, corner coordinates of the photo.
    visible
        A hidden region is neither drawn nor does it govern anything.
    feather
        Width in px over which the edit fades in, half of it outside the shape. Reversals have
        a hard edge whatever it says: a faded one would change the reblur.
    edit
        What becomes of the motion.
    factor
        What the motion is scaled by, if that is the edit.
    own
        What it is analysed with by itself; None where the photo's analysis serves.

    Raises
    ------
    ValueError
        For values out of range; the message says which.
    """

    number: int
    name: str
    shape: Shape
    colour: str = COLOURS[0]
    visible: bool = True
    feather: float = 0.0
    edit: Edit = Edit.NONE
    factor: float = 0.5
    own: OwnAnalysis | None = None

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"a region's number must be at least 1, got {self.number}")
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise ValueError(f"a region's name must have 1 to {LONGEST_NAME} characters")
        if not is_colour(self.colour):
            raise ValueError(f"a region's colour must be like #e8a33d, got {self.colour!r}")
        for name, value, most in (
            ("feather", self.feather, MOST_FEATHER),
            ("factor", self.factor, MOST_FACTOR),
        ):
            if not (math.isfinite(value) and 0 <= value <= most):
                raise ValueError(f"a region's {name} must lie in [0, {most:g}], got {value}")

    @property
    def words(self) -> str:
        """What becomes of it, in words for a list of edits."""
        what = f"scale {self.factor:g}" if self.edit is Edit.SCALE else self.edit.value
        return f"{self.name}: {what}"


Regions = tuple[Region, ...]


def is_colour(text: str) -> bool:
    """Whether a text is a colour like ``#e8a33d``."""
    digits = text.removeprefix("#").lower()
    return len(text) == 7 and len(digits) == 6 and set(digits) <= set("0123456789abcdef")


def new_region(regions: Regions, shape: Shape) -> Region:
    """Make the region that a freshly drawn shape becomes: next number, name and colour."""
    number = max((region.number for region in regions), default=0) + 1
    return Region(
        number,
        sentence("Region {number}", number=number),
        shape,
        COLOURS[(number - 1) % len(COLOURS)],
    )


def pasted(regions: Regions, region: Region) -> Region:
    """Make a copy that can lie among others: with a number of its own."""
    return replace(region, number=max((known.number for known in regions), default=0) + 1)


def find(regions: Regions, number: int | None) -> Region | None:
    """Return the region of a number; None if there is none."""
    return next((region for region in regions if region.number == number), None)


def put(regions: Regions, region: Region) -> Regions:
    """Put a region in the place of that with its number, or on top of all."""
    if find(regions, region.number) is None:
        return (*regions, region)
    return tuple(region if one.number == region.number else one for one in regions)


def without(regions: Regions, number: int) -> Regions:
    """Take a region away."""
    return tuple(region for region in regions if region.number != number)


def shifted(regions: Regions, number: int, by: int) -> Regions:
    """Move a region so many places up (or down, below 0), as far as there are any."""
    order = [region.number for region in regions]
    if number not in order:
        return regions
    here = order.index(number)
    there = min(max(here + by, 0), len(order) - 1)
    others = list(regions)
    region = others.pop(here)
    return (*others[:there], region, *others[there:])


def governing(regions: Regions, place: Place) -> Region | None:
    """Return the region that governs a place: the topmost visible one around it."""
    for region in reversed(regions):
        if region.visible and region.shape.contains(place):
            return region
    return None
