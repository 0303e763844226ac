"""What may lie over the pictures beside the paths: arrows, kernels, legends, a mark.

It keeps what was given and what is switched on, and paints it; `stage` says when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from blurstudio.app.canvas.arrows import Arrows
    from blurstudio.app.canvas.camera import Pane, View
    from blurstudio.app.canvas.legend import PictureLegend

_MARK = 9.0


@dataclass(frozen=True, eq=False)
class Kernels:
    """Local kernels, drawn once on a sheet that lies over the picture.

    Attributes
    ----------
    sheet
        The drawing, with transparency; stretched over the whole picture.
    words
        How large they are drawn.
    """

    sheet: QImage
    words: str


class Overlays(QObject):
    """Everything over the pictures that a person can switch on and off.

    Attributes
    ----------
    arrows_visible, kernels_visible, legends_visible
        What is switched on, whether there is any by now or not.
    opacity
        Of arrows, kernels and paths, [0, 1].
    pin
        Picture point that the probe is pinned to.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.arrows_visible = self.kernels_visible = False
        self.legends_visible = True
        self.opacity = 1.0
        self.pin: QPointF | None = None
        self._arrows: Arrows | None = None
        self._kernels: Kernels | None = None
        self._legends: dict[str, PictureLegend] = {}

    @property
    def arrows(self) -> Arrows | None:
        """The arrows to be seen, if they are switched on and there."""
        return self._arrows if self.arrows_visible else None

    @property
    def kernels(self) -> Kernels | None:
        """The kernels to be seen, if they are switched on and there."""
        return self._kernels if self.kernels_visible else None

    def legend(self, key: str) -> PictureLegend | None:
        """Legend to be seen beside a picture."""
        return self._legends.get(key) if self.legends_visible else None

    def clear(self) -> None:
        """Forget what belongs to one photo; switches stay."""
        self._arrows = self._kernels = self.pin = None
        self._legends.clear()
        self.changed.emit()

    def set_arrows(self, arrows: Arrows | None) -> None:
        """Give the flow's arrows."""
        self._arrows = arrows
        self.changed.emit()

    def set_kernels(self, kernels: Kernels | None) -> None:
        """Give the local kernels."""
        self._kernels = kernels
        self.changed.emit()

    def set_legend(self, key: str, legend: PictureLegend | None) -> None:
        """Give a picture its legend, or take it away."""
        if legend is None:
            self._legends.pop(key, None)
        else:
            self._legends[key] = legend
        self.changed.emit()

    def show_arrows(self, wanted: bool) -> None:
        """Switch the arrows on or off."""
        self.arrows_visible = wanted
        self.changed.emit()

    def show_kernels(self, wanted: bool) -> None:
        """Switch the kernels on or off."""
        self.kernels_visible = wanted
        self.changed.emit()

    def show_legends(self, wanted: bool) -> None:
        """Switch the pictures' legends on or off."""
        self.legends_visible = wanted
        self.changed.emit()

    def set_opacity(self, opacity: float) -> None:
        """Let the pictures show through; clamped."""
        self.opacity = min(max(opacity, 0.0), 1.0)
        self.changed.emit()

    def set_pin(self, point: QPointF | None) -> None:
        """Mark a picture point, corner coordinates, or none."""
        self.pin = point
        self.changed.emit()

    def paint(
        self, painter: QPainter, view: View, scene: tuple[int, int], pane: Pane, ratio: float
    ) -> None:
        """Paint into a pane, device px; the caller clips."""
        painter.setOpacity(self.opacity)
        if self.kernels is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            height, width = scene
            place = QRectF(view.x, view.y, width * view.scale, height * view.scale)
            painter.drawImage(place, self.kernels.sheet)
        if self.arrows is not None:
            self.arrows.paint(painter, view, scene, pane, ratio)
        painter.setOpacity(1.0)

    def paint_pin(self, painter: QPainter, view: View, ratio: float) -> None:
        """Mark the pinned point in a pane, device px, above everything else there."""
        if self.pin is None:
            return
        middle = QPointF(*view.to_screen(self.pin.x(), self.pin.y()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, colour in ((4.0, QColor(0, 0, 0, 170)), (1.6, QColor(255, 255, 255))):
            painter.setPen(QPen(colour, width * ratio))
            painter.drawEllipse(middle, _MARK * ratio, _MARK * ratio)
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                way = QPointF(dx, dy) * _MARK * ratio
                painter.drawLine(middle + way * 0.55, middle + way * 1.45)
