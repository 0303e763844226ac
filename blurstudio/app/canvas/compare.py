"""How the picture and the photo share the canvas: which pane shows what.

Plain values; painting and mouse are elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from blurstudio.app.canvas.camera import Pane

LABELS: dict[str, str] = {
    "photo": "Photo",
    "sharp": "Sharp",
    "frame": "Frame",
    "flow": "Flow",
    "residual": "Residual",
    "direction": "Direction",
    "blur": "Blur length",
    "difference": "Difference",
    "confidence": "Confidence",
}
_GAP = 2.0
# The line stays where a hand can grasp it.
_NEAREST_EDGE = 0.02


class Compare(StrEnum):
    """Ways to see the chosen picture against the photo."""

    OFF = "off"
    SPLIT = "split"
    SIDE = "side"
    HOLD = "hold"
    FLICKER = "flicker"


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
) -> list[Part]:
    """Divide ``width`` x ``height`` device px.

    Parameters
    ----------
    mode
        How to compare.
    split
        Where the split line is.
    chosen
        Key of the picture that is compared with the photo.
    held
        Whether the photo is to be seen alone for the moment.
    """
    whole = Pane(0.0, 0.0, width, height)
    if mode is Compare.SIDE and chosen != "photo":
        # Whole pixels, so that both panes sample their pictures alike.
        half = max(1.0, (width - _GAP) // 2)
        left = Pane(0.0, 0.0, half, height)
        right = Pane(width - half, 0.0, half, height)
        return [Part(left, "photo", left), Part(right, "photo" if held else chosen, right)]
    if held or mode is Compare.HOLD or chosen == "photo":
        return [Part(whole, "photo" if held or mode is Compare.HOLD else chosen, whole)]
    if mode is Compare.SPLIT:
        first, second = split.halves(width, height)
        return [Part(whole, "photo", first), Part(whole, chosen, second)]
    return [Part(whole, chosen, whole)]


def caption(parts: list[Part]) -> str:
    """Return what is shown, in words: "Sharp", "Photo | Sharp"."""
    return " | ".join(LABELS[part.key] for part in parts)
