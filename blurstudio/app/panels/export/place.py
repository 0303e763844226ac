"""Where results go: the part of the exposure, the folder, the names, and files already there.

They count for all pages of the export dialog.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from blurstudio.app.panels.export.page import combo, dress, show, whole
from blurstudio.app.panels.labels import quieten
from blurstudio.engine.export.names import home_name
from blurstudio.engine.export.request import Conflict, Part

if TYPE_CHECKING:
    from blurstudio.engine.export.request import ExportRequest

_IN_TIME = frozenset({Part.VIDEO, Part.OVERLAY_VIDEO, Part.FRAMES, Part.EXPOSED, Part.REPORT})


class ExportPlace(QWidget):
    """Part of the exposure, folder, names.

    Parameters
    ----------
    photo
        Its file; results go to a folder of its name.
    exposure_time
        Seconds, where the photo knows them.
    """

    changed = Signal()

    def __init__(self, photo: Path, exposure_time: float | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._photo = photo
        self._exposure_time = exposure_time
        self.start, self.end = self._percent(0), self._percent(100)
        self.span = QLabel(self)
        self.folder = QLineEdit(self)
        self.choose = QPushButton(self.tr("C&hoose…"), self)
        self.choose.setAutoDefault(False)
        self.choose.setToolTip(self.tr("Look for a folder on disk"))
        self.place = QLabel(self)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setWordWrap(True)
        quieten(self.place)
        self.pattern = QLineEdit(self)
        self.conflict = combo(
            self,
            [
                (self.tr("Keep both, with a number"), Conflict.NUMBER.value),
                (self.tr("Leave them, write the others"), Conflict.SKIP.value),
                (self.tr("Replace them"), Conflict.OVERWRITE.value),
            ],
        )
        self._name_controls()
        self._lay_out()
        self.start.valueChanged.connect(self._follow_span)
        self.end.valueChanged.connect(self._follow_span)
        for line in (self.folder, self.pattern):
            line.textChanged.connect(self.changed)
        self.conflict.currentIndexChanged.connect(self.changed)
        self.choose.clicked.connect(self.choose_folder)
        self._follow_span()

    def show_request(self, request: ExportRequest) -> None:
        """Show what is asked for."""
        self.folder.setText(str(request.folder))
        self.pattern.setText(request.pattern)
        show(self.conflict, request.conflict.value)

    def asked(self, request: ExportRequest) -> ExportRequest:
        """Put the choices made here into a request."""
        return replace(
            request,
            folder=Path(self.folder.text().strip()).expanduser(),
            pattern=self.pattern.text(),
            conflict=Conflict(self.conflict.currentData()),
            interval=(self.start.value() / 100 - 0.5, self.end.value() / 100 - 0.5),
        )

    def follow(self, request: ExportRequest) -> None:
        """Enable what is of use, and tell where files go."""
        for box in (self.start, self.end):
            box.setEnabled(bool(request.parts & _IN_TIME))
        folder = self.folder.text().strip()
        home = request.folder / home_name(request.folder, self._photo)
        place = self.tr("into {folder}").format(folder=home)
        self.place.setText(place if folder else self.tr("A folder is needed."))

    def choose_folder(self) -> None:
        """Ask for the folder."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export into"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _follow_span(self) -> None:
        # The part of the exposure keeps a length: one end pushes the other's limit.
        self.start.setMaximum(self.end.value() - 1)
        self.end.setMinimum(self.start.value() + 1)
        self.span.setText(self._span_in_words())
        self.changed.emit()

    def _span_in_words(self) -> str:
        if not self._exposure_time:
            return self.tr("of the exposure")
        milliseconds = 1000 * self._exposure_time
        start, end = (milliseconds * box.value() / 100 for box in (self.start, self.end))
        return self.tr("{start} to {end} of {all} ms").format(
            start=f"{start:.3g}", end=f"{end:.3g}", all=f"{milliseconds:.3g}"
        )

    def _percent(self, value: int) -> QSpinBox:
        box = whole(self, 0, 100, " %")
        box.setValue(value)
        return box

    def _name_controls(self) -> None:
        span = self.tr(
            "What video, frames and shorter exposure cover of the exposure; 0 is when the shutter "
            "opened"
        )
        dress(self.start, self.tr("Start of the part"), span)
        dress(self.end, self.tr("End of the part"), span)
        dress(
            self.folder,
            self.tr("Folder to export into"),
            self.tr("A folder named after the photo is made in it"),
        )
        dress(
            self.pattern,
            self.tr("Names of the files"),
            self.tr(
                "{part} is what is written, such as sharp; {name} the photo's name; {date} the "
                "day; / makes a folder (naming pattern)"
            ),
        )
        dress(
            self.conflict,
            self.tr("Files that are there already"),
            self.tr("What becomes of a file that has the same name"),
        )

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(14, 4, 14, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        span = QHBoxLayout()
        span.setSpacing(8)
        for widget in (self.start, QLabel(self.tr("to"), self), self.end, self.span):
            span.addWidget(widget)
        span.addStretch(1)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose)
        for name, row, buddy in (
            (self.tr("E&xposure"), span, self.start),
            (self.tr("Fold&er"), place, self.folder),
            ("", self.place, None),
            (self.tr("N&ames"), self.pattern, self.pattern),
            (self.tr("If &there"), self.conflict, self.conflict),
        ):
            label = QLabel(name, self)
            if buddy is not None:
                label.setBuddy(buddy)
            form.addRow(label, row)
