"""A canvas that can show its picture against another: split, side by side, held, in turns, a grid.

Keeps which pictures there are, how they share the room, and what lies over them; they are painted
in `stage`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt, Signal

from blurstudio.app.canvas.compare import (
    APART,
    MOST_CELLS,
    Compare,
    Part,
    Split,
    at,
    layout,
    split_key,
)
from blurstudio.app.canvas.flicker import Flicker
from blurstudio.app.canvas.hand import HandledWidget
from blurstudio.app.canvas.overlays import Overlays
from blurstudio.app.canvas.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from blurstudio.app.canvas.camera import Pane


class ComparingWidget(HandledWidget):
    """Divides itself among the photo, the chosen picture and those of other answers."""

    compareChanged = Signal(str)
    splitChanged = Signal(float)
    othersChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelf = Shelf()
        self.overlays = Overlays(self)
        self.overlays.changed.connect(self.update)
        self._compare = Compare.OFF
        self._split = Split()
        self._held = False
        self._partner = ""
        self._cells: tuple[str, ...] = ()
        self.flicker = Flicker(self)
        self.flicker.turned.connect(self.update)

    def changed(self) -> None:
        """Bring everything that follows from pictures and modes up to date."""
        self.refit()
        self.update()

    def has_picture(self, key: str) -> bool:
        """Whether a picture was given for the key."""
        return key in self.shelf.pictures

    @property
    def picture_size(self) -> tuple[int, int] | None:
        """(H, W) of the picture coordinates, or None when the canvas is empty."""
        return self.shelf.scene

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.shelf.pictures

    def set_compare(self, mode: str) -> None:
        """Choose "off", "split", "side", "flicker", "grid" or "hold" (the photo all the while)."""
        chosen = Compare(mode)
        if chosen is not self._compare:
            self._compare = chosen
            self._flicker_if_seen()
            self.changed()
            self.compareChanged.emit(chosen.value)

    @property
    def compare(self) -> str:
        """The way of comparing: "off", "split", "side", "flicker", "grid" or "hold"."""
        return self._compare.value

    def set_others(self, partner: str, cells: Sequence[str]) -> None:
        """Say which other answers are compared with ours.

        Parameters
        ----------
        partner
            Slot of the one that takes the photo's place when two pictures are compared; the
            photo keeps it where that is empty, or where the other has no such picture.
        cells
            Slots of those that stand beside ours in the grid, three at most.
        """
        before = (self._partner, self._cells)
        self._partner, self._cells = partner, tuple(cells)[: MOST_CELLS - 1]
        if (self._partner, self._cells) != before:
            self.changed()
            self.othersChanged.emit()

    @property
    def partner(self) -> str:
        """Slot of the answer that is compared with ours; empty for the photo."""
        return self._partner

    @property
    def others_seen(self) -> tuple[str, ...]:
        """Slots of the answers that are to be seen beside ours now."""
        if self._compare is Compare.GRID:
            return self._cells
        pair = (Compare.SPLIT, Compare.SIDE, Compare.FLICKER)
        return (self._partner,) if self._partner and self._compare in pair else ()

    def hold(self, held: bool) -> None:
        """Show the photo while True, whatever the mode; the backslash key does so too."""
        if held != self._held:
            self._held = held
            self.changed()

    def set_split(self, split: float) -> None:
        """Move the split line, as a part of the canvas's width or height; clamped."""
        self._change_split(self._split.moved(split))

    def turn_split(self) -> None:
        """Turn the split line: a standing one lies, a lying one stands."""
        self._change_split(self._split.turned())

    def move_split(self, at: QPointF) -> None:
        """Bring the split line to a point of the widget."""
        if self._split.upright:
            self.set_split(at.x() / max(1, self.width()))
        else:
            self.set_split(at.y() / max(1, self.height()))

    @property
    def split(self) -> float:
        """Place of the split line as a part of the width, or of the height if it lies."""
        return self._split.place

    @property
    def split_line(self) -> QLineF | None:
        """The split line in widget px, where there is one."""
        parts = self.parts()
        if len(parts) < 2 or parts[0].pane != parts[1].pane:
            return None
        second, ratio = parts[1].seen, self.devicePixelRatioF()
        start = QPointF(second.x, second.y) / ratio
        if self._split.upright:
            return QLineF(start, start + QPointF(0.0, self.height()))
        return QLineF(start, start + QPointF(self.width(), 0.0))

    @property
    def split_x(self) -> float | None:
        """Place of a standing split line in widget px, where there is one."""
        line = self.split_line
        return None if line is None or not self._split.upright else line.x1()

    def split_distance(self, at: QPointF) -> float | None:
        """Distance of a point from the split line, widget px, where there is one."""
        line = self.split_line
        if line is None:
            return None
        return abs(at.x() - line.x1()) if self._split.upright else abs(at.y() - line.y1())

    @property
    def split_cursor(self) -> Qt.CursorShape:
        """Cursor that says which way the line can be dragged."""
        shape = Qt.CursorShape
        return shape.SplitHCursor if self._split.upright else shape.SplitVCursor

    def showEvent(self, event: QShowEvent) -> None:
        """Let photo and picture alternate again, if they did."""
        super().showEvent(event)
        self._flicker_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing alternate that nobody sees."""
        super().hideEvent(event)
        self.flicker.run(False)

    def _flicker_if_seen(self) -> None:
        self.flicker.run(self._compare is Compare.FLICKER and self.isVisible())

    def _change_split(self, split: Split) -> None:
        if split != self._split:
            self._split = split
            self.update()
            self.splitChanged.emit(split.place)

    @property
    def caption(self) -> str:
        """What is seen, in words: "Sharp", "Photo | Sharp"; empty when nothing is."""
        return "" if self.is_empty else " | ".join(self.labels())

    def labels(self) -> list[str]:
        """Return what every part shows, in words; where answers stand side by side, whose it is."""
        parts = self.parts()
        named = any(split_key(part.key)[1] for part in parts)
        return [self.shelf.label(part.key, named=named) for part in parts]

    def panes(self) -> list[Pane]:
        """Panes from left to right, device px."""
        return list(dict.fromkeys(part.pane for part in self.parts()))

    def parts(self) -> list[Part]:
        """Divide the widget: what is seen, from left to right."""
        ratio = self.devicePixelRatioF()
        mode = self._compare if self.has_picture("photo") else Compare.OFF
        chosen = self.shelf.shown
        other = at(chosen, self._partner)
        there = self._partner and chosen not in APART and self.has_picture(other)
        return layout(
            mode,
            round(self.width() * ratio),
            round(self.height() * ratio),
            self._split,
            chosen,
            self._held and self.has_picture("photo"),
            other if there else "photo",
            self.flicker.photo_is_on,
            self._cells,
        )

    def key_under(self, point: QPointF | None) -> str | None:
        """Key of the picture that is seen at a point of the widget."""
        if point is None or self.is_empty:
            return None
        place = self.to_device(point)
        keys = (part.key for part in self.parts() if part.seen.contains(*place))
        return next((key for key in keys if self.has_picture(key)), None)

    def linked_crosses(self) -> list[tuple[float, float]]:
        """Places of the cursor's picture point in the other panes, device px."""
        panes = self.panes()
        if self.mouse is None or len(panes) < 2 or self.is_empty:
            return []
        here = self.pane_at(self.mouse)
        x, y = self.to_device(self.mouse)
        return [(x + pane.x - here.x, y + pane.y - here.y) for pane in panes if pane != here]
