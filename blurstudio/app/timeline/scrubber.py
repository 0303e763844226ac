"""The exposure as a bar: film strip, track in the colours of time, ticks, playhead.

Tells the moments a hand points at; it keeps no time of its own but the one it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from blurstudio.app.canvas.ramp import time_gradient
from blurstudio.app.timeline.film_strip import FilmStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QMouseEvent, QPaintEvent

_SIDE = 9.0
_STRIP_HEIGHT = 40.0
_STRIP_GAP = 7.0
_TRACK = 4.0
_KNOB = 6.5
_TICK_ROOM = 12.0
_NEAREST_TICKS = 4.0


class Scrubber(QWidget):
    """Bar over times -1/2 ... 1/2; press to jump, drag to scrub."""

    pressed = Signal()
    scrubbed = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._time = 0.0
        self._count = 2
        self._dragging = False
        self._film = FilmStrip()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Moment of the exposure")

    @property
    def dragging(self) -> bool:
        """Whether the playhead is in a hand."""
        return self._dragging

    def set_time(self, time: float) -> None:
        """Put the playhead at a moment in [-1/2, 1/2]."""
        if time != self._time:
            self._time = time
            self.update()

    def set_frame_count(self, count: int) -> None:
        """Show a tick for each of ``count`` frames."""
        self._count = count
        self.update()

    def set_thumbnails(self, pictures: Sequence[NDArray[np.uint8]]) -> None:
        """Show small frames, uint8 (H, W, 3), at times linspace(-1/2, 1/2, N)."""
        self._film.set_thumbnails(pictures)
        self.update()

    def x_of(self, time: float) -> float:
        """Place of a moment in widget px."""
        return _SIDE + (time + 0.5) * self._length

    def time_at(self, x: float) -> float:
        """Return the moment at a place in widget px, clamped to the exposure."""
        return min(max((x - _SIDE) / self._length - 0.5, -0.5), 0.5)

    def sizeHint(self) -> QSize:
        """Room for strip, track and ticks."""
        return QSize(480, round(_STRIP_HEIGHT + _STRIP_GAP + 2 * _KNOB + _TICK_ROOM))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows squeeze the bar, not its height."""
        return QSize(120, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to the moment under the mouse and take the playhead."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._dragging = True
        self.pressed.emit()
        self.scrubbed.emit(self.time_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub."""
        if self._dragging:
            self.scrubbed.emit(self.time_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the playhead go."""
        if event.button() is Qt.MouseButton.LeftButton and self._dragging:
            self._dragging = False
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint strip, track, ticks and playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_strip(painter)
        self._paint_ticks(painter)
        self._paint_track(painter)
        self._paint_playhead(painter)
        painter.end()

    @property
    def _length(self) -> float:
        return max(1.0, self.width() - 2 * _SIDE)

    @property
    def _track_y(self) -> float:
        return _STRIP_HEIGHT + _STRIP_GAP + _KNOB

    def _paint_strip(self, painter: QPainter) -> None:
        place = QRectF(_SIDE, 0.0, self._length, _STRIP_HEIGHT)
        ratio = self.devicePixelRatioF()
        strip = self._film.strip(round(place.width() * ratio), round(place.height() * ratio))
        rounded = QPainterPath()
        rounded.addRoundedRect(place, 3.0, 3.0)
        painter.save()
        painter.setClipPath(rounded)
        painter.drawImage(place, strip)
        painter.restore()

    def _paint_ticks(self, painter: QPainter) -> None:
        apart = self._length / max(1, self._count - 1)
        every = 1
        while apart * every < _NEAREST_TICKS:
            every *= 2
        faint = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(faint, 1.0))
        top = self._track_y + 7.0
        for frame in range(0, self._count, every):
            x = self.x_of(frame / (self._count - 1) - 0.5)
            painter.drawLine(QPointF(x, top), QPointF(x, top + 4.0))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1.0))
        middle = self.x_of(0.0)
        painter.drawLine(QPointF(middle, top), QPointF(middle, top + 7.0))

    def _paint_track(self, painter: QPainter) -> None:
        track = QRectF(_SIDE, self._track_y - _TRACK / 2, self._length, _TRACK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(time_gradient(track.left(), track.right())))
        # What is past is told from what is to come.
        played = QRectF(track)
        played.setRight(self.x_of(self._time))
        for part, opacity in ((track, 0.4), (played, 1.0)):
            painter.setOpacity(opacity if self.isEnabled() else opacity * 0.4)
            painter.drawRoundedRect(part, _TRACK / 2, _TRACK / 2)
        painter.setOpacity(1.0)

    def _paint_playhead(self, painter: QPainter) -> None:
        x = self.x_of(self._time)
        painter.setOpacity(1.0 if self.isEnabled() else 0.3)
        white = QColor(255, 255, 255)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 3.0))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, self._track_y))
        painter.setPen(QPen(white, 1.4))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, self._track_y))
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1.2))
        painter.setBrush(white if self._dragging else QColor(236, 236, 236))
        painter.drawEllipse(QPointF(x, self._track_y), _KNOB, _KNOB)
