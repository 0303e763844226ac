"""What is written of the photo on show: asked, remembered for the next time, and handed on.

The dialog is `panels/export.py`; writing is the lane's work (`export.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.panels.export.choices import remembered
from blurstudio.session.exporting import facts_for

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.export import ExportRequest
    from blurstudio.app.window import MainWindow


class Exporting(QObject):
    """Asks what to write, now or in the queue."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked: list[Path] = []
        window.commands.on("file.export", self.choose)
        window.dialogs.export_asked.connect(self._export)
        window.dialogs.export_queued.connect(self._queue)
        window.controller.exported.connect(self._keep_folder)

    def choose(self, *, later: bool = False) -> None:
        """Ask what to write of the photo on show, now or in the queue."""
        window, controller = self._window, self._window.controller
        opened = controller.opened
        if opened is not None and controller.results is not None:
            photo, choices = opened.photo, controller.history.choices
            facts = facts_for(opened.path.name, photo.size, photo.grey, choices)
            window.dialogs.choose_export(
                *(opened.path, window.settings, photo.exposure_time, facts),
                part=window.parts.timeline.part,
                frames=window.parts.timeline.frame_count,
                later=later,
            )

    def _export(self, request: ExportRequest) -> None:
        settings = self._window.settings
        # The folder is remembered when something was written there.
        kept = replace(remembered(settings, request), export_folder=settings.export_folder)
        self._window.remember(kept)
        self._asked.append(request.folder)
        self._window.controller.export(request)

    def _keep_folder(self, files: list[Path]) -> None:
        # Another export may have been asked for meanwhile, into a folder that can't be written to.
        for folder in reversed(self._asked):
            if files[0].is_relative_to(folder):
                self._asked.clear()
                self._window.remember(replace(self._window.settings, export_folder=str(folder)))
                return

    def _queue(self, request: ExportRequest) -> None:
        self._window.remember(remembered(self._window.settings, request))
        self._window.queue_desk.queue_photo(request)
