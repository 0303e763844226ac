"""The windows that open on request about a photo: which one to open, and what to export of it.

They ask and pass the answer on; none of them blocks the work.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from blurstudio.app.panels.empty import PICTURE_SUFFIXES
from blurstudio.app.panels.export import ExportDialog

if TYPE_CHECKING:
    from blurstudio.app.settings import Settings


class Dialogs(QObject):
    """Opens the dialogs of one window."""

    photo_chosen = Signal(list)
    others_chosen = Signal(list)
    export_asked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def choose_photo(self, folder: Path | None) -> None:
        """Ask for a photo, beginning in a folder."""
        patterns = " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            "Open a blurred photo",
            str(folder or ""),
            f"Photos ({patterns});;All files (*)",
        )
        if name:
            self.photo_chosen.emit([Path(name)])

    def choose_others(self, folder: Path) -> None:
        """Ask for files to compare with the photo, beginning in a folder."""
        pictures = " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Compare with a sharp picture, flow, paths, or all frames"),
            str(folder),
            self.tr("Pictures, flow, paths ({patterns});;All files (*)").format(
                patterns=f"{pictures} *.flo *.pfm *.npz"
            ),
        )
        if names:
            self.others_chosen.emit([Path(name) for name in names])

    def choose_frames(self, folder: Path) -> None:
        """Ask for a folder of true frames to compare with the photo."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Compare with the frames in a folder"), str(folder)
        )
        if name:
            self.others_chosen.emit([Path(name)])

    def choose_export(
        self, photo: Path, settings: Settings, exposure_time: float | None = None
    ) -> None:
        """Ask what to write of a photo that was exposed for so many seconds."""
        dialog = ExportDialog(photo, settings, self._window, exposure_time)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self.export_asked)
        dialog.open()
