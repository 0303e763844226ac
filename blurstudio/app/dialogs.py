"""The windows that open on request about a photo: which one to open, and what to export of it.

They ask and pass the answer on; none of them blocks the work.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from blurstudio.app import listing_work
from blurstudio.engine.interval import WHOLE
from blurstudio.media.endings import MOTION, OPENED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blurstudio.app.settings import Settings
    from blurstudio.app.window import MainWindow
    from blurstudio.engine.export.names import PhotoFacts
    from blurstudio.engine.interval import Interval

_VIDEOS = "videos"


class Dialogs(QObject):
    """Opens the dialogs of one window."""

    photo_chosen = Signal(list)
    others_chosen = Signal(list)
    export_asked = Signal(object)
    export_queued = Signal(object)
    videos_known = Signal(object)
    """Endings of the videos that can be written on this machine."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def choose_photo(self, folder: Path | None) -> None:
        """Ask for a photo, beginning in a folder."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a blurred photo"),
            str(folder or ""),
            self.tr("Photos ({patterns});;All files (*)").format(patterns=_patterns(OPENED)),
        )
        if name:
            self.photo_chosen.emit([Path(name)])

    def choose_others(self, folder: Path) -> None:
        """Ask for files to compare with the photo, beginning in a folder."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Compare with a sharp picture, flow, paths, or all frames"),
            str(folder),
            self.tr("Pictures, flow, paths ({patterns});;All files (*)").format(
                patterns=_patterns((*OPENED, *MOTION))
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
        self,
        photo: Path,
        settings: Settings,
        exposure_time: float | None = None,
        facts: PhotoFacts | None = None,
        *,
        part: Interval = WHOLE,
        frames: int | None = None,
        later: bool = False,
    ) -> None:
        """Ask what to write of a photo, beginning with what the timeline shows.

        Parameters
        ----------
        exposure_time
            Seconds the shutter was open, or None when unknown.
        facts
            What the list of files needs to know of the photo.
        part
            First and last moment, [-1/2, 1/2].
        frames
            How many there are; as many as last time where it isn't said.
        later
            Whether it can only be queued.
        """
        # Asked for seldom, and not needed to show the window.
        from blurstudio.app.panels.export.dialog import ExportDialog

        dialog = ExportDialog(photo, settings, self._window, exposure_time, facts)
        dialog.show_timeline(part, frames)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if later:
            dialog.setWindowTitle(self.tr("Queue this photo"))
            dialog.export_button.setText(self.tr("Add to queue"))
            dialog.asked.connect(self.export_queued)
        else:
            dialog.asked.connect(self.export_asked)
            dialog.queued.connect(self.export_queued)
            dialog.offer_queue(True)
        self.videos_known.connect(dialog.offer_videos)
        self._window.bridge.ask(
            "io", listing_work.list_videos, key=_VIDEOS, done=self.videos_known.emit
        )
        dialog.open()


def _patterns(endings: Iterable[str]) -> str:
    return " ".join(f"*{ending}" for ending in endings)
