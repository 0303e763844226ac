"""What the controller tells, shown: photo, results, frames, and the timeline's wish for more.

Nothing is computed here; pictures come ready for the screen.
"""

from __future__ import annotations

import os
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from blurstudio.app import about
from blurstudio.app.panels.notices import About, Kind
from blurstudio.app.panels.report import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage

    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.work import Opened, Results
    from blurstudio.app.viewing import Viewing


class Showing(QObject):
    """Brings what the controller has to the parts of the window."""

    def __init__(
        self,
        controller: PhotoController,
        parts: Parts,
        viewing: Viewing,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._parts = parts
        self._viewing = viewing
        self._commands = commands
        self._shown: Mapping[str, QImage] = {}
        # What a person looks at next, a turn each: all at once keeps the window from answering.
        self._steps: deque[Callable[[], None]] = deque()
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._take_step)
        # Before anything is said about the photo that comes.
        controller.photo_left.connect(parts.notices.leave_photo)
        controller.photo_opened.connect(self._show_photo)
        controller.results_ready.connect(self._show_results)
        controller.edits_ready.connect(self._show_edits)
        controller.flow.ready.connect(self._show_flow)
        controller.analysis_changed.connect(self._show_work)
        controller.analysis_stopped.connect(self._show_stopped)
        controller.change_given_up.connect(self._show_given_up)
        controller.exported.connect(self._show_exported)
        controller.frames.ready.connect(self._show_frame)
        parts.timeline.timeChanged.connect(self._show_time)
        parts.notices.covered.connect(self._allow_notice)
        commands.on("view.notice", parts.notices.take_keys)
        self._allow(photo=False, results=False)
        commands.allow(work=False, notice=False)
        parts.panel.hide()
        parts.timeline.hide()

    @property
    def is_done(self) -> bool:
        """Whether all that follows from the last result is on show as well."""
        return not self._steps

    def say_failed(self, text: str) -> None:
        """Say that something could not be computed of the photo on show, or opened for it."""
        self._parts.notices.say(text, Kind.ERROR, about=About.ANALYSIS)

    def _show_photo(self, opened: Opened) -> None:
        parts = self._parts
        self._steps.clear()
        self._next_turn.stop()
        parts.canvas.clear()
        parts.canvas.set_picture("photo", opened.picture)
        self._viewing.show("photo")
        parts.timeline.stop()
        parts.timeline.unmark()
        parts.timeline.time = 0.0
        parts.timeline.set_thumbnails([])
        parts.timeline.set_exposure_time(opened.photo.exposure_time)
        parts.panel.report.show_photo(opened.path.name, about.facts(opened.photo))
        parts.panel.camera.show_sentences(())
        parts.panel.notes.show_sentences(opened.photo.notes)
        parts.panel.setVisible(self._commands["view.panel"].isChecked())
        parts.timeline.show()
        parts.status.show_sentence("")
        self._allow(photo=True, results=False)
        parts.canvas.setFocus()

    def _show_results(self, results: Results) -> None:
        parts = self._parts
        opened = self._controller.opened
        assert opened is not None
        first = not parts.canvas.has_picture("sharp")
        self._steps.clear()
        self._show_pictures(results, {})
        if first and parts.canvas.picture == "photo" and not _stays_on_photo(opened):
            self._viewing.show("sharp")
        self._follow_with(partial(self._allow, photo=True, results=True))
        self._follow_with(partial(self._tell, results))

    def _follow_with(self, step: Callable[[], None]) -> None:
        self._steps.append(step)
        self._next_turn.start()

    def _take_step(self) -> None:
        self._steps.popleft()()
        if self._steps:
            self._next_turn.start()

    def _tell(self, results: Results) -> None:
        """Say what the result is worth."""
        parts, opened = self._parts, self._controller.opened
        assert opened is not None
        size = results.pictures["sharp"].size()
        parts.panel.report.show_figures(
            results.report,
            quick=results.quick,
            speed=about.speed(results.report.mean_length, size.height(), opened.photo),
            blank=results.verdict.blank,
        )
        # In px of a reduced picture it would mean little.
        parts.panel.camera.show_sentences([] if results.quick else about.motion(results.verdict))
        parts.panel.notes.show_sentences(results.notes)
        parts.status.show_sentence(sentence(results.report))
        self._say_if_no_more_comes(results)

    def _show_edits(self, results: Results) -> None:
        """Show other edits of regions; figures and verdict are about the estimate and stay."""
        self._show_pictures(results, self._shown)

    def _show_pictures(self, results: Results, there: Mapping[str, QImage]) -> None:
        """Show what follows from a result's paths; pictures that are there needn't be copied."""
        parts = self._parts
        parts.canvas.set_pictures(
            {
                key: picture
                for key, picture in results.pictures.items()
                if picture is not there.get(key)
            }
        )
        self._shown = results.pictures
        paths = results.paths
        parts.canvas.motion.set_trajectories(paths.points, paths.ways, paths.size)
        self._controller.frames.request(parts.timeline.time)
        self._follow_with(partial(parts.timeline.set_thumbnails, results.thumbnails))

    def _show_flow(self, picture: QImage) -> None:
        self._parts.canvas.set_picture("flow", picture)

    def _show_frame(self, _time: float, picture: QImage) -> None:
        self._parts.canvas.set_picture("frame", picture)

    def _show_time(self, time: float) -> None:
        self._parts.canvas.motion.set_time(time)
        self._controller.frames.request(time)
        if self._controller.results is not None:
            self._viewing.follow_scrub()

    def _show_work(self, running: bool) -> None:
        if running:
            self._parts.notices.leave_analysis()
        if self._controller.results is not None:
            self._say_if_no_more_comes(self._controller.results)

    def _say_if_no_more_comes(self, results: Results) -> None:
        if results.quick and not self._controller.running:
            self._parts.panel.report.show_quick_only()

    def _show_stopped(self) -> None:
        keys = self._commands["photo.analyse"].shortcut().toString()
        self._parts.notices.say(
            self.tr("The analysis was stopped; {keys} starts it again.").format(keys=keys),
            about=About.ANALYSIS,
        )

    def _show_given_up(self) -> None:
        self._parts.notices.say(
            self.tr("That was stopped; the result before it stays."), about=About.ANALYSIS
        )

    def _show_exported(self, files: list[Path]) -> None:
        folder = Path(os.path.commonpath([file.parent for file in files]))
        if len(files) == 1:
            told = self.tr("Wrote 1 file into {folder}.")
        else:
            told = self.tr("Wrote {count} files into {folder}.")
        self._parts.notices.say(told.format(count=len(files), folder=folder), folder=folder)

    def _allow_notice(self, covered: QRect) -> None:
        self._commands.allow(notice=not covered.isEmpty())

    def _allow(self, *, photo: bool, results: bool) -> None:
        self._commands.allow(photo=photo, results=results)
        self._parts.timeline.setEnabled(results)


def _stays_on_photo(opened: Opened) -> bool:
    """Whether the photo itself was looked at when it was left last time."""
    left = opened.left
    return left is not None and left.found and left.document.view.picture == "photo"
