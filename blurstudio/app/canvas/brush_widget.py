"""A canvas with regions and a brush: strokes are painted on it, and their mask is shown.

What strokes do to a picture, and the mask they make, the canvas is told. The hand's own logic is in
`brush_hand`, painting in `brushed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal

from blurstudio.app.canvas.brush_hand import BrushHand
from blurstudio.app.canvas.brushed import Brushed, veil_of
from blurstudio.app.canvas.region_widget import RegionWidget

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from blurstudio.app.canvas.camera import Pane
    from blurstudio.session.blend import Brush
    from blurstudio.session.shapes import Place

BRUSH = "brush"

_NOTCH = 120.0
_GROWTH = 1.15
_HARDENING = 0.1
"""Both per notch of a wheel."""


class BrushWidget(RegionWidget):
    """Hands presses to the brush while it is in the hand; else to regions and the view."""

    brushMoved = Signal(object)
    """The `Stroke` under the hand so far; None when it was given up."""
    strokePainted = Signal(object)
    """A `Stroke` that was finished."""
    brushChanged = Signal(object)
    """The `Brush`, when the wheel has changed it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brush_hand = BrushHand(self.brushMoved.emit, self.strokePainted.emit)
        self._brushing = False
        self._veil: QImage | None = None
        self._veil_visible = False
        self._brush_pane: Pane | None = None

    def take_tool(self, tool: str) -> None:
        """Take "brush", or one of the tools of regions, into the hand."""
        self.brush_hand.cancel()
        self._brushing = tool == BRUSH
        super().take_tool("view" if self._brushing else tool)

    @property
    def tool(self) -> str:
        """The tool in the hand."""
        return BRUSH if self._brushing else self.shape_hand.tool.value

    def set_brush(self, brush: Brush) -> None:
        """Paint with another brush from the next stroke on."""
        self.brush_hand.brush = brush
        self.update()

    def set_mask(self, mask: NDArray[np.uint8] | None) -> None:
        """Give the mask, (h, w) of any size, 0 where the result is hidden; None hides nothing."""
        self._veil = None if mask is None else veil_of(mask)
        self.update()

    def set_mask_visible(self, visible: bool) -> None:
        """Show or hide the veil over hidden places."""
        self._veil_visible = visible
        self.update()

    @property
    def mask_shown(self) -> bool:
        """Whether a veil is to be seen."""
        return self._veil_visible and self._veil is not None

    def cancel_drawing(self) -> bool:
        """Give up the stroke, the shape or the pull in the hand; returns whether there was one."""
        return self.brush_hand.cancel() or super().cancel_drawing()

    def brushed_now(self) -> Brushed | None:
        """Return what is to be painted of brush and mask."""
        veil = self._veil if self._veil_visible else None
        ring = self._brushing and self.mouse is not None and not self.pointer.over_split
        if veil is None and not ring:
            return None
        at = self.to_picture(self.mouse, self._pane_now) if ring and self.mouse else None
        return Brushed(veil, self.brush_hand.brush if ring else None, at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; without the brush, as ever."""
        if not self._is_for_brush(event):
            super().mousePressEvent(event)
            return
        # A drag that leaves its pane goes on beyond the picture, not in the other pane.
        self._brush_pane = self.pane_at(event.position())
        size = self.picture_size
        assert size is not None
        opposite = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.brush_hand.press(self._point(event), size, opposite=opposite)
        event.accept()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on painting; else as ever."""
        if self.brush_hand.is_painting:
            self.brush_hand.move(self._point(event), self._pixel)
            self.report_cursor(event.position())
        else:
            super().mouseMoveEvent(event)
        if self._brushing:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish a stroke; else as ever."""
        if self.brush_hand.is_painting and event.button() is Qt.MouseButton.LeftButton:
            self.brush_hand.release(self._point(event), self._pixel)
            self._brush_pane = None
            event.accept()
            self.update()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Paint: with a brush the second press of a double click is a press."""
        if self._is_for_brush(event):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the brush: with Ctrl its size, with Shift its hardness; else zoom."""
        keys = event.modifiers()
        # With some modifiers, platforms turn the wheel's direction.
        notches = (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH
        brush = self.brush_hand.brush
        if self._brushing and keys & Qt.KeyboardModifier.ControlModifier:
            brush = brush.resized(_GROWTH**notches)
        elif self._brushing and keys & Qt.KeyboardModifier.ShiftModifier:
            brush = brush.hardened(_HARDENING * notches)
        else:
            super().wheelEvent(event)
            return
        event.accept()
        self.set_brush(brush)
        self.brushChanged.emit(brush)

    def _is_for_brush(self, event: QMouseEvent) -> bool:
        return (
            self._brushing
            and event.button() is Qt.MouseButton.LeftButton
            and self.picture_size is not None
            and not self.pointer.over_split
        )

    @property
    def _pane_now(self) -> Pane | None:
        return self._brush_pane if self.brush_hand.is_painting else None

    def _point(self, event: QMouseEvent) -> Place:
        point = self.to_picture(event.position(), self._brush_pane)
        return point.x(), point.y()

    def _show_cursor(self, at: QPointF | None) -> None:
        if self._brushing and not self.pointer.over_split and self.picture_size is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            super()._show_cursor(at)
