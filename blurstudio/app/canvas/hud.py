"""What lies over the pictures: labels, the legend of time, the split line, the linked cross.

Drawn in logical px with the widget's font; nothing here knows pictures or paths.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from blurstudio.app.canvas.ramp import time_gradient

INK = QColor(236, 236, 236)
_GROUND = QColor(20, 20, 20, 205)
MARGIN = 12.0
PAD = 9.0
_RADIUS = 5.0
_RAMP = 84.0
_OPENING, _CLOSING = "opens", "closes"


def draw_label(
    painter: QPainter, text: str, area: QRectF, covered: QRectF, *, right: bool = False
) -> None:
    """Draw a name in the upper corner of an area, left or right, if it has the room.

    Parameters
    ----------
    covered
        What lies behind something else; a name that would lie there stands below it.
    """
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(text) + 2 * PAD
    height = metrics.height() + 6.0
    if area.width() < width + 2 * MARGIN:
        return
    x = area.right() - MARGIN - width if right else area.left() + MARGIN
    box = QRectF(x, area.top() + MARGIN, width, height)
    _draw_words(painter, text, _below(covered, box), area)


def draw_note(painter: QPainter, text: str, area: QRectF, covered: QRectF) -> None:
    """Draw some words in the upper middle of an area, if it has the room; as `draw_label`."""
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * PAD
    if area.width() < 3 * width:
        return
    box = QRectF(area.center().x() - width / 2, area.top() + MARGIN, width, 0.0)
    box.setHeight(painter.fontMetrics().height() + 6.0)
    _draw_words(painter, text, _below(covered, box), area)


def _below(covered: QRectF, box: QRectF) -> QRectF:
    """Return where a box lies that must not be behind something else."""
    if box.intersects(covered):
        box.moveTop(covered.bottom() + MARGIN)
    return box


def _draw_words(painter: QPainter, text: str, box: QRectF, area: QRectF) -> None:
    if box.bottom() > area.bottom():
        return
    draw_ground(painter, box)
    painter.setPen(INK)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_legend(painter: QPainter, area: QRectF, time: float) -> None:
    """Draw the ramp of time with its ends named, and where the moment ``time`` lies on it."""
    box = legend_box(painter, area)
    if box is None:
        return
    draw_ground(painter, box)
    painter.setPen(INK)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box.adjusted(PAD, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, _OPENING)
    painter.drawText(box.adjusted(0, 0, -PAD, 0), middle | Qt.AlignmentFlag.AlignRight, _CLOSING)
    left = box.left() + painter.fontMetrics().horizontalAdvance(_OPENING) + 2 * PAD
    bar = QRectF(left, box.center().y() - 2.0, _RAMP, 4.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(time_gradient(bar.left(), bar.right())))
    painter.drawRoundedRect(bar, 2.0, 2.0)
    x = bar.left() + (min(max(time, -0.5), 0.5) + 0.5) * bar.width()
    painter.setBrush(QColor(255, 255, 255))
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1.0))
    painter.drawEllipse(QPointF(x, bar.center().y()), 4.0, 4.0)


def legend_box(painter: QPainter, area: QRectF) -> QRectF | None:
    """Return the place of the legend of time within an area; None where there is no room."""
    metrics = painter.fontMetrics()
    words = sum(metrics.horizontalAdvance(word) for word in (_OPENING, _CLOSING))
    width = words + _RAMP + 4 * PAD
    height = metrics.height() + 6.0
    if area.width() < width + 2 * MARGIN or area.height() < 4 * height:
        return None
    return QRectF(area.right() - MARGIN - width, area.bottom() - MARGIN - height, width, height)


def draw_split_line(painter: QPainter, line: QLineF, active: bool) -> None:
    """Draw the line between photo and picture with its handle; ``active`` under the mouse."""
    upright = line.x1() == line.x2()
    # Between pixels a line of one pixel would be smeared over two.
    half = QPointF(0.5, 0.0) if upright else QPointF(0.0, 0.5)
    line = QLineF(_whole(line.p1()) + half, _whole(line.p2()) + half)
    for width, colour in ((3.0, QColor(0, 0, 0, 120)), (1.0, QColor(255, 255, 255, 230))):
        painter.setPen(QPen(colour, width))
        painter.drawLine(line)
    painter.save()
    painter.translate(line.center())
    painter.rotate(0 if upright else 90)
    painter.setPen(QPen(QColor(0, 0, 0, 130), 1.0))
    painter.setBrush(QColor(255, 255, 255) if active else QColor(232, 232, 232))
    painter.drawEllipse(QPointF(), 13.0, 13.0)
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
        arrow = QPainterPath(QPointF(way * 3.5, -4.0))
        arrow.lineTo(QPointF(way * 7.5, 0.0))
        arrow.lineTo(QPointF(way * 3.5, 4.0))
        painter.drawPath(arrow)
    painter.restore()


def draw_cross(painter: QPainter, x: float, y: float) -> None:
    """Draw where the mouse's picture point lies in the other pane."""
    # Between pixels a line of one pixel would be smeared over two.
    x, y = math.floor(x) + 0.5, math.floor(y) + 0.5
    for width, colour in ((3.0, QColor(0, 0, 0, 190)), (1.0, QColor(255, 255, 255))):
        painter.setPen(QPen(colour, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(x + 4 * dx, y + 4 * dy), QPointF(x + 11 * dx, y + 11 * dy))


def _whole(point: QPointF) -> QPointF:
    return QPointF(math.floor(point.x()), math.floor(point.y()))


def draw_ground(painter: QPainter, box: QRectF) -> None:
    """Draw the dark rounded ground that text is read on, whatever the picture."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
