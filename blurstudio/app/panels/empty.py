"""What the window shows before the first photo: where to drop one, find one, or go on with one.

It only says what was asked for; opening is the window's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from blurstudio.app import theme
from blurstudio.app.panels.labels import quieten
from blurstudio.app.panels.start_photos import StartPhotos
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


_AWAY = 16


class EmptyState(QWidget):
    """An invitation: drop, open, or try the sample; below it the photos opened last.

    Attributes
    ----------
    photos
        Those that were opened last. In a low or narrow window they give way.
    """

    open_asked = Signal()
    sample_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invitation = QWidget(self)
        title = QLabel(self.tr("Drop a blurred photo here"), self._invitation)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        self._second = QLabel("", self._invitation)
        quieten(self._second)
        self.open_button = QPushButton(self.tr("Open photo…"), self._invitation)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button = QPushButton(self.tr("Open the sample"), self._invitation)
        self.sample_button.clicked.connect(self.sample_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self.open_button, self.sample_button):
            button.setMinimumWidth(150)
            button.setMinimumHeight(32)
            buttons.addWidget(button)
        buttons.addStretch(1)
        said = QVBoxLayout(self._invitation)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(14)
        said.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        said.addWidget(self._second, 0, Qt.AlignmentFlag.AlignHCenter)
        said.addSpacing(10)
        said.addLayout(buttons)
        self.photos = StartPhotos(self, self.sample_button)
        self.photos.changed.connect(self._fit_photos)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2 * _AWAY)
        self._column.addStretch(5)
        self._column.addWidget(self._invitation)
        self._column.addWidget(self.photos)
        self._column.addStretch(6)
        self.set_samples(samples())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill with the colour that surrounds a picture."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.CANVAS)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave photos out for which there is no room."""
        super().resizeEvent(event)
        self._fit_photos()

    def _fit_photos(self) -> None:
        any_fits = self.photos.fit(self.width() - 2 * _AWAY)
        needed = self._invitation.sizeHint().height() + self.photos.sizeHint().height()
        self.photos.setVisible(any_fits and needed + 6 * _AWAY <= self.height())

    def set_samples(self, found: Sequence[Path]) -> None:
        """Offer the sample only where there is one."""
        self.sample_button.setVisible(bool(found))
        self._second.setText(
            self.tr("or open one from disk, or try the sample.")
            if found
            else self.tr("or open one from disk.")
        )
