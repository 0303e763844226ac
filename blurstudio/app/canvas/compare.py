"""How pictures share the canvas: which pane shows what.

Plain values; painting and mouse are elsewhere. A picture of another answer than the one on show has
a key of two parts: what it is, and whose (`at`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas.camera import Pane

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURES = (
    *("photo", "sharp", "frame", "flow", "residual", "direction", "blur", "difference"),
    *("confidence", "against", "error"),
)
"""Keys of all pictures there can be."""
APART = {"against": "sharp", "error": "flow"}
"""Pictures of what parts another answer from ours; ours has none, and shows this instead."""

MOST_CELLS = 4
_AT = "@"
_GAP = 2.0
# The line stays where a hand can grasp it.
_NEAREST_EDGE = 0.02


def labels() -> dict[str, str]:
    """Say what the pictures are called, by their keys."""
    return {
        "photo": QCoreApplication.translate("canvas", "Photo"),
        "sharp": QCoreApplication.translate("canvas", "Sharp"),
        "frame": QCoreApplication.translate("canvas", "Video"),
        "flow": QCoreApplication.translate("canvas", "Flow"),
        "residual": QCoreApplication.translate("canvas", "Residual"),
        "direction": QCoreApplication.translate("canvas", "Direction"),
        "blur": QCoreApplication.translate("canvas", "Blur length"),
        "difference": QCoreApplication.translate("canvas", "Difference"),
        "confidence": QCoreApplication.translate("canvas", "Confidence"),
        "against": QCoreApplication.translate("canvas", "Difference from ours"),
        "error": QCoreApplication.translate("canvas", "Motion error"),
    }


def at(key: str, slot: str) -> str:
    """Key of another answer's picture; `slot` says whose."""
    return f"{key}{_AT}{slot}"


def split_key(key: str) -> tuple[str, str]:
    """Tell what a picture is and whose; it is our own where that is empty."""
    kind, _, slot = key.partition(_AT)
    return kind, slot


class Compare(StrEnum):
    """Ways to see the chosen picture against the photo or another answer."""

    OFF = "off"
    SPLIT = "split"
    SIDE = "side"
    HOLD = "hold"
    FLICKER = "flicker"
    GRID = "grid"


@dataclass(frozen=True)
class Split:
    """The line between photo and picture.

    Attributes
    ----------
    place
        As a part of the width, or of the height of a line that lies.
    upright
        Whether it stands.
    """

    place: float = 0.5
    upright: bool = True

    def moved(self, place: float) -> Split:
        """Put the line elsewhere, within the canvas."""
        return replace(self, place=min(max(place, _NEAREST_EDGE), 1.0 - _NEAREST_EDGE))

    def turned(self) -> Split:
        """Turn a standing line to lie, and a lying one to stand."""
        return replace(self, upright=not self.upright)

    def halves(self, width: float, height: float) -> tuple[Pane, Pane]:
        """Divide a canvas: left and right of the line, or above and below it."""
        if self.upright:
            line = float(round(self.place * width))
            return Pane(0.0, 0.0, line, height), Pane(line, 0.0, width - line, height)
        line = float(round(self.place * height))
        return Pane(0.0, 0.0, width, line), Pane(0.0, line, width, height - line)


@dataclass(frozen=True)
class Part:
    """A pane, the picture in it, and the part of it that is seen."""

    pane: Pane
    key: str
    seen: Pane


def layout(
    mode: Compare,
    width: float,
    height: float,
    split: Split,
    chosen: str,
    held: bool,
    against: str = "photo",
    turned: bool = False,
    others: Sequence[str] = (),
) -> list[Part]:
    """Divide ``width`` x ``height`` device px.

    Parameters
    ----------
    mode
        How to compare.
    split
        Where the split line is.
    chosen
        Key of the picture that is compared.
    held
        Whether the photo is to be seen alone for the moment.
    against
        Key of what it is compared with.
    turned
        Whether it is the turn of that, where pictures alternate.
    others
        Whose pictures stand beside it in the grid, by their slots.
    """
    whole = Pane(0.0, 0.0, width, height)
    if mode is Compare.SIDE and chosen != "photo":
        # Whole pixels, so that both panes sample their pictures alike.
        half = max(1.0, (width - _GAP) // 2)
        left = Pane(0.0, 0.0, half, height)
        right = Pane(width - half, 0.0, half, height)
        return [Part(left, against, left), Part(right, "photo" if held else chosen, right)]
    if mode is Compare.GRID and chosen != "photo" and others:
        keys = [APART.get(chosen, chosen), *(at(chosen, slot) for slot in others)]
        return [
            Part(cell, "photo" if held else key, cell)
            for cell, key in zip(_cells(width, height, len(keys)), keys, strict=False)
        ]
    if held or mode is Compare.HOLD or chosen == "photo":
        return [Part(whole, "photo" if held or mode is Compare.HOLD else chosen, whole)]
    if mode is Compare.SPLIT:
        first, second = split.halves(width, height)
        return [Part(whole, against, first), Part(whole, chosen, second)]
    return [Part(whole, against if turned else chosen, whole)]


def _cells(width: float, height: float, count: int) -> list[Pane]:
    """Two cells beside each other, or four, all of one size; from left to right, row by row."""
    rows = 1 if count <= 2 else 2
    # Whole pixels, so that all cells sample their pictures alike.
    wide = max(1.0, (width - _GAP) // 2)
    high = height if rows == 1 else max(1.0, (height - _GAP) // 2)
    places = [(x, y) for y in (0.0, height - high)[:rows] for x in (0.0, width - wide)]
    return [Pane(x, y, wide, high) for x, y in places]
