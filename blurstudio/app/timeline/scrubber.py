"""The exposure as a bar: film strip, track in the colours of time, ticks, playhead, marked part.

Tells the moments a hand points at; it keeps no time of its own but the one it is given. What the
scale under it says is `ruler`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from blurstudio.app.timeline import bar
from blurstudio.app.timeline.film_strip import FilmStrip
from blurstudio.app.timeline.moments import stops
from blurstudio.app.timeline.part_handle import WIDTH, PartHandle
from blurstudio.app.timeline.ruler import Mark, marks
from blurstudio.engine.interval import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from blurstudio.engine.interval import Interval

_SIDE = float(WIDTH)
_STRIP_HEIGHT = 40.0
_STRIP_GAP = 7.0
_TICK_ROOM = 8.0
_NEAREST_TICKS = 4.0
_SCALE_ROOM = 14.0
# Room of a number of the scale, in its digits.
_NUMBER = 9
_OUTSIDE = QColor(0, 0, 0, 150)


class Scrubber(QWidget):
    """Bar over times -1/2 ... 1/2; press to jump, drag to scrub."""

    pressed = Signal()
    scrubbed = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._time = 0.0
        self._count = 2
        self._part = WHOLE
        self._stops = stops(2)
        self._exposure_time: float | None = None
        self._marks: list[Mark] = []
        self._dragging = False
        self._film = FilmStrip()
        self.first_handle = PartHandle(-1, self)
        self.first_handle.setAccessibleName(self.tr("Start of the part"))
        self.first_handle.setToolTip(self.tr("Drag it to where the part begins (I)"))
        self.last_handle = PartHandle(1, self)
        self.last_handle.setAccessibleName(self.tr("End of the part"))
        self.last_handle.setToolTip(self.tr("Drag it to where the part ends (O)"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Moment of the exposure"))

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
        self._stops = stops(count, self._part)
        self.update()

    def set_part(self, part: Interval) -> None:
        """Mark a part of the exposure, first and last moment in [-1/2, 1/2]."""
        self._part = part
        self._stops = stops(self._count, part)
        self._place_handles()
        self.update()

    def set_exposure_time(self, seconds: float | None) -> None:
        """Count the scale in milliseconds of an exposure, or None: in percent."""
        self._exposure_time = seconds
        self._renew_scale()
        self.update()

    @property
    def marks(self) -> list[Mark]:
        """Marks of the scale, from the first moment to the last."""
        return self._marks

    @property
    def ticks_y(self) -> float:
        """Where the ticks of the frames are, in widget px."""
        return _STRIP_HEIGHT + 3.5

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
        """Room for strip, track, ticks and scale."""
        height = _STRIP_HEIGHT + _STRIP_GAP + 2 * bar.KNOB + _TICK_ROOM + _SCALE_ROOM
        return QSize(480, round(height))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows squeeze the bar, not its height."""
        return QSize(56, self.sizeHint().height())

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the brackets where they belong."""
        super().resizeEvent(event)
        self._renew_scale()
        self._place_handles()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint strip, track, ticks, scale and playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_strip(painter)
        self._paint_outside(painter)
        palette, enabled = self.palette(), self.isEnabled()
        ticks = self._stops[:: self._tick_every]
        bar.paint_ticks(painter, palette, self.x_of, ticks, _STRIP_HEIGHT + 1.5)
        painter.setOpacity(1.0 if enabled else 0.4)
        top = self._track_y + bar.KNOB + _TICK_ROOM
        scale = QRectF(0.0, top, self.width(), _SCALE_ROOM)
        bar.paint_scale(painter, palette, self.x_of, self._marks, scale)
        track = QRectF(_SIDE, self._track_y - bar.TRACK / 2, self._length, bar.TRACK)
        # What is past of the part is told from what is to come.
        bar.paint_track(painter, track, (self.x_of(self._part[0]), self.x_of(self._time)))
        painter.setOpacity(1.0 if enabled else 0.3)
        bar.paint_playhead(painter, self.x_of(self._time), self._track_y, dragging=self._dragging)
        painter.end()

    @property
    def _length(self) -> float:
        return max(1.0, self.width() - 2 * _SIDE)

    @property
    def _tick_every(self) -> int:
        """Of how many frames one has a tick, so that they can be told apart."""
        apart = self._length / max(1, self._count - 1)
        every = 1
        while apart * every < _NEAREST_TICKS:
            every *= 2
        return every

    @property
    def _track_y(self) -> float:
        return _STRIP_HEIGHT + _STRIP_GAP + bar.KNOB

    def _renew_scale(self) -> None:
        self._marks = marks(self._exposure_time, self._length / (_NUMBER * bar.SCALE_PX * 0.6))

    def _place_handles(self) -> None:
        first, last = self._part
        height = round(_STRIP_HEIGHT)
        self.first_handle.setGeometry(round(self.x_of(first)) - WIDTH, 0, WIDTH, height)
        self.first_handle.show_at(first)
        self.last_handle.setGeometry(round(self.x_of(last)), 0, WIDTH, height)
        self.last_handle.show_at(last)

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

    def _paint_outside(self, painter: QPainter) -> None:
        """Darken what isn't played."""
        first, last = (self.x_of(moment) for moment in self._part)
        painter.fillRect(QRectF(_SIDE, 0.0, first - _SIDE, _STRIP_HEIGHT), _OUTSIDE)
        right = _SIDE + self._length
        painter.fillRect(QRectF(last, 0.0, right - last, _STRIP_HEIGHT), _OUTSIDE)
