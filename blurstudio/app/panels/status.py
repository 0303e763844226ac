"""The status bar: the report in one sentence, running jobs, what is under the mouse, the zoom.

It shows what it is told.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QSizePolicy, QWidget

from blurstudio.app.panels.jobs import JobBar
from blurstudio.app.panels.labels import quieten
from blurstudio.app.panels.shortened import Shortened


class Status(QWidget):
    """Fills a window's status bar; running jobs come first."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.hide()
        bar = window.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(8, 2, 8, 2)
        self.sentence = Shortened(bar)
        quieten(self.sentence)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.jobs = JobBar(bar)
        self.place = _quiet(QLabel(bar))
        self.zoom = _quiet(QLabel(bar))
        self.values = _quiet(QLabel(bar))
        self.values.setToolTip(
            self.tr("Red, green and blue: 0 to 255 as shown; 0 to 1 in the photo's own encoding")
        )
        self.motion = _quiet(QLabel(bar))
        self.motion.setToolTip(self.tr("Length of the path here, and which way its content went"))
        for label, widest in (
            (self.motion, "000.0 px  → 000°"),
            (self.values, "000 000 000   0.000 0.000 0.000"),
            (self.place, "00000, 00000"),
            (self.zoom, "0000 %"),
        ):
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest) + 8)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self.jobs)
        bar.addWidget(self.sentence, 1)
        for widget in (self.motion, self.values, self.place, self.zoom):
            bar.addPermanentWidget(widget)
        # As high with a job as without: nothing above it may jump.
        bar.setFixedHeight(self.jobs.cancel_button.sizeHint().height() + 8)

    def show_sentence(self, text: str) -> None:
        """Show the report, or nothing."""
        self.sentence.setText(text)

    def show_place(self, x: float, y: float) -> None:
        """Show which pixel is under the mouse; corner coordinates."""
        self.place.setText(f"{int(x)}, {int(y)}")

    def clear_place(self) -> None:
        """Show none."""
        self.place.clear()

    def show_values(self, text: str) -> None:
        """Show the values of the pixel under the mouse."""
        self.values.setText(text)

    def show_motion(self, text: str) -> None:
        """Show the motion under the mouse."""
        self.motion.setText(text)

    def show_zoom(self, zoom: float) -> None:
        """Show device px per picture px as a percentage."""
        percent = zoom * 100
        self.zoom.setText(f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %")


def _quiet(label: QLabel) -> QLabel:
    quieten(label)
    return label
