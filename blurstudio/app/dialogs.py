"""The windows that open on request: a photo, an export, the keys, about.

They ask and pass the answer on; none of them blocks the work.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from blurstudio.app import about
from blurstudio.app.panels.empty import PICTURE_SUFFIXES
from blurstudio.app.panels.export import ExportDialog
from blurstudio.app.panels.keys import KeyList

if TYPE_CHECKING:
    from blurstudio.app.settings import Settings


class Dialogs(QObject):
    """Opens the dialogs of one window."""

    photo_chosen = Signal(list)
    export_asked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._keys: KeyList | None = None

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

    def choose_export(
        self, photo: Path, settings: Settings, exposure_time: float | None = None
    ) -> None:
        """Ask what to write of a photo that was exposed for so many seconds."""
        dialog = ExportDialog(photo, settings, self._window, exposure_time)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self.export_asked)
        dialog.open()

    def show_keys(self) -> None:
        """List every key, beside the work."""
        if self._keys is None:
            self._keys = KeyList(self._window)
        self._keys.show()
        self._keys.raise_()

    def show_about(self) -> None:
        """Say what this is and under which licences."""
        box = QMessageBox(self._window)
        box.setWindowTitle("About Blur Studio")
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(about.ABOUT)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
