"""The side panel: photo and report, Motion, Result and Regions panel, what the camera did, remarks.

It scrolls where the window is low; what its parts say is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
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


class SidePanel(QScrollArea):
    """Everything about the photo that is not a picture.

    Attributes
    ----------
    report, motion, result, regions, camera, notes
        Its parts, from top to bottom.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setFixedWidth(WIDTH)
        # A click beside the controls leaves the keys with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
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
            *(self.report, self.motion, self.result, self.regions),
            *(self.camera, self.notes),
        ):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(page)


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
