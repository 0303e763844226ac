"""The rose of directions: how much of the photo went which way.

Petals have the colours of the wheel that flow and directions are drawn with.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

_HEIGHT = 168
_MARGIN = 22.0
_WHOLE_TURN = 360 * 16


class Rose(QWidget):
    """Petals in every direction, each as large as its share of the photo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Directions"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shares: list[float] = []
        self._colours: list[QColor] = []

    @property
    def strongest(self) -> float | None:
        """Direction that most went, degrees from the right against the clock; None for none."""
        if not any(self._shares):
            return None
        return self._shares.index(max(self._shares)) * 360 / len(self._shares)

    def show_shares(self, shares: NDArray[np.floating], colours: NDArray[np.uint8]) -> None:
        """Show shares (N,) with colours (N, 3); the first is centred on the right."""
        self._shares = shares.tolist()
        self._colours = [QColor(*colour) for colour in colours.tolist()]
        most = self.strongest
        words = (
            self.tr("Nothing moved visibly.")
            if most is None
            else self.tr("Most went towards {most}°.").format(most=f"{most:.0f}")
        )
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square's height."""
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rings, names of directions, and the petals."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        radius = min(self.width(), self.height()) / 2 - _MARGIN
        painter.fillRect(self.rect(), self.palette().base())
        painter.setPen(QPen(self.palette().midlight().color(), 1.0))
        for share in (0.5, 1.0):
            painter.drawEllipse(middle, share * radius, share * radius)
        self._paint_petals(painter, middle, radius)
        painter.setPen(self.palette().windowText().color())
        for degrees, word in ((0, "0°"), (90, "90°"), (180, "180°"), (270, "270°")):
            angle = math.radians(degrees)
            way = QPointF(math.cos(angle), -math.sin(angle)) * (radius + _MARGIN / 2 + 2)
            place = QRectF(0, 0, 40, 20)
            place.moveCenter(middle + way)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_petals(self, painter: QPainter, middle: QPointF, radius: float) -> None:
        most = max(self._shares, default=0.0)
        if most <= 0:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        wide = _WHOLE_TURN / len(self._shares)
        for index, (share, colour) in enumerate(zip(self._shares, self._colours, strict=True)):
            # The eye compares areas: a petal of twice the share is not twice as long.
            length = radius * math.sqrt(share / most)
            box = QRectF(middle.x() - length, middle.y() - length, 2 * length, 2 * length)
            painter.setBrush(colour)
            painter.drawPie(box, round((index - 0.5) * wide), round(wide))
