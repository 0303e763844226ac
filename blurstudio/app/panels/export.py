"""The export dialog: what to write, how, and where.

It only makes an `ExportRequest`; the writing is `app/export.py`'s.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.panels.labels import quieten
from blurstudio.app.timeline.widget import FEWEST_FRAMES, MOST_FRAMES

if TYPE_CHECKING:
    from blurstudio.app.settings import Settings
    from blurstudio.engine.interval import Interval

_TEXTS = {
    Part.SHARP: ("Sharp photo", "The picture at mid-exposure, with the photo's profile and EXIF"),
    Part.VIDEO: ("Video", "The exposure as a video"),
    Part.FRAMES: ("Frames", "The exposure as numbered 16-bit PNG files"),
    Part.EXPOSED: (
        "Shorter exposure",
        "The photo as if the shutter had been open for the part only",
    ),
    Part.FLOW: ("Flow", "Motion from first to last moment: Middlebury .flo and KITTI .png"),
    Part.PATHS: ("Paths", "The exposure trajectories as .npz"),
    Part.PICTURES: ("Pictures", "Flow, trajectories and residual as drawn pictures"),
    Part.KERNELS: ("Blur kernels", "How a point of light was smeared, all over the photo, as .png"),
    Part.FIGURES: ("Figures", "What was measured, and which networks and settings, as .json"),
}
_STILLS = (("TIFF, 16 bit", "tif"), ("PNG, 16 bit", "png"), ("JPEG", "jpg"))
_VIDEOS = (("MP4 (H.264)", "mp4"), ("GIF", "gif"), ("WebP", "webp"))
_USUAL = frozenset({Part.SHARP, Part.VIDEO})


class ExportDialog(QDialog):
    """Asks what to export; `asked` carries the answer."""

    asked = Signal(object)

    def __init__(
        self,
        photo: Path,
        settings: Settings,
        parent: QWidget | None = None,
        exposure_time: float | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._photo = photo
        self._exposure_time = exposure_time
        self.boxes = {part: self._box(part) for part in Part}
        self.still = self._combo(_STILLS, settings.export_still, "Format of the sharp photo")
        self.video = self._combo(_VIDEOS, settings.export_video, "Format of the video")
        self.frames = QSpinBox(self)
        self.frames.setRange(FEWEST_FRAMES, MOST_FRAMES)
        self.frames.setValue(settings.export_frames)
        self.fps = QDoubleSpinBox(self)
        self.fps.setRange(1, 240)
        self.fps.setDecimals(2)
        self.fps.setValue(settings.export_fps)
        self.fps.setSuffix(" per second")
        self.start, self.end = self._percent(0), self._percent(100)
        self.span = QLabel(self)
        self.folder = QLineEdit(settings.export_folder or str(photo.parent), self)
        self.place = QLabel(self)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setWordWrap(True)
        quieten(self.place)
        self.choose = QPushButton("Choose…", self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.everything = self.buttons.addButton(
            "Choose everything", QDialogButtonBox.ButtonRole.ResetRole
        )
        self.export_button = self.buttons.addButton(
            "Export", QDialogButtonBox.ButtonRole.AcceptRole
        )
        for control, name in (
            (self.frames, "Number of frames"),
            (self.fps, "Frames per second"),
            (self.start, "Start of the part"),
            (self.end, "End of the part"),
            (self.folder, "Folder to export into"),
        ):
            control.setAccessibleName(name)
        self._lay_out()
        self._connect()
        self._follow()

    def request(self) -> ExportRequest:
        """Return what is asked for now."""
        return ExportRequest(
            Path(self.folder.text()).expanduser(),
            frozenset(part for part, box in self.boxes.items() if box.isChecked()),
            still=self.still.currentData(),
            video=self.video.currentData(),
            frames=self.frames.value(),
            interval=(self.start.value() / 100 - 0.5, self.end.value() / 100 - 0.5),
            fps=self.fps.value(),
        )

    def show_part(self, part: Interval) -> None:
        """Begin with a part of the exposure, to whole per cents: first and last moment."""
        first, last = (math.floor((moment + 0.5) * 100 + 0.5) for moment in part)
        # The end first: it bounds the start.
        self.end.setValue(max(last, first + 1))
        self.start.setValue(first)

    def choose_everything(self) -> None:
        """Tick every box."""
        for box in self.boxes.values():
            box.setChecked(True)

    def choose_folder(self) -> None:
        """Ask for the folder."""
        chosen = QFileDialog.getExistingDirectory(self, "Export into", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def accept(self) -> None:
        """Send the request and close."""
        self.asked.emit(self.request())
        super().accept()

    def _follow(self) -> None:
        parts = self.request().parts
        self.still.setEnabled(bool(parts & {Part.SHARP, Part.EXPOSED}))
        self.video.setEnabled(Part.VIDEO in parts)
        self.fps.setEnabled(Part.VIDEO in parts)
        in_time = bool(parts & {Part.VIDEO, Part.FRAMES})
        self.frames.setEnabled(in_time)
        for box in (self.start, self.end):
            box.setEnabled(in_time or Part.EXPOSED in parts)
        # The part of the exposure keeps a length: one end pushes the other's limit.
        self.start.setMaximum(self.end.value() - 1)
        self.end.setMinimum(self.start.value() + 1)
        self.span.setText(self._span_in_words())
        folder = self.folder.text().strip()
        self.export_button.setEnabled(bool(parts) and bool(folder))
        self.place.setText(f"into {Path(folder) / self._photo.name}" if folder else "")

    def _span_in_words(self) -> str:
        if not self._exposure_time:
            return "of the exposure"
        milliseconds = 1000 * self._exposure_time
        start, end = (milliseconds * box.value() / 100 for box in (self.start, self.end))
        return f"{start:.3g} to {end:.3g} of {milliseconds:.3g} ms"

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.toggled.connect(self._follow)
        self.start.valueChanged.connect(self._follow)
        self.end.valueChanged.connect(self._follow)
        self.folder.textChanged.connect(self._follow)
        self.everything.clicked.connect(self.choose_everything)
        self.choose.clicked.connect(self.choose_folder)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _box(self, part: Part) -> QCheckBox:
        text, tip = _TEXTS[part]
        box = QCheckBox(text, self)
        box.setToolTip(tip)
        box.setChecked(part in _USUAL)
        return box

    def _combo(self, choices: tuple[tuple[str, str], ...], chosen: str, name: str) -> QComboBox:
        combo = QComboBox(self)
        for words, suffix in choices:
            combo.addItem(words, suffix)
        combo.setCurrentIndex(combo.findData(chosen))
        combo.setAccessibleName(name)
        return combo

    def _percent(self, value: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, 100)
        box.setValue(value)
        box.setSuffix(" %")
        box.setToolTip("What video, frames and shorter exposure cover of the exposure")
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        span = QHBoxLayout()
        span.setSpacing(8)
        for widget in (self.start, QLabel("to", self), self.end, self.span):
            span.addWidget(widget)
        span.addStretch(1)
        rows: list[tuple[QWidget, QWidget | QHBoxLayout | None]] = [
            (self.boxes[Part.SHARP], self.still),
            (self.boxes[Part.VIDEO], self.video),
            (self.boxes[Part.FRAMES], None),
            (self._indented("Count"), self.frames),
            (self._indented("Speed"), self.fps),
            (self.boxes[Part.EXPOSED], None),
            (self._indented("Part"), span),
            (self.boxes[Part.FLOW], None),
            (self.boxes[Part.PATHS], None),
            (self.boxes[Part.PICTURES], None),
            (self.boxes[Part.KERNELS], None),
            (self.boxes[Part.FIGURES], None),
            (QLabel("Folder", self), self._folder_row()),
        ]
        for index, (left, right) in enumerate(rows):
            grid.addWidget(left, index, 0)
            if isinstance(right, QWidget):
                grid.addWidget(right, index, 1)
            elif right is not None:
                grid.addLayout(right, index, 1)
        grid.addWidget(self.place, len(rows), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(18)
        column.addLayout(grid)
        column.addWidget(self.buttons)
        self.setMinimumWidth(480)

    def _folder_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        return row

    def _indented(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setIndent(24)
        return label


def remembered(settings: Settings, request: ExportRequest) -> Settings:
    """Return the settings with the choices of this export kept for the next one."""
    return replace(
        settings,
        export_folder=str(request.folder),
        export_still=request.still,
        export_video=request.video,
        export_frames=request.frames,
        export_fps=request.fps,
    )
