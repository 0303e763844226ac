"""The widgets of the main window and where each of them is.

They are made and laid out here; what they show and say to each other is connected elsewhere.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from blurstudio.app.canvas import CanvasView
from blurstudio.app.panels.empty import EmptyState
from blurstudio.app.panels.notice_bar import NoticeBar
from blurstudio.app.panels.side import SidePanel
from blurstudio.app.panels.status import Status
from blurstudio.app.timeline import Timeline


class Parts:
    """Notices over the top of the canvas, timeline below it, the side panel beside them.

    Attributes
    ----------
    work_area
        The widget around notices, canvas and timeline; keys without a modifier work in it. In the
        side panel they are its controls' own.
    """

    def __init__(self, window: QMainWindow) -> None:
        whole = QWidget(window)
        self.work_area = QWidget(whole)
        self.canvas = CanvasView(self.work_area)
        self.notices = NoticeBar(self.work_area, self.canvas)
        self.notices.covered.connect(self.canvas.set_covered)
        self.timeline = Timeline(self.work_area)
        self.panel = SidePanel(whole)
        self.status = Status(window)
        self.empty = EmptyState(self.canvas)
        self.canvas.set_placeholder(self.empty)
        column = QVBoxLayout(self.work_area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.timeline)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.work_area, 1)
        row.addWidget(self.panel)
        window.setCentralWidget(whole)
