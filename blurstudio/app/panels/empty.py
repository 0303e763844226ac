"""What the window shows before the first photo: where to drop one, and where to find one.

It only says what was asked for; opening is the window's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from blurstudio.app import theme
from blurstudio.app.panels.labels import quieten
from blurstudio.errors import BlurStudioError
from blurstudio.locations import resource
from blurstudio.media.endings import OPENED, is_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def samples() -> list[Path]:
    """Return the photos that come with the app, by name; none if they were not installed."""
    try:
        folder = resource("samples")
        return sorted(path for path in folder.iterdir() if is_named(path, OPENED))
    except (BlurStudioError, OSError):
        return []


class EmptyState(QWidget):
    """An invitation: drop, open, or try the sample."""

    open_asked = Signal()
    sample_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Drop a blurred photo here"), self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        self._second = QLabel("", self)
        quieten(self._second)
        self.open_button = QPushButton(self.tr("Open photo…"), self)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button = QPushButton(self.tr("Open the sample"), self)
        self.sample_button.clicked.connect(self.sample_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self.open_button, self.sample_button):
            button.setMinimumWidth(150)
            button.setMinimumHeight(32)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(5)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._second, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        column.addLayout(buttons)
        column.addStretch(6)
        self.set_samples(samples())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill with the colour that surrounds a picture."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.CANVAS)
        painter.end()

    def set_samples(self, found: Sequence[Path]) -> None:
        """Offer the sample only where there is one."""
        self.sample_button.setVisible(bool(found))
        self._second.setText(
            self.tr("or open one from disk, or try the sample.")
            if found
            else self.tr("or open one from disk.")
        )
