"""A bracket at an end of the marked part: dragged by the mouse, moved by keys in focus.

It is a slider without a groove, so that screen readers tell its moment; where it lies is the
scrubber's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QAbstractSlider, QWidget

from blurstudio.engine.interval import WHOLE

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent

WIDTH = 9
_FINE = 10_000
_OWN_KEYS = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)
_MARKED = QColor(255, 177, 41)


class PartHandle(QAbstractSlider):
    """The first (way -1) or the last (way 1) moment of the part."""

    asked = Signal(float)
    """Moment in [-1/2, 1/2] that a hand moves it to; whether it goes there is said by `show_at`."""
    taken = Signal()
    dragged = Signal(float)
    """Place of its inner edge, px of its parent, that a hand drags it to."""
    stepped = Signal(int)
    """So many frames on, by a key."""

    def __init__(self, way: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._way = way
        self._time = WHOLE[0] if way < 0 else WHOLE[1]
        self._grip: float | None = None
        self.setRange(-_FINE // 2, _FINE // 2)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setOrientation(Qt.Orientation.Horizontal)
        self._shown = False
        self.show_at(self._time)
        self.valueChanged.connect(self._ask)

    @property
    def time(self) -> float:
        """Moment it stands at, [-1/2, 1/2]."""
        return self._time

    def show_at(self, time: float) -> None:
        """Stand at a moment, [-1/2, 1/2]."""
        self._time = time
        self._shown = True
        self.setValue(round(time * _FINE))
        self._shown = False
        self.update()

    @property
    def _marks(self) -> bool:
        """Whether it cuts something off the exposure."""
        return self._time != (WHOLE[0] if self._way < 0 else WHOLE[1])

    def sizeHint(self) -> QSize:
        """As wide as a bracket."""
        return QSize(WIDTH, WIDTH)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of a slider from the window's actions while it has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _OWN_KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a frame, by ten with Shift or a page, or to an end of the exposure."""
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Down:
                self.stepped.emit(-far)
            case Qt.Key.Key_Right | Qt.Key.Key_Up:
                self.stepped.emit(far)
            case Qt.Key.Key_PageDown:
                self.stepped.emit(-10)
            case Qt.Key.Key_PageUp:
                self.stepped.emit(10)
            case Qt.Key.Key_Home:
                self.asked.emit(WHOLE[0])
            case Qt.Key.Key_End:
                self.asked.emit(WHOLE[1])
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take it."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        # Where it was taken: it must not jump by half its width.
        self._grip = event.position().x() - self._edge
        self.taken.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ask for the moment under the hand."""
        if self._grip is not None:
            self.dragged.emit(self.mapToParent(event.position()).x() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is gone."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a bracket that opens towards the part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        colour = (
            _MARKED if self._marks else palette.color(group, QPalette.ColorRole.PlaceholderText)
        )
        if not self.isEnabled():
            painter.setOpacity(0.4)
        box = QRectF(self.rect())
        if self._way < 0:
            spine, arms = box.adjusted(1, 0, -3, 0), box.adjusted(1, 0, 0, 0)
        else:
            spine, arms = box.adjusted(3, 0, -1, 0), box.adjusted(0, 0, -1, 0)
        path = QPainterPath()
        path.addRoundedRect(spine, 2.0, 2.0)
        for top in (arms.top(), arms.bottom() - 3.0):
            path.addRect(QRectF(arms.left(), top, arms.width(), 3.0))
        path.setFillRule(Qt.FillRule.WindingFill)
        painter.fillPath(path, colour)
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.drawPath(path.simplified())
        painter.end()

    def _ask(self, value: int) -> None:
        """Ask for what a screen reader set."""
        if not self._shown:
            self.asked.emit(value / _FINE)

    @property
    def _edge(self) -> float:
        """Its edge that stands at the moment, in px of its own."""
        return float(self.width()) if self._way < 0 else 0.0
