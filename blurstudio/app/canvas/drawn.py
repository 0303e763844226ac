"""Regions over the pictures: outlines where they govern, names, handles, and the one being drawn.

A region's outline is hidden where one above it lies over it, so that what is seen is what governs.
What a hand does to them is in `shape_hand` and `region_hand`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from blurstudio.app.canvas.handles import BOX_GAP, handle_places
from blurstudio.session.regions import Edit, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.app.canvas.camera import Pane, View
    from blurstudio.session.regions import Region, Regions
    from blurstudio.session.shapes import Place

_WIDTH = 2.0
_RIM = 4.0
_RIM_COLOUR = QColor(0, 0, 0, 150)
_TINT = 38
_HANDLE = 3.5
_PAD = 5.0
_DOTS = [2.0, 3.0]
_PANES = 2


def edit_marks() -> dict[Edit, str]:
    """Say in a word what becomes of a region's motion."""
    return {
        Edit.NONE: "",
        Edit.REVERSE: QCoreApplication.translate("canvas", "reversed"),
        Edit.FREEZE: QCoreApplication.translate("canvas", "frozen"),
        Edit.SCALE: "× {factor:g}",
        Edit.EXCLUDE: QCoreApplication.translate("canvas", "as in the photo"),
    }


@dataclass(frozen=True)
class Draft:
    """A shape that is being drawn: its points so far, and where the hand is."""

    points: tuple[Place, ...]
    closed: bool


@dataclass(frozen=True)
class Drawn:
    """What lies over the pictures.

    Attributes
    ----------
    regions
        From the bottom to the top, corner coordinates of the picture.
    selected
        Number of the one with handles, or None.
    draft
        The one being drawn, or None.
    """

    regions: Regions = ()
    selected: int | None = None
    draft: Draft | None = None

    @property
    def seen(self) -> list[Region]:
        """Those that are not hidden, from the bottom to the top."""
        return [region for region in self.regions if region.visible]


class DrawnLayer:
    """Paints what lies over the pictures, and keeps the outlines between paints."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QImage] = {}

    def clear(self) -> None:
        """Forget every outline."""
        self._kept.clear()

    def paint(self, painter: QPainter, drawn: Drawn, view: View, pane: Pane, ratio: float) -> None:
        """Paint all of it into one pane, device px."""
        if drawn.seen:
            outlines = self._outlines(drawn, view, pane, ratio)
            painter.drawImage(int(pane.x), int(pane.y), outlines)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for region in drawn.seen:
            _draw_name(painter, region, view, ratio)
        chosen = find(drawn.regions, drawn.selected)
        if chosen is not None and chosen.visible:
            _draw_handles(painter, chosen, view, ratio)
        if drawn.draft is not None:
            _draw_draft(painter, drawn.draft, view, ratio)
        painter.restore()

    def _outlines(self, drawn: Drawn, view: View, pane: Pane, ratio: float) -> QImage:
        """Return the outlines for one pane; while a video plays they stay the same."""
        wanted = (drawn.regions, drawn.selected, view, pane, ratio)
        if wanted not in self._kept:
            if len(self._kept) >= _PANES:
                self._kept.clear()
            here = view.moved(-int(pane.x), -int(pane.y))
            self._kept[wanted] = _outlines(drawn, here, pane, ratio)
        return self._kept[wanted]


def _outlines(drawn: Drawn, view: View, pane: Pane, ratio: float) -> QImage:
    layer = QImage(int(pane.width), int(pane.height), QImage.Format.Format_ARGB32_Premultiplied)
    layer.fill(Qt.GlobalColor.transparent)
    painter = QPainter(layer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for region in drawn.seen:
        path = QPainterPath()
        path.addPolygon(_on_screen(region.shape.outline(), view))
        path.closeSubpath()
        inside = QColor(region.colour)
        inside.setAlpha(_TINT if region.number == drawn.selected else 0)
        # What lies below is wiped out first: inside, this region governs.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillPath(path, inside)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for width, colour in ((_RIM, _RIM_COLOUR), (_WIDTH, QColor(region.colour))):
            painter.strokePath(path, QPen(colour, width * ratio))
    painter.end()
    return layer


def _on_screen(points: Sequence[Place], view: View) -> QPolygonF:
    return QPolygonF([QPointF(*view.to_screen(x, y)) for x, y in points])


def _draw_name(painter: QPainter, region: Region, view: View, ratio: float) -> None:
    """Draw a region's name and edit in its upper corner, if it has the room."""
    left, top, right, _ = region.shape.box
    mark = edit_marks()[region.edit].format(factor=region.factor)
    text = f"{region.name} · {mark}" if mark else region.name
    painter.save()
    painter.scale(ratio, ratio)
    metrics = painter.fontMetrics()
    x, y = (side / ratio for side in view.to_screen(left, top))
    room = (right - left) * view.scale / ratio - 2 * _PAD
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room))
    if room > 3 * metrics.averageCharWidth() and shown:
        box = QRectF(
            x + _PAD, y + _PAD, metrics.horizontalAdvance(shown) + 2 * _PAD, metrics.height() + 2.0
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 20, 20, 225))
        painter.drawRoundedRect(box, 4.0, 4.0)
        painter.setPen(QColor(region.colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _draw_handles(painter: QPainter, region: Region, view: View, ratio: float) -> None:
    half = _HANDLE * ratio
    painter.setBrush(QColor(255, 255, 255))
    painter.setPen(QPen(QColor(0, 0, 0, 200), ratio))
    for handle in handle_places(region.shape, BOX_GAP * ratio / view.scale):
        x, y = view.to_screen(*handle.place)
        box = QRectF(x - half, y - half, 2 * half, 2 * half)
        if handle.vertex is None:
            painter.drawRect(box)
        else:
            painter.drawEllipse(box)


def _draw_draft(painter: QPainter, draft: Draft, view: View, ratio: float) -> None:
    line = _on_screen(draft.points, view)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (
        QPen(QColor(0, 0, 0, 170), 3.0 * ratio),
        QPen(QColor(255, 255, 255), 1.4 * ratio, Qt.PenStyle.CustomDashLine),
    ):
        if pen.style() is Qt.PenStyle.CustomDashLine:
            pen.setDashPattern(_DOTS)
        painter.setPen(pen)
        if draft.closed:
            painter.drawPolygon(line)
        else:
            painter.drawPolyline(line)
    if not draft.closed:
        painter.setPen(QPen(QColor(0, 0, 0, 200), ratio))
        painter.setBrush(QColor(255, 255, 255))
        for index in range(line.size() - 1):
            painter.drawEllipse(line.at(index), _HANDLE * ratio, _HANDLE * ratio)
