"""How the parts of the scrub bar are painted: track, ticks, scale, playhead.

Where they are is told by whoever asks; a moment's place comes from the function `x_of`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPalette, QPen

from blurstudio.app.canvas.ramp import time_gradient

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blurstudio.app.timeline.ruler import Mark

    Place = Callable[[float], float]

TRACK = 4.0
KNOB = 6.5
RIM = 1.0
SCALE_PX = 10
"""Height of the scale's digits."""

# Dark in the light look, too: what is to come is dimmed by it, and yellow stands out from it.
_BED = QColor(51, 51, 51)


def paint_ticks(
    painter: QPainter, palette: QPalette, x_of: Place, stops: Sequence[float], top: float
) -> None:
    """Paint a tick for every frame from ``top`` down."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1.0))
    for time in stops:
        x = x_of(time)
        painter.drawLine(QPointF(x, top), QPointF(x, top + 4.0))


def paint_scale(
    painter: QPainter, palette: QPalette, x_of: Place, marks: Sequence[Mark], place: QRectF
) -> None:
    """Paint marks at the top of ``place`` and their numbers under them."""
    font = QFont(painter.font())
    font.setPixelSize(SCALE_PX)
    painter.setFont(font)
    strong = palette.color(QPalette.ColorRole.WindowText)
    faint = palette.color(QPalette.ColorRole.PlaceholderText)
    top = place.top()
    for mark in marks:
        x = x_of(mark.time)
        painter.setPen(QPen(strong if mark.text else faint, 1.0))
        painter.drawLine(QPointF(x, top - 3.0), QPointF(x, top if mark.text else top - 1.0))
        if not mark.text:
            continue
        width = painter.fontMetrics().horizontalAdvance(mark.text)
        # The outermost numbers stay within the bar.
        left = min(max(x - width / 2, place.left()), place.right() - width)
        painter.setPen(strong if mark.time == 0 else faint)
        painter.drawText(QPointF(left, place.bottom() - 3.0), mark.text)


def paint_track(painter: QPainter, place: QRectF, played: tuple[float, float]) -> None:
    """Paint the track in the colours of time, on a dark bed, stronger between two places in px."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_BED)
    bed = place.adjusted(-RIM, -RIM, RIM, RIM)
    painter.drawRoundedRect(bed, TRACK / 2 + RIM, TRACK / 2 + RIM)
    painter.setBrush(QBrush(time_gradient(place.left(), place.right())))
    before = painter.opacity()
    part = QRectF(place)
    part.setLeft(played[0])
    part.setRight(max(played))
    for box, opacity in ((place, 0.4), (part, 1.0)):
        painter.setOpacity(before * opacity)
        painter.drawRoundedRect(box, TRACK / 2, TRACK / 2)
    painter.setOpacity(before)


def paint_playhead(painter: QPainter, x: float, track_y: float, *, dragging: bool) -> None:
    """Paint the line over the strip and the knob on the track."""
    white = QColor(255, 255, 255)
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3.0))
    painter.drawLine(QPointF(x, 0.0), QPointF(x, track_y))
    painter.setPen(QPen(white, 1.4))
    painter.drawLine(QPointF(x, 0.0), QPointF(x, track_y))
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1.2))
    painter.setBrush(white if dragging else QColor(236, 236, 236))
    painter.drawEllipse(QPointF(x, track_y), KNOB, KNOB)
