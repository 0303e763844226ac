"""What lies over the pictures: labels, the legend of time, the split line, the linked cross.

Drawn in logical px with the widget's font; nothing here knows pictures or paths.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from blurstudio.app.canvas.ramp import time_gradient

_INK = QColor(236, 236, 236)
_GROUND = QColor(20, 20, 20, 205)
_MARGIN = 12.0
_PAD = 9.0
_RADIUS = 5.0
_RAMP = 84.0


def draw_label(painter: QPainter, text: str, area: QRectF, right: bool = False) -> None:
    """Draw a name in the upper corner of an area, left or right, if it has the room."""
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(text) + 2 * _PAD
    height = metrics.height() + 6.0
    if area.width() < width + 2 * _MARGIN:
        return
    x = area.right() - _MARGIN - width if right else area.left() + _MARGIN
    box = QRectF(x, area.top() + _MARGIN, width, height)
    _ground(painter, box)
    painter.setPen(_INK)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_legend(painter: QPainter, area: QRectF, time: float) -> None:
    """Draw the ramp of time with its ends named, and where the moment ``time`` lies on it."""
    metrics = painter.fontMetrics()
    opening, closing = "opens", "closes"
    first = metrics.horizontalAdvance(opening)
    last = metrics.horizontalAdvance(closing)
    width = first + last + _RAMP + 4 * _PAD
    height = metrics.height() + 6.0
    if area.width() < width + 2 * _MARGIN or area.height() < 4 * height:
        return
    box = QRectF(area.right() - _MARGIN - width, area.bottom() - _MARGIN - height, width, height)
    _ground(painter, box)
    painter.setPen(_INK)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box.adjusted(_PAD, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, opening)
    painter.drawText(box.adjusted(0, 0, -_PAD, 0), middle | Qt.AlignmentFlag.AlignRight, closing)
    left = box.left() + first + 2 * _PAD
    bar = QRectF(left, box.center().y() - 2.0, _RAMP, 4.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(time_gradient(bar.left(), bar.right())))
    painter.drawRoundedRect(bar, 2.0, 2.0)
    x = bar.left() + (min(max(time, -0.5), 0.5) + 0.5) * bar.width()
    painter.setBrush(QColor(255, 255, 255))
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1.0))
    painter.drawEllipse(QPointF(x, bar.center().y()), 4.0, 4.0)


def draw_split_line(painter: QPainter, x: float, height: float, active: bool) -> None:
    """Draw the line between photo and picture with its handle; ``active`` under the mouse."""
    x = math.floor(x) + 0.5
    painter.setPen(QPen(QColor(0, 0, 0, 120), 3.0))
    painter.drawLine(QPointF(x, 0.0), QPointF(x, height))
    painter.setPen(QPen(QColor(255, 255, 255, 230), 1.0))
    painter.drawLine(QPointF(x, 0.0), QPointF(x, height))
    middle = QPointF(x, height / 2)
    painter.setPen(QPen(QColor(0, 0, 0, 130), 1.0))
    painter.setBrush(QColor(255, 255, 255) if active else QColor(232, 232, 232))
    painter.drawEllipse(middle, 13.0, 13.0)
    painter.setPen(
        QPen(
            QColor(48, 48, 48),
            1.8,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for way in (-1, 1):
        arrow = QPainterPath(middle + QPointF(way * 3.5, -4.0))
        arrow.lineTo(middle + QPointF(way * 7.5, 0.0))
        arrow.lineTo(middle + QPointF(way * 3.5, 4.0))
        painter.drawPath(arrow)


def draw_cross(painter: QPainter, x: float, y: float) -> None:
    """Draw where the mouse's picture point lies in the other pane."""
    # Between pixels a line of one pixel would be smeared over two.
    x, y = math.floor(x) + 0.5, math.floor(y) + 0.5
    for width, colour in ((3.0, QColor(0, 0, 0, 190)), (1.0, QColor(255, 255, 255))):
        painter.setPen(QPen(colour, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(x + 4 * dx, y + 4 * dy), QPointF(x + 11 * dx, y + 11 * dy))


def _ground(painter: QPainter, box: QRectF) -> None:
    """Draw the dark rounded ground that text is read on, whatever the picture."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
