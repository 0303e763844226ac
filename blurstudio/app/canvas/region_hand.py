"""The hand on regions: taking hold of the chosen one and of its handles, choosing another.

What becomes of a region is told by the canvas's signals; new shapes are drawn in `shape_hand`. It
keeps only what is in the hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas.handles import BOX_GAP, GRASP, edge_at, handle_at, pulled
from blurstudio.session.regions import find, governing

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.app.canvas.handles import Handle
    from blurstudio.session.regions import Region, Regions
    from blurstudio.session.shapes import Place, Shape

_CLICK = 4.0
"""Px of the screen."""


@dataclass
class _Grip:
    """A region in the hand: what it was, what holds it, and from where."""

    region: Region
    handle: Handle | None
    start: Place
    gesture: int
    on_edge: bool
    moved: bool = False


class RegionHand:
    """What a hand does to the regions of one picture.

    Parameters
    ----------
    reshaped
        Called with region, new shape, words for it, and the number of the gesture.
    picked
        Called with the number of the region that was chosen, or None.

    Attributes
    ----------
    regions, selected
        What there is; the owner keeps them up to date.
    """

    def __init__(
        self,
        reshaped: Callable[[int, Shape, str, int], None],
        picked: Callable[[int | None], None],
    ) -> None:
        self._tell_reshaped = reshaped
        self._tell_picked = picked
        self.regions: Regions = ()
        self.selected: int | None = None
        self._grip: _Grip | None = None
        self._gestures = 0

    @property
    def is_holding(self) -> bool:
        """Whether a region is in the hand."""
        return self._grip is not None

    def press(self, at: Place, pixel: float) -> bool:
        """Take hold of the chosen region; returns whether it is under the hand.

        Parameters
        ----------
        at
            Place in the picture.
        pixel
            Px of the picture per px of the screen.
        """
        region = find(self.regions, self.selected)
        if region is None or not region.visible:
            return False
        handle = handle_at(region.shape, at, GRASP * pixel, BOX_GAP * pixel)
        # Half of all double clicks on an edge fall just beside it.
        on_edge = edge_at(region.shape, at, GRASP * pixel) is not None
        if handle is None and not on_edge and not region.shape.contains(at):
            return False
        self._gestures += 1
        self._grip = _Grip(region, handle, at, self._gestures, on_edge)
        return True

    def move(self, at: Place, pixel: float) -> None:
        """Pull what is in the hand."""
        if self._grip is not None:
            self._pull(self._grip, at, pixel)

    def release(self, at: Place) -> bool:
        """Let go; returns whether something was in the hand."""
        grip, self._grip = self._grip, None
        if grip is None:
            return False
        if not (grip.moved or grip.handle or grip.on_edge):
            self.pick(at)
        return True

    def double_click(self, at: Place, pixel: float) -> bool:
        """Put a vertex on the chosen region's edge, or take one away; returns whether it did."""
        region = find(self.regions, self.selected)
        if region is None or region.shape.kind.is_box:
            return False
        handle = handle_at(region.shape, at, GRASP * pixel, BOX_GAP * pixel)
        self._gestures += 1
        if handle is not None and handle.vertex is not None:
            shape = region.shape.without_point(handle.vertex)
            self._tell_reshaped(
                region.number,
                shape,
                QCoreApplication.translate("canvas", "Remove a point"),
                self._gestures,
            )
            return True
        index = edge_at(region.shape, at, GRASP * pixel)
        if index is None:
            return False
        shape = region.shape.with_new_point(index, at)
        self._tell_reshaped(
            region.number,
            shape,
            QCoreApplication.translate("canvas", "Add a point"),
            self._gestures,
        )
        return True

    def pick(self, at: Place) -> None:
        """Choose the region that governs a place; none where none does."""
        region = governing(self.regions, at)
        self._tell_picked(None if region is None else region.number)

    def cancel(self) -> bool:
        """Let go of what is in the hand, as it was before; returns whether anything was."""
        grip, self._grip = self._grip, None
        if grip is not None and grip.moved:
            self._tell_reshaped(grip.region.number, grip.region.shape, "", grip.gesture)
        return grip is not None

    def _pull(self, grip: _Grip, at: Place, pixel: float) -> None:
        dx, dy = at[0] - grip.start[0], at[1] - grip.start[1]
        if not grip.moved and math.hypot(dx, dy) <= _CLICK * pixel:
            return
        grip.moved = True
        if grip.handle is None:
            shape = grip.region.shape.moved(dx, dy)
            words = QCoreApplication.translate("canvas", "Move {name}")
        else:
            shape = pulled(grip.region.shape, grip.handle, dx, dy)
            words = (
                QCoreApplication.translate("canvas", "Resize {name}")
                if grip.handle.vertex is None
                else QCoreApplication.translate("canvas", "Move a point of {name}")
            )
        words = words.format(name=grip.region.name)
        self._tell_reshaped(grip.region.number, shape, words, grip.gesture)
