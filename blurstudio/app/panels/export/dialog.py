"""The export dialog: what to write, how, and where, with a list of the files it comes to.

It only makes an `ExportRequest`; the writing is `engine.export`'s.
"""

from __future__ import annotations

import math
import os
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.panels.export.choices import last_request
from blurstudio.app.panels.export.pages import DataPage, FramesPage, PicturesPage, ReportPage
from blurstudio.app.panels.export.place import ExportPlace
from blurstudio.app.panels.export.preview import ExportPreview
from blurstudio.app.panels.export.video_page import VideoPage
from blurstudio.app.saying import say
from blurstudio.engine.export.names import PhotoFacts, home_name, plan
from blurstudio.engine.export.request import ExportRequest, Part
from blurstudio.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.app.settings import Settings
    from blurstudio.engine.interval import Interval

_USUAL_SIZE = (4000, 6000)


class ExportDialog(QDialog):
    """Asks what to export; `asked` carries the answer.

    Parameters
    ----------
    photo
        The photo's file.
    settings
        Hold the last choices.
    exposure_time
        Seconds, where the photo knows them.
    facts
        What names and sizes depend on; without them, sizes are those of a usual photo.
    """

    asked = Signal(object)
    """A request, to be written now."""
    queued = Signal(object)
    """A request, to be written when its turn comes."""

    def __init__(
        self,
        photo: Path,
        settings: Settings,
        parent: QWidget | None = None,
        exposure_time: float | None = None,
        facts: PhotoFacts | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._photo = photo
        self._facts = facts or PhotoFacts(photo.name, _USUAL_SIZE)
        # Asked once per file while the dialog is open: a look at a slow disk for every key would
        # be felt. One that may not be looked into holds nothing; writing will say so.
        self._exists = cache(os.path.exists)
        # First: keys go from control to control in the order in which they are made.
        self.tabs = QTabWidget(self)
        self._pictures = PicturesPage(self)
        self._frames = FramesPage(self)
        self._video = VideoPage(self)
        self._data = DataPage(self)
        self._report = ReportPage(self)
        self._where = ExportPlace(photo, exposure_time, self)
        self.preview = ExportPreview(self)
        self._offer_controls()
        self._add_buttons()
        self._data.show_regions(len(self._facts.masks))
        self._show_request(last_request(settings, photo.parent))
        self._lay_out()
        self._connect()
        self._follow()

    def request(self) -> ExportRequest:
        """Return what is asked for now."""
        chosen = frozenset(part for page in self._pages for part in page.chosen())
        made = ExportRequest(Path(), chosen, day=date.today().isoformat())
        for page in (self._pictures, self._frames, self._video, self._data, self._where):
            made = page.asked(made)
        return made

    def show_timeline(self, part: Interval, frames: int | None = None) -> None:
        """Begin with a part of the exposure, to whole per cents, and so many frames of it."""
        first, last = (math.floor((moment + 0.5) * 100 + 0.5) for moment in part)
        # The end first: it bounds the start.
        self.end.setValue(max(last, first + 1))
        self.start.setValue(first)
        if frames is not None:
            self.frames.setValue(frames)

    def choose_everything(self) -> None:
        """Tick every box."""
        for box in self.boxes.values():
            box.setChecked(box.isEnabled())

    def choose_folder(self) -> None:
        """Ask for the folder."""
        self._where.choose_folder()

    def offer_videos(self, kinds: Sequence[str]) -> None:
        """Offer the kinds of video that can be written on this machine."""
        self._video.offer_videos(kinds)

    def offer_queue(self, offered: bool) -> None:
        """Show or hide the button that puts the export into the queue."""
        # Not in the box while it is hidden, or Tab passes over its neighbours.
        if offered and self.queue_button.parent() is not self.buttons:
            self.buttons.addButton(self.queue_button, QDialogButtonBox.ButtonRole.ActionRole)
            self.queue_button.setAutoDefault(False)
        self.queue_button.setVisible(offered)

    def accept(self) -> None:
        """Send the request and close, unless it can't be written."""
        if self.export_button.isEnabled():
            self.asked.emit(self.request())
            super().accept()

    def _queue(self) -> None:
        self.queued.emit(self.request())
        super().accept()

    def _follow(self) -> None:
        request = self.request()
        for page in (self._pictures, self._frames, self._video, self._data, self._where):
            page.follow(request)
        able = self._show_files()
        for button in (self.export_button, self.queue_button):
            button.setEnabled(able)

    def _show_files(self) -> bool:
        """List what would be written; returns whether anything would."""
        # What was not possible any more has given way by now.
        request = self.request()
        if not self.folder.text().strip():
            self.preview.show_problem(self.tr("Choose a folder to export into."))
            return False
        try:
            named = replace(request, name=home_name(request.folder, self._photo))
            files = plan(named, self._facts, self._exists)
        except ExportError as error:
            self.preview.show_problem(say(error))
            return False
        if not files:
            self.preview.show_problem(self.tr("Tick something to export."))
            return False
        self.preview.show_files(files)
        return not all(file.skipped for file in files)

    def _show_request(self, request: ExportRequest) -> None:
        for part, box in self.boxes.items():
            box.setChecked(part in request.parts)
        for page in (self._pictures, self._frames, self._video, self._data, self._where):
            page.show_request(replace(request))

    def _offer_controls(self) -> None:
        """Give the controls of the pages the dialog's name, as one asks for them."""
        self._pages = (self._pictures, self._frames, self._video, self._data, self._report)
        self.boxes = {part: box for page in self._pages for part, box in page.boxes.items()}
        self.boxes = {part: self.boxes[part] for part in Part}
        self.still, self.bits = self._pictures.still, self._pictures.bits
        self.quality = self._pictures.quality
        self.frames, self.frame_pattern = self._frames.frames, self._frames.frame_pattern
        self.frame_still, self.frame_depth = self._frames.frame_still, self._frames.frame_depth
        self.video, self.fps = self._video.video, self._video.fps
        self.video_size, self.side = self._video.video_size, self._video.side
        self.pingpong, self.loops = self._video.pingpong, self._video.loops
        self.flows = self._data.flows
        self.start, self.end, self.span = self._where.start, self._where.end, self._where.span
        self.folder, self.choose = self._where.folder, self._where.choose
        self.place, self.pattern = self._where.place, self._where.pattern
        self.conflict = self._where.conflict

    def _add_buttons(self) -> None:
        # Beside the box: with all four in it, Tab passes one over.
        self.everything = QPushButton(self.tr("Choose e&verything"), self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.queue_button = QPushButton(self.tr("Add to q&ueue"), self)
        self.queue_button.setToolTip(self.tr("Write it when what is before it is done"))
        self.export_button = self.buttons.addButton(
            self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.export_button.setDefault(True)
        self.queue_button.hide()

    def _connect(self) -> None:
        for page in (*self._pages, self._where):
            page.changed.connect(self._follow)
        self.everything.clicked.connect(self.choose_everything)
        self.queue_button.clicked.connect(self._queue)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        for page, name in zip(
            self._pages,
            (
                self.tr("&Pictures"),
                self.tr("Fra&mes"),
                self.tr("&Video"),
                self.tr("Data"),
                self.tr("&Report"),
            ),
            strict=True,
        ):
            self.tabs.addTab(page, name)
        self.tabs.setAccessibleName(self.tr("What to export"))
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.tabs, 1)
        left.addWidget(self._where)
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addLayout(left, 5)
        both.addWidget(self.preview, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 14)
        column.setSpacing(14)
        column.addLayout(both, 1)
        last = QHBoxLayout()
        last.addWidget(self.everything)
        last.addWidget(self.buttons)
        column.addLayout(last)
        self.resize(940, 580)
