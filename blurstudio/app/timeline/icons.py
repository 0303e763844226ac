"""The signs on the transport buttons, drawn in the palette's colour at any resolution.

Only shapes; which button bears which sign is said in `transport`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPalette, QPen, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

_SIDE = 20
_RATIOS = (1, 2, 3)
_LINE = 1.7


def icon(name: str, palette: QPalette) -> QIcon:
    """Make the icon of one of `_SIGNS`, such as "play" or "ping-pong"."""
    made = QIcon()
    states = {
        QIcon.Mode.Normal: palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText),
        QIcon.Mode.Disabled: palette.color(
            QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
        ),
    }
    for mode, colour in states.items():
        for ratio in _RATIOS:
            made.addPixmap(_pixmap(_SIGNS[name], colour, ratio), mode)
    return made


def _pixmap(sign: Callable[[QPainter], None], colour: QColor, ratio: int) -> QPixmap:
    pixmap = QPixmap(_SIDE * ratio, _SIDE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(
            colour,
            _LINE,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.setBrush(colour)
    sign(painter)
    painter.end()
    return pixmap


def _triangle(painter: QPainter, left: float, right: float) -> None:
    """Fill a triangle whose tip is at ``right`` (which may lie left of its base)."""
    path = QPainterPath(QPointF(left, 5.0))
    path.lineTo(right, 10.0)
    path.lineTo(left, 15.0)
    path.closeSubpath()
    painter.fillPath(path, painter.brush())


def _play(painter: QPainter) -> None:
    path = QPainterPath(QPointF(6.0, 4.0))
    path.lineTo(16.0, 10.0)
    path.lineTo(6.0, 16.0)
    path.closeSubpath()
    painter.fillPath(path, painter.brush())


def _pause(painter: QPainter) -> None:
    for left in (5.5, 11.5):
        painter.fillRect(QRectF(left, 4.5, 3.2, 11.0), painter.brush())


def _reverse(painter: QPainter) -> None:
    _triangle(painter, 10.0, 3.0)
    _triangle(painter, 17.0, 10.0)


def _forward(painter: QPainter) -> None:
    _triangle(painter, 3.0, 10.0)
    _triangle(painter, 10.0, 17.0)


def _arrow_head(painter: QPainter, tip: QPointF, way: int) -> None:
    path = QPainterPath(tip + QPointF(-3.2 * way, -3.2))
    path.lineTo(tip)
    path.lineTo(tip + QPointF(-3.2 * way, 3.2))
    painter.strokePath(path, painter.pen())


def _off(painter: QPainter) -> None:
    painter.drawLine(QPointF(3.5, 10.0), QPointF(13.0, 10.0))
    _arrow_head(painter, QPointF(13.0, 10.0), 1)
    painter.drawLine(QPointF(16.5, 5.5), QPointF(16.5, 14.5))


def _loop(painter: QPainter) -> None:
    path = QPainterPath(QPointF(3.5, 10.5))
    path.lineTo(3.5, 9.5)
    path.quadTo(QPointF(3.5, 6.0), QPointF(7.0, 6.0))
    path.lineTo(15.5, 6.0)
    painter.strokePath(path, painter.pen())
    _arrow_head(painter, QPointF(16.5, 6.0), 1)
    path = QPainterPath(QPointF(16.5, 9.5))
    path.lineTo(16.5, 10.5)
    path.quadTo(QPointF(16.5, 14.0), QPointF(13.0, 14.0))
    path.lineTo(4.5, 14.0)
    painter.strokePath(path, painter.pen())
    _arrow_head(painter, QPointF(3.5, 14.0), -1)


def _ping_pong(painter: QPainter) -> None:
    painter.drawLine(QPointF(4.0, 10.0), QPointF(16.0, 10.0))
    _arrow_head(painter, QPointF(16.0, 10.0), 1)
    _arrow_head(painter, QPointF(4.0, 10.0), -1)


def _onion(painter: QPainter) -> None:
    """Draw one frame with a fainter one on each side."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for left, opacity in ((2.5, 0.45), (9.5, 0.45), (6.0, 1.0)):
        painter.setOpacity(opacity)
        painter.drawRect(QRectF(left, 5.0, 8.0, 10.0))


_SIGNS: dict[str, Callable[[QPainter], None]] = {
    "play": _play,
    "pause": _pause,
    "reverse": _reverse,
    "forward": _forward,
    "off": _off,
    "loop": _loop,
    "ping-pong": _ping_pong,
    "onion": _onion,
}
