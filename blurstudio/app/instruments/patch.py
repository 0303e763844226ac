"""A few pixels, magnified: blocks stay blocks.

What they show, its caption says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

_SIDE = 128


class PatchView(QWidget):
    """A square picture with a caption below it."""

    def __init__(self, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.set_caption(caption)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def caption(self) -> str:
        """What it shows, in words."""
        return self._caption

    def set_caption(self, caption: str) -> None:
        """Say what it shows."""
        self._caption = caption
        self.setAccessibleName(caption)
        self.update()

    def show_image(self, image: QImage | None) -> None:
        """Show a square picture, or none."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the picture at more than twice its size, and for a line of words."""
        return QSize(_SIDE, _SIDE + self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pixels as blocks."""
        painter = QPainter(self)
        line = self.fontMetrics().height() + 4
        side = min(self.width(), self.height() - line)
        box = QRectF(0, 0, side, side)
        if self.image is None:
            painter.fillRect(box, self.palette().base())
        else:
            painter.drawImage(box, self.image)
        painter.setPen(self.palette().windowText().color())
        words = QRectF(0, side, self.width(), line)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._caption)
