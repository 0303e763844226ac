"""The legend of a picture, in a corner of the canvas: its scale with numbers and a few words.

What it says is made elsewhere; here it is laid out and drawn, in logical px.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from blurstudio.app.canvas import hud

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

_RAMP = (176.0, 10.0)
_WHEEL = 76.0
_GAP = 8.0
_QUIET = QColor(178, 178, 178)


@dataclass(frozen=True, eq=False)
class PictureLegend:
    """What the colours of a picture mean, ready for the screen.

    Attributes
    ----------
    title
        What is measured.
    scale
        Image of the ramp, from left to right, or of the wheel.
    is_wheel
        Which of the two it is.
    ticks
        Places [0, 1] along the ramp, or from the wheel's middle to its rim, with their words.
    remarks
        Short lines below.
    """

    title: str
    scale: QImage
    is_wheel: bool
    ticks: tuple[tuple[float, str], ...] = ()
    remarks: tuple[str, ...] = ()


def draw_picture_legend(
    painter: QPainter, legend: PictureLegend, area: QRectF, taken: QRectF | None = None
) -> None:
    """Draw a legend into the lower left corner of an area, if it has the room.

    Parameters
    ----------
    taken
        What lies in its lower right corner; in a narrow area the legend stands above it.
    """
    box = legend_box(painter, legend, area)
    if box is not None and taken is not None and box.intersects(taken):
        over = area.adjusted(0, 0, 0, taken.top() - area.bottom())
        box = legend_box(painter, legend, over)
    if box is None:
        return
    hud.draw_ground(painter, box)
    line = float(painter.fontMetrics().height())
    inner = box.adjusted(hud.PAD, hud.PAD - 2, -hud.PAD, 0)
    _write(painter, inner, inner.top(), legend.title, hud.INK)
    top = inner.top() + line + 5.0
    if legend.is_wheel:
        top = _draw_wheel(painter, legend, QRectF(inner.left(), top, _WHEEL, _WHEEL))
    else:
        top = _draw_ramp(painter, legend, QRectF(inner.left(), top, inner.width(), _RAMP[1]))
    for remark in legend.remarks:
        _write(painter, inner, top, remark, _QUIET)
        top += line


def legend_box(painter: QPainter, legend: PictureLegend, area: QRectF) -> QRectF | None:
    """Return the place of a legend within an area; None where there is no room for it."""
    metrics = painter.fontMetrics()
    line = metrics.height()
    words = [legend.title, *legend.remarks]
    width = max(float(metrics.horizontalAdvance(text)) for text in words)
    if legend.is_wheel:
        rim = max((metrics.horizontalAdvance(text) for _, text in legend.ticks), default=0)
        width = max(width, _WHEEL + _GAP + rim)
        scale = _WHEEL + 4.0
    else:
        width = max(width, _RAMP[0])
        scale = _RAMP[1] + line + 4.0
    width += 2 * hud.PAD
    height = 2 * hud.PAD + line * (1 + len(legend.remarks)) + 5.0 + scale - 4.0
    if area.width() < width + 2 * hud.MARGIN or area.height() < height + 4 * hud.MARGIN:
        return None
    return QRectF(area.left() + hud.MARGIN, area.bottom() - hud.MARGIN - height, width, height)


def _draw_ramp(painter: QPainter, legend: PictureLegend, bar: QRectF) -> float:
    painter.drawImage(bar, legend.scale)
    metrics = painter.fontMetrics()
    painter.setPen(hud.INK)
    for place, text in legend.ticks:
        width = metrics.horizontalAdvance(text)
        x = bar.left() + place * bar.width() - width / 2
        x = min(max(x, bar.left()), bar.right() - width)
        painter.drawText(QPointF(x, bar.bottom() + 2.0 + metrics.ascent()), text)
    return bar.bottom() + 4.0 + metrics.height()


def _draw_wheel(painter: QPainter, legend: PictureLegend, box: QRectF) -> float:
    disc = QPainterPath()
    disc.addEllipse(box)
    painter.save()
    painter.setClipPath(disc, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box, legend.scale)
    painter.restore()
    # Clips have rough edges; the rim hides them.
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(20, 20, 20), 1.6))
    painter.drawEllipse(box)
    metrics = painter.fontMetrics()
    painter.setPen(hud.INK)
    for place, text in legend.ticks:
        y = box.center().y()
        # The rim's number stands beside the rim; the middle's would only cover the wheel.
        if place == 1.0:
            painter.drawText(QPointF(box.right() + _GAP, y + metrics.ascent() / 2 - 1.0), text)
    return box.bottom() + 4.0


def _write(painter: QPainter, box: QRectF, top: float, text: str, colour: QColor) -> None:
    painter.setPen(colour)
    painter.drawText(QPointF(box.left(), top + painter.fontMetrics().ascent()), text)
