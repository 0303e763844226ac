"""How the picture and the photo share the canvas: which pane shows what.

Plain values; painting and mouse are elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from blurstudio.app.canvas.camera import Pane

LABELS: dict[str, str] = {
    "photo": "Photo",
    "sharp": "Sharp",
    "frame": "Frame",
    "flow": "Flow",
    "residual": "Residual",
    "direction": "Direction",
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


@dataclass(frozen=True)
class Part:
    """A pane, the picture in it, and the part of it (x from, x to, device px) that is seen."""

    pane: Pane
    key: str
    seen: tuple[float, float]


def layout(
    mode: Compare, width: float, height: float, split: float, chosen: str, held: bool
) -> list[Part]:
    """Divide ``width`` x ``height`` device px.

    Parameters
    ----------
    mode
        How to compare.
    split
        Place of the split line, as a part of the width.
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
        return [
            Part(left, "photo", (left.x, left.x + half)),
            Part(right, "photo" if held else chosen, (right.x, width)),
        ]
    if held or mode is Compare.HOLD or chosen == "photo":
        return [Part(whole, "photo" if held or mode is Compare.HOLD else chosen, (0.0, width))]
    if mode is Compare.SPLIT:
        line = float(round(split * width))
        return [Part(whole, "photo", (0.0, line)), Part(whole, chosen, (line, width))]
    return [Part(whole, chosen, (0.0, width))]


def bounded_split(split: float) -> float:
    """Keep the split line within the canvas."""
    return min(max(split, _NEAREST_EDGE), 1.0 - _NEAREST_EDGE)


def caption(parts: list[Part]) -> str:
    """Return what is shown, in words: "Sharp", "Photo | Sharp"."""
    return " | ".join(LABELS[part.key] for part in parts)
