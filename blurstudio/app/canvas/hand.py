"""A navigable widget under a hand: mouse, wheel, trackpad, and the key held to compare.

Events become calls of `Pointer` and reports of where the cursor is; nothing is painted here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent

from blurstudio.app.canvas.navigation import NavigableWidget
from blurstudio.app.canvas.pointer import Pointer

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

HOLD_KEY = Qt.Key.Key_Backslash


class HandledWidget(NavigableWidget):
    """Pans, zooms at the cursor, says which picture point is under it, and which was picked.

    Attributes
    ----------
    hold_key
        The key that shows the photo while it is held; None is none.
    """

    cursorMoved = Signal(float, float)
    cursorLeft = Signal()
    placePicked = Signal(float, float)
    placeClicked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pointer = Pointer(self)
        self.mouse: QPointF | None = None
        self._over_picture = False
        self.hold_key: int | None = HOLD_KEY
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def split_distance(self, at: QPointF) -> float | None:
        """Distance from a line that can be dragged, widget px, where there is one."""
        return None

    @property
    def split_cursor(self) -> Qt.CursorShape:
        """Cursor over that line."""
        return Qt.CursorShape.SplitHCursor

    def move_split(self, at: QPointF) -> None:
        """Bring that line to a point of the widget."""

    def turn_split(self) -> None:
        """Turn that line."""

    def hurry(self) -> None:
        """Hear that the zoom is about to change again and again."""

    def hold(self, held: bool) -> None:
        """Answer to the key that is held to see the photo."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan or to move the split line."""
        self._accept(event, self.pointer.press(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand and say where it is."""
        was_over_split = self.pointer.over_split
        self.pointer.move(event)
        if was_over_split != self.pointer.over_split:
            self.update()
        self.report_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag or a click."""
        self._accept(event, self.pointer.release(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Turn the split line; elsewhere the second press of a double click is a press."""
        if event.button() is Qt.MouseButton.LeftButton and self.pointer.near_split(
            event.position()
        ):
            self.turn_split()
            self._accept(event, True)
        else:
            self._accept(event, self.pointer.press(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor."""
        self.pointer.wheel(event)
        self.report_cursor(event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom by two fingers on a trackpad."""
        if isinstance(event, QNativeGestureEvent) and self.pointer.pinch(event):
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the cursor."""
        super().leaveEvent(event)
        self.pointer.over_split = False
        self.report_cursor(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold to compare."""
        if event.key() == self.hold_key:
            if not event.isAutoRepeat():
                self.hold(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Release to see the result again."""
        if event.key() == self.hold_key:
            if not event.isAutoRepeat():
                self.hold(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go: the key's release will not be told any more."""
        super().focusOutEvent(event)
        self.hold(False)

    def set_picking(self, picking: bool) -> None:
        """Let clicks pick places of the picture, or no more; drags pan as ever."""
        self.pointer.set_picking(picking)

    def pick(self, at: QPointF) -> None:
        """Say which picture point was picked; beside the picture there is none."""
        point = self.point_under(at)
        if point is not None:
            self.placePicked.emit(point.x(), point.y())

    def click(self, at: QPointF) -> None:
        """Say which picture point was clicked with no tool in the hand."""
        point = self.point_under(at)
        if point is not None:
            self.placeClicked.emit(point.x(), point.y())

    def report_cursor(self, at: QPointF | None) -> None:
        """Say which picture point is under ``at``, or that none is any more."""
        self.mouse = at
        point = None if at is None else self.point_under(at)
        if point is not None:
            self._over_picture = True
            self.cursorMoved.emit(point.x(), point.y())
            return
        if self._over_picture:
            self._over_picture = False
            self.cursorLeft.emit()

    def point_under(self, at: QPointF) -> QPointF | None:
        """Picture point under a point of the widget; None beside the picture."""
        size = self.picture_size
        if size is None:
            return None
        point = self.to_picture(at)
        inside = 0 <= point.x() < size[1] and 0 <= point.y() < size[0]
        return point if inside else None

    def _accept(self, event: QMouseEvent, meant: bool) -> None:
        event.setAccepted(meant)
