"""What mouse, wheel and trackpad mean on the canvas: pan, zoom, move the split, pick a place.

Turns events into calls of the canvas; it draws nothing and keeps nothing but the drag.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent

    from blurstudio.app.canvas.hand import HandledWidget

_GRASP = 7.0
_CLICK = 4.0
# One notch of a wheel is 120: 1.26 times.
_DELTA_PER_DOUBLING = 360.0


class _Drag(Enum):
    NONE = auto()
    PAN = auto()
    SPLIT = auto()


class Pointer:
    """The hand on one canvas."""

    def __init__(self, canvas: HandledWidget) -> None:
        self._canvas = canvas
        self._drag = _Drag.NONE
        self._button = Qt.MouseButton.NoButton
        self._pressed_at = QPointF()
        self._last = QPointF()
        self._moved = False
        self.over_split = False
        self.picking = False

    @property
    def moving_split(self) -> bool:
        """Whether the split line is in the hand."""
        return self._drag is _Drag.SPLIT

    def press(self, event: QMouseEvent) -> bool:
        """Begin a drag; returns whether the event meant something."""
        button = event.button()
        if self._drag is not _Drag.NONE:
            return True
        if button not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return False
        left = button is Qt.MouseButton.LeftButton
        self._drag = _Drag.SPLIT if left and self.near_split(event.position()) else _Drag.PAN
        self._button = button
        self._pressed_at = self._last = event.position()
        self._moved = False
        self._set_cursor(event.position())
        return True

    def move(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        at = event.position()
        if self._drag is _Drag.SPLIT:
            self._canvas.move_split(at)
        elif self._drag is _Drag.PAN:
            far = (at - self._pressed_at).manhattanLength() > _CLICK
            if far and not self._moved:
                self._moved = True
                self._last = self._pressed_at
            if self._moved:
                self._canvas.pan(at - self._last)
        self._last = at
        self._set_cursor(at)

    def release(self, event: QMouseEvent) -> bool:
        """End a drag; a click that didn't move means its place, the middle one the next zoom."""
        if event.button() is not self._button or self._drag is _Drag.NONE:
            return False
        clicked = self._drag is _Drag.PAN and not self._moved
        if clicked and self._button is Qt.MouseButton.MiddleButton:
            self._canvas.cycle_zoom(event.position())
        elif clicked and self.picking:
            self._canvas.pick(self._pressed_at)
        elif clicked:
            self._canvas.click(self._pressed_at)
        self.cancel()
        self._set_cursor(event.position())
        return True

    def cancel(self) -> None:
        """Let go of whatever is in the hand."""
        self._drag = _Drag.NONE
        self._button = Qt.MouseButton.NoButton

    def set_picking(self, picking: bool) -> None:
        """Let clicks pick places, or no more."""
        self.picking = picking
        self._set_cursor(self._canvas.mouse or self._last)

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the cursor, by as much as the wheel or the two fingers say."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        if not delta:
            return
        old = self._canvas.zoom
        new = old * 2 ** (delta / _DELTA_PER_DOUBLING)
        # Passing 100 % stops there: the one zoom at which pixels are seen as they are.
        if (old < 1.0 < new) or (new < 1.0 < old):
            new = 1.0
        self._canvas.hurry()
        self._canvas.set_zoom(new, event.position())

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom as the fingers on a trackpad say; returns whether the gesture meant something."""
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        factor = max(0.2, 1.0 + event.value())
        self._canvas.hurry()
        self._canvas.set_zoom(self._canvas.zoom * factor, event.position())
        return True

    def near_split(self, at: QPointF) -> bool:
        """Whether the split line can be taken at a point."""
        distance = self._canvas.split_distance(at)
        return distance is not None and distance <= _GRASP

    def _set_cursor(self, at: QPointF) -> None:
        self.over_split = self.moving_split or (self._drag is _Drag.NONE and self.near_split(at))
        if self.over_split:
            self._canvas.setCursor(self._canvas.split_cursor)
        elif self._canvas.picture_size is None:
            self._canvas.unsetCursor()
        elif self._drag is _Drag.PAN and (self._moved or not self.picking):
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self.picking:
            self._canvas.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
