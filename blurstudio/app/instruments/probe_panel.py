"""The probe's panel: what is known about the place under the cursor, in numbers, plots, pictures.

It shows what it is told; places come from `probing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from blurstudio.app.instruments.patch import PatchView
from blurstudio.app.instruments.plots import QuietPlot
from blurstudio.app.instruments.readout import motion_text
from blurstudio.app.panels.labels import Rows, percent, words
from blurstudio.app.panels.motion.section import PanelButton

if TYPE_CHECKING:
    from blurstudio.app.instruments.work import Probed

X_COLOUR = QColor(104, 156, 220)
Y_COLOUR = QColor(226, 150, 74)
_SPEED_COLOUR = QColor(120, 180, 120)
_ENDS = 50.0


class ProbePanel(QWidget):
    """One place of the photo.

    Attributes
    ----------
    path, speed
        The plots.
    photo, sharp, reblurred, kernel
        The magnified pictures.
    """

    pin_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._exposure_time: float | None = None
        self._hint = words(self, quiet=True)
        self.place = QLabel(self)
        self.pin = PanelButton(self.tr("Pin"), self)
        self.pin.setToolTip(self.tr("Stay with this place while the mouse moves on; Esc lets go"))
        self.pin.clicked.connect(self.pin_asked)
        self.figures = Rows(self)
        right, down = self.tr("x, to the right"), self.tr("y, down")
        legend = QLabel(
            f'<span style="color:{X_COLOUR.name()}">━ {right}</span>'
            f'&nbsp;&nbsp; <span style="color:{Y_COLOUR.name()}">━ {down}</span>',
            self,
        )
        self.path = QuietPlot("", self)
        self.x_curve = self.path.add_curve(X_COLOUR)
        self.y_curve = self.path.add_curve(Y_COLOUR)
        self.speed = QuietPlot("", self)
        self.speed_curve = self.speed.add_curve(_SPEED_COLOUR, filled=True)
        self.photo, self.sharp, self.reblurred, self.kernel = (
            PatchView(name, self)
            for name in (
                self.tr("Photo"),
                self.tr("Sharp"),
                self.tr("Reblurred"),
                self.tr("Kernel"),
            )
        )
        self._lay_out(legend)
        self.show_nothing()

    def show_exposure_time(self, seconds: float | None) -> None:
        """Count in milliseconds where the exposure time is known, else in parts of the exposure."""
        self._exposure_time = seconds
        over = self.tr("% of the exposure") if seconds is None else self.tr("ms")
        self.path.rename(self.tr("Path in px, over {over}").format(over=over))
        self.speed.rename(self.tr("Speed in px/ms, over ms"))
        self.speed.setVisible(seconds is not None)

    def show_nothing(self) -> None:
        """Show that no place is looked at."""
        self._hint.setText(self.tr("Move over the picture; a click pins the place."))
        self._hint.show()
        self._body.hide()

    def show_probe(self, probed: Probed, *, pinned: bool) -> None:
        """Show what is known about a place.

        Parameters
        ----------
        pinned
            Whether it stays while the mouse moves on.
        """
        probe = probed.probe
        x, y = probed.pixel
        self._hint.hide()
        place = self.tr("{x}, {y} · pinned") if pinned else "{x}, {y}"
        self.place.setText(place.format(x=x, y=y))
        self.pin.setText(self.tr("Let go") if pinned else self.tr("Pin"))
        self.figures.show_rows(_figures(probed, self._exposure_time))
        scale = self._exposure_time * 1000 if self._exposure_time is not None else 2 * _ENDS
        moments = probe.times * scale
        self.x_curve.setData(moments, probe.path[:, 0])
        self.y_curve.setData(moments, probe.path[:, 1])
        if self._exposure_time is not None:
            self.speed_curve.setData(moments, probe.speed / scale)
        for view, image in (
            *((self.photo, probed.photo), (self.sharp, probed.sharp)),
            *((self.reblurred, probed.reblurred), (self.kernel, probed.kernel)),
        ):
            view.show_image(image)
        side = round(probed.kernel.width() / probe.kernel_scale)
        self.kernel.set_caption(self.tr("Kernel, {side} px wide").format(side=side))
        self._body.show()

    def _lay_out(self, legend: QLabel) -> None:
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.place, 1)
        head.addWidget(self.pin)
        body.addLayout(head)
        for part in (self.figures, self.path, legend, self.speed):
            body.addWidget(part)
        pictures = QGridLayout()
        pictures.setSpacing(8)
        for index, view in enumerate((self.photo, self.sharp, self.reblurred, self.kernel)):
            pictures.addWidget(view, index // 2, index % 2)
        body.addLayout(pictures)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self._hint)
        column.addWidget(self._body)
        column.addStretch(1)


def _figures(probed: Probed, exposure_time: float | None) -> list[tuple[str, str]]:
    probe = probed.probe
    rows = [
        (QCoreApplication.translate("probe", "Path"), motion_text(probe.length, probe.direction))
    ]
    if exposure_time is not None:
        rows.append(
            (
                QCoreApplication.translate("probe", "Mean speed"),
                QCoreApplication.translate("probe", "{speed} px/ms").format(
                    speed=f"{probe.length / (exposure_time * 1000):.2g}"
                ),
            )
        )
    told = (
        QCoreApplication.translate("probe", "not told by this network")
        if probe.confidence is None
        else percent(probe.confidence)
    )
    rows.append((QCoreApplication.translate("probe", "Confidence"), told))
    return rows
