"""A comparing canvas with regions on it: they are shown, drawn, chosen, moved and reshaped.

Which regions there are, the canvas is told; what a hand does to them, it tells. The hand's own
logic is in `shape_hand` and `region_hand`, painting in `drawn`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal

from blurstudio.app.canvas.comparing import ComparingWidget
from blurstudio.app.canvas.drawn import Drawn
from blurstudio.app.canvas.handles import BOX_GAP, GRASP, handle_at
from blurstudio.app.canvas.region_hand import RegionHand
from blurstudio.app.canvas.shape_hand import ShapeHand, Tool
from blurstudio.session.regions import find

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from blurstudio.app.canvas.camera import Pane
    from blurstudio.session.regions import Regions
    from blurstudio.session.shapes import Place


class RegionWidget(ComparingWidget):
    """Hands presses to the regions first; what means nothing to them pans, picks and compares."""

    shapeDrawn = Signal(object)
    """A `Shape` that was finished."""
    regionReshaped = Signal(int, object, str, int)
    """Number of a region, its new `Shape`, words for it (none: as before), the gesture."""
    regionLetGo = Signal()
    """A region, or a shape in the making, is no longer in the hand."""
    regionPicked = Signal(object)
    """Number of the region that was clicked on, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape_hand = ShapeHand(self.shapeDrawn.emit)
        self.region_hand = RegionHand(self.regionReshaped.emit, self.regionPicked.emit)
        self._outlines_visible = True
        self._clicked_at: QPointF | None = None
        self._pane: Pane | None = None

    def set_drawn(self, regions: Regions, selected: int | None) -> None:
        """Show these regions, one of them with handles."""
        self.region_hand.regions, self.region_hand.selected = regions, selected
        self.update()

    def set_outlines_visible(self, visible: bool) -> None:
        """Show or hide the outlines; hidden ones can't be taken hold of."""
        self._outlines_visible = visible
        self.update()

    @property
    def outlines_visible(self) -> bool:
        """Whether outlines are shown."""
        return self._outlines_visible

    def take_tool(self, tool: str) -> None:
        """Take "view", "rectangle", "ellipse", "polygon" or "lasso" into the hand."""
        self.let_go()
        self.shape_hand.tool = Tool(tool)
        self._show_cursor(self.mouse)
        self.update()

    @property
    def tool(self) -> str:
        """The tool in the hand."""
        return self.shape_hand.tool.value

    def cancel_drawing(self) -> bool:
        """Give up the shape or the pull in the hand; returns whether there was one."""
        given_up = self.let_go()
        self.update()
        return given_up

    def let_go(self) -> bool:
        """Empty the hand without painting anew; returns whether anything was in it."""
        # Both, whatever the first says.
        return any([self.region_hand.cancel(), self.shape_hand.cancel()])

    def drawn_now(self) -> Drawn | None:
        """Return what is to be painted of regions."""
        draft = self.shape_hand.draft
        if not self._outlines_visible and draft is None:
            return None
        regions = self.region_hand.regions if self._outlines_visible else ()
        return Drawn(regions, self.region_hand.selected, draft)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Draw, or take hold of the chosen region; else as ever."""
        self._clicked_at = self._pane = None
        if self._is_for_regions(event):
            # A drag that leaves its pane goes on beyond the picture, not in the other pane.
            self._pane = self.pane_at(event.position())
            if self._press(event):
                event.accept()
                self.update()
                return
            self._clicked_at = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on drawing or pulling; else as ever."""
        if self._is_busy:
            place, pixel = self._there(event)
            self.region_hand.move(place, pixel)
            self.shape_hand.move(place, pixel, even=_is_even(event))
            self.report_cursor(event.position())
            self.update()
        else:
            super().mouseMoveEvent(event)
        self._show_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish what was drawn or pulled; a click chooses a region."""
        if event.button() is Qt.MouseButton.LeftButton:
            place, pixel = self._there(event)
            if self.region_hand.release(place) or self.shape_hand.release(pixel):
                event.accept()
                self.update()
                self._show_cursor(event.position())
                self.regionLetGo.emit()
                return
            at, self._clicked_at = self._clicked_at, None
            if at is not None and (event.position() - at).manhattanLength() <= GRASP / 2:
                self.region_hand.pick(self._place(at))
        super().mouseReleaseEvent(event)
        self._show_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Close a polygon, add or remove a vertex; else as a press."""
        if self._is_for_regions(event) and self._double_click(event):
            event.accept()
            self.update()
        elif self.pointer.near_split(event.position()):
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close a polygon by Enter, take back its last corner by Backspace."""
        hand = self.shape_hand
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (enter and hand.close()) or (event.key() == Qt.Key.Key_Backspace and hand.step_back()):
            self.update()
            return
        super().keyPressEvent(event)

    def _press(self, event: QMouseEvent) -> bool:
        """Draw with a tool, else take hold; returns whether there was anything to do."""
        if self.shape_hand.tool is Tool.VIEW:
            return self.region_hand.press(*self._there(event))
        self.shape_hand.press(*self._there(event), even=_is_even(event))
        return True

    def _double_click(self, event: QMouseEvent) -> bool:
        """Close a polygon, else change a region's points; returns whether there was any."""
        if self.shape_hand.tool is Tool.VIEW:
            return self.region_hand.double_click(*self._there(event))
        return self.shape_hand.double_click()

    @property
    def _is_busy(self) -> bool:
        """Whether there is a region or a shape in the hand."""
        return self.region_hand.is_holding or self.shape_hand.is_drawing

    def _is_for_regions(self, event: QMouseEvent) -> bool:
        return (
            event.button() is Qt.MouseButton.LeftButton
            and self.picture_size is not None
            and not self.pointer.picking
            and (self._outlines_visible or self.shape_hand.tool is not Tool.VIEW)
            and not self.pointer.over_split
        )

    def _there(self, event: QMouseEvent) -> tuple[Place, float]:
        """Place in the picture under the mouse, and px of the picture per px of the screen."""
        return self._place(event.position()), self._pixel

    @property
    def _pixel(self) -> float:
        return self.devicePixelRatioF() / self.zoom

    def _place(self, at: QPointF) -> Place:
        point = self.to_picture(at, self._pane if self._is_busy else None)
        if self.shape_hand.tool is Tool.VIEW:
            return point.x(), point.y()
        # A shape ends where the picture does: beyond it there is nothing to govern.
        height, width = self.picture_size or (0, 0)
        return min(max(point.x(), 0.0), float(width)), min(max(point.y(), 0.0), float(height))

    def _show_cursor(self, at: QPointF | None) -> None:
        hand = self.region_hand
        if self.picture_size is None or self.pointer.picking or self.pointer.over_split:
            return
        if self.shape_hand.tool is not Tool.VIEW:
            self.setCursor(Qt.CursorShape.CrossCursor)
            return
        region = find(hand.regions, hand.selected)
        if region is None or at is None or not (self._outlines_visible and region.visible):
            return
        place = self._place(at)
        if handle_at(region.shape, place, GRASP * self._pixel, BOX_GAP * self._pixel):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif region.shape.contains(place):
            self.setCursor(Qt.CursorShape.SizeAllCursor)


def _is_even(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
