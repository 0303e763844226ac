"""The dialog for a whole folder: which photos, whose choices, what to write, what about conflicts.

It only makes a `FolderWish`; finding the photos is the lane's work, queueing them the desk's.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.panels.export.choices import remembered
from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.app.panels.labels import quieten
from blurstudio.app.panels.queue.wish import FolderWish, Whose, usual_place
from blurstudio.app.panels.queue.words import conflict_choices
from blurstudio.session.conflicts import Conflict

if TYPE_CHECKING:
    from blurstudio.app.export import ExportRequest
    from blurstudio.app.settings import Settings


class QueueFolderDialog(QDialog):
    """Asks which folder to queue; `asked` carries the answer.

    Parameters
    ----------
    folder
        To begin with; without one, the folder that was queued last.
    settings
        Hold the last choices.
    has_photo
        Whether there is a photo on show, whose choices can be used.
    """

    asked = Signal(object)

    def __init__(
        self, folder: Path | None, settings: Settings, has_photo: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Queue a folder"))
        self._settings = settings.of_queue()
        self.folder = QLineEdit(settings.queue_folder if folder is None else str(folder), self)
        self.choose = QPushButton(self.tr("Choose…"), self)
        self.pattern = QLineEdit(settings.queue_pattern or "*", self)
        self.pattern.setToolTip(self.tr("What file names are like, such as IMG_* or *.jpg; *.png"))
        self.below = QCheckBox(self.tr("Folders below it as well"), self)
        self.below.setChecked(settings.queue_below)
        self.whose = QComboBox(self)
        self.conflict = QComboBox(self)
        self.what = QLabel(self)
        self.what.setWordWrap(True)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        quieten(self.what)
        self.change = QPushButton(self.tr("What to write…"), self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.queue_button = self.buttons.addButton(
            self.tr("Add to queue"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        # Enter in a line of text means the wish, not a button beside it.
        for button in (self.choose, self.change):
            button.setAutoDefault(False)
        self.queue_button.setDefault(True)
        usual = self._export_dialog()
        self._request = usual.request()
        self._has_place = bool(self._settings.export_folder)
        usual.deleteLater()
        self._fill(has_photo)
        self._lay_out()
        self._connect()
        self._follow()

    def wish(self) -> FolderWish:
        """Return what is asked for now."""
        return FolderWish(
            self._place(),
            self.pattern.text().strip() or "*",
            self.below.isChecked(),
            self.request(),
            # Qt hands an enum of texts back as a plain text.
            Conflict(self.conflict.currentData()),
            Whose(self.whose.currentData()),
        )

    def request(self) -> ExportRequest:
        """Return what is to be written of each photo."""
        if self._has_place:
            return self._request
        return replace(self._request, folder=usual_place(self._place()))

    def choose_folder(self) -> None:
        """Ask for the folder."""
        title = self.tr("Queue a folder")
        chosen = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def choose_what(self) -> None:
        """Ask what to write."""
        dialog = self._export_dialog()
        dialog.folder.setText(str(self.request().folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("What to write of each photo"))
        dialog.export_button.setText(self.tr("Use this"))
        dialog.asked.connect(self._take)
        dialog.open()

    def accept(self) -> None:
        """Send the wish and close."""
        self.asked.emit(self.wish())
        super().accept()

    def _take(self, request: ExportRequest) -> None:
        self._request = request
        # The usual place goes with the folder of the photos.
        self._has_place = request.folder != usual_place(self._place())
        # Asked again, it begins with this.
        self._settings = remembered(self._settings, request)
        self._follow()

    def _place(self) -> Path:
        return Path(self.folder.text().strip()).expanduser()

    def _export_dialog(self) -> ExportDialog:
        return ExportDialog(self._place() / self.tr("each photo"), self._settings, self)

    def _follow(self) -> None:
        request = self.request()
        names = ", ".join(sorted(part.value for part in request.parts))
        self.what.setText(
            self.tr("{parts}; into {folder}").format(parts=names, folder=request.folder)
        )
        typed = bool(self.folder.text().strip())
        # Path.is_dir raises where a folder may not be looked into.
        there = os.path.isdir(self._place())  # noqa: PTH112
        self.queue_button.setEnabled(typed and there)

    def _fill(self, has_photo: bool) -> None:
        self.whose.addItem(self.tr("Each photo's own document, else the usual"), Whose.DOCUMENT)
        if has_photo:
            self.whose.addItem(self.tr("Those of the photo on show"), Whose.PHOTO)
        self.whose.addItem(self.tr("The usual ones, from the settings"), Whose.USUAL)
        for text, conflict in conflict_choices():
            self.conflict.addItem(text, conflict)
        for box, last in (
            (self.whose, self._settings.queue_whose),
            (self.conflict, self._settings.queue_conflict),
        ):
            # Without a photo on show its choices are not offered.
            box.setCurrentIndex(max(0, box.findData(last)))
        for control, name in (
            (self.folder, self.tr("Folder")),
            (self.pattern, self.tr("File names")),
            (self.whose, self.tr("Choices")),
            (self.conflict, self.tr("Where results are already")),
        ):
            control.setAccessibleName(name)

    def _connect(self) -> None:
        self.folder.textChanged.connect(self._follow)
        self.choose.clicked.connect(self.choose_folder)
        self.change.clicked.connect(self.choose_what)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose)
        form.addRow(self.tr("Folder"), place)
        form.addRow("", self.below)
        form.addRow(self.tr("File names"), self.pattern)
        form.addRow(self.tr("Choices"), self.whose)
        form.addRow(self.tr("Where results are already"), self.conflict)
        form.addRow(self.change, self.what)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(18)
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.setMinimumWidth(520)
