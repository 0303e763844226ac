"""A canvas that can show its picture against the photo: split, side by side, held.

Keeps which pictures there are and how they share the room; they are painted in `stage`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from blurstudio.app.canvas.compare import Compare, Part, bounded_split, caption, layout
from blurstudio.app.canvas.hand import HandledWidget
from blurstudio.app.canvas.shelf import Shelf

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from blurstudio.app.canvas.camera import Pane


class ComparingWidget(HandledWidget):
    """Divides itself among the photo and the chosen picture."""

    compareChanged = Signal(str)
    splitChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelf = Shelf()
        self._compare = Compare.OFF
        self._split = 0.5
        self._held = False

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
        """Choose "off", "split", "side" or "hold" (the photo shows as long as it is chosen)."""
        chosen = Compare(mode)
        if chosen is not self._compare:
            self._compare = chosen
            self.changed()
            self.compareChanged.emit(chosen.value)

    @property
    def compare(self) -> str:
        """The way of comparing: "off", "split", "side" or "hold"."""
        return self._compare.value

    def hold(self, held: bool) -> None:
        """Show the photo while True, whatever the mode; the backslash key does so too."""
        if held != self._held:
            self._held = held
            self.changed()

    def set_split(self, split: float) -> None:
        """Move the split line, as a part of the canvas's width; clamped."""
        bounded = bounded_split(split)
        if bounded != self._split:
            self._split = bounded
            self.update()
            self.splitChanged.emit(bounded)

    @property
    def split(self) -> float:
        """Place of the split line as a part of the width."""
        return self._split

    @property
    def split_x(self) -> float | None:
        """Place of the split line in widget px, where there is one."""
        parts = self.parts()
        if len(parts) < 2 or parts[0].pane != parts[1].pane:
            return None
        return parts[0].seen[1] / self.devicePixelRatioF()

    @property
    def caption(self) -> str:
        """What is seen, in words: "Sharp", "Photo | Sharp"; empty when nothing is."""
        return "" if self.is_empty else caption(self.parts())

    def panes(self) -> list[Pane]:
        """Panes from left to right, device px."""
        return list(dict.fromkeys(part.pane for part in self.parts()))

    def parts(self) -> list[Part]:
        """Divide the widget: what is seen, from left to right."""
        ratio = self.devicePixelRatioF()
        mode = self._compare if self.has_picture("photo") else Compare.OFF
        return layout(
            mode,
            round(self.width() * ratio),
            round(self.height() * ratio),
            self._split,
            self.shelf.shown,
            self._held and self.has_picture("photo"),
        )

    def linked_cross(self) -> tuple[float, float] | None:
        """Place of the cursor's picture point in the other pane, device px."""
        panes = self.panes()
        if self.mouse is None or len(panes) < 2 or self.is_empty:
            return None
        here = self.pane_at(self.mouse)
        other = next(pane for pane in panes if pane != here)
        x, y = self.to_device(self.mouse)
        return x + other.x - here.x, y
