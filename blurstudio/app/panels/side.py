"""The side panel: photo and report, what the camera did, remarks; Motion, Result and Regions panel.

It scrolls where the window is low; what its parts say is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from blurstudio.app.panels.labels import heading, words
from blurstudio.app.panels.motion.panel import MotionPanel
from blurstudio.app.panels.regions.panel import RegionsPanel
from blurstudio.app.panels.report import Report
from blurstudio.app.panels.result.panel import ResultPanel
from blurstudio.app.saying import say

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 324
"""Least width, px; as wide as its widest row where letters are large."""


class SidePanel(QScrollArea):
    """Everything about the photo that is not a picture.

    Attributes
    ----------
    report, camera, notes, motion, result, regions
        Its parts, from top to bottom: what was found, then what can be chosen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        # A click beside the controls leaves the keys with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that nothing jumps aside when results make the page longer.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._page = page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        self.report = Report(page)
        self.motion = MotionPanel(page)
        self.result = ResultPanel(page)
        self.regions = RegionsPanel(page)
        self.camera = Sentences(QCoreApplication.translate("figures", "Camera and subject"), page)
        self.notes = Sentences(self.tr("Notes"), page, quiet=True)
        for part in (
            *(self.report, self.camera, self.notes),
            *(self.motion, self.result, self.regions),
        ):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(page)
        page.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the page needs: letters grow, panels come and go."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(WIDTH, self._page.minimumSizeHint().width() + bar))


class Sentences(QWidget):
    """A heading with some sentences under it; both hidden when there are none."""

    def __init__(self, title: str, parent: QWidget, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self._text = words(self, quiet=quiet)
        self._text.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading(self, title))
        column.addWidget(self._text)
        self.show_sentences(())

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Replace all sentences; those of the core are said in the window's language."""
        self._text.setText("\n\n".join(say(one) for one in sentences))
        self.setVisible(bool(sentences))
