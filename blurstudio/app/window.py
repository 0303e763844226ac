"""The main window: puts the parts together and owns nothing else.

What happens to a photo is in `controller.py`, how it is shown in `showing.py`, what the actions do
in `opening.py`, `exporting.py`, `viewing.py`, `choosing.py`, `playing.py` and others.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QMainWindow

from blurstudio.app import geometry
from blurstudio.app import settings_file as settings_store
from blurstudio.app.actions.action_spec import Group
from blurstudio.app.actions.menus import ActionSet, fill_menus, make_toolbar
from blurstudio.app.bridge import JobBridge
from blurstudio.app.dialogs import Dialogs
from blurstudio.app.exporting import Exporting
from blurstudio.app.instruments.bench import Instruments
from blurstudio.app.launch import ready_work
from blurstudio.app.opening.film_roll import FilmRoll
from blurstudio.app.opening.ways_in import Opening
from blurstudio.app.others.others import Others
from blurstudio.app.panels.notices import Kind
from blurstudio.app.parts import Parts
from blurstudio.app.photo.choosing import Choosing
from blurstudio.app.photo.controller import PhotoController
from blurstudio.app.photo.copying import Copying
from blurstudio.app.photo.keeping import Keeping
from blurstudio.app.photo.showing import Showing
from blurstudio.app.playing import Playing
from blurstudio.app.program.program import Program
from blurstudio.app.queue.desk import QueueDesk
from blurstudio.app.regions.drawing import Drawing
from blurstudio.app.regions.measuring import Measuring
from blurstudio.app.regions.region_analysis import RegionAnalysis
from blurstudio.app.sharp.brushing import Brushing
from blurstudio.app.stopping import Stopping
from blurstudio.app.viewing import Viewing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QMenu

    from blurstudio.app.photo.work import Opened
    from blurstudio.app.settings import Settings

_log = logging.getLogger(__name__)
_TITLE = "Blur Studio"
_READY = "ready"
# Seconds; enough for work that listens. A step that can't be interrupted ends with the process.
_PATIENCE = 3.0


class MainWindow(QMainWindow):
    """One photo at a time, large; everything else around it.

    Parameters
    ----------
    settings_file
        Where settings are kept; the person's own file by default.
    """

    def __init__(self, settings_file: Path | None = None) -> None:
        super().__init__()
        self.setWindowTitle(_TITLE)
        self._settings_file = settings_file or settings_store.settings_file()
        self.settings, warnings = settings_store.load(self._settings_file)
        self._ended: bool | None = None
        self.bridge = JobBridge(self)
        self.controller = PhotoController(self.bridge, self.settings.analysis_options(), self)
        self.parts = Parts(self)
        self.commands = ActionSet(self, self.parts.work_area)
        self.commands.watch(self.parts.work_area)
        self.viewing = Viewing(self.parts.canvas, self.commands, self)
        self.playing = Playing(self.parts.timeline, self.commands, self)
        self.showing = Showing(self.controller, self.parts, self.viewing, self.commands, self)
        self.drawing = Drawing(self.controller, self.parts, self.commands, self)
        self.region_analysis = RegionAnalysis(
            *(self.controller, self.drawing, self.parts, self.commands), self
        )
        self.brushing = Brushing(
            *(self.bridge, self.controller, self.parts, self.viewing, self.commands), self
        )
        self.measuring = Measuring(*(self.bridge, self.controller, self.parts, self.commands), self)
        self.choosing = Choosing(
            *(self.bridge, self.controller, self.parts, self.viewing, self.commands), self
        )
        self.instruments = Instruments(
            self.bridge, self.controller, self.parts, self.commands, self
        )
        self.others = Others(
            *(self.bridge, self.controller, self.parts, self.viewing, self.commands),
            self.instruments.docks["others"],
            self,
        )
        self.keeping = Keeping(
            *(self.bridge, self.controller, self.parts, self.viewing, self.commands),
            *(self.others, self),
        )
        self.copying = Copying(self.controller, self.parts.notices, self.commands, self)
        self.film_roll = FilmRoll(
            *(self.bridge, self.controller, self.parts.notices, self.commands), self
        )
        self.dialogs = Dialogs(self)
        self.exporting = Exporting(self)
        self.stopping = Stopping(
            *(self.bridge, self.controller, self.parts.status.jobs, self.commands), self
        )
        self.queue_desk = QueueDesk(self)
        self.program = Program(self)
        self.opening = Opening(self, self._make_menus())
        self._connect()
        self._apply_settings()
        warnings += self.program.commanding.use_keys(self.settings.keys)
        for warning in warnings:
            _log.warning("%s", warning)
            self.parts.notices.say(warning, Kind.WARNING)
        geometry.restore(self)
        self.queue_desk.start()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first of some photos."""
        self.opening.open_paths(paths)

    def draw_ahead(self) -> None:
        """Draw what isn't seen yet: a second time is faster, fonts and sizes being known then."""
        for part in (self.parts.panel, self.parts.timeline):
            part.grab()

    def get_ready(self) -> None:
        """Have everything loaded that the first analysis will need; then look for recent photos."""
        ready = partial(ready_work.get_ready, self.controller.options)

        def loaded(_: None) -> None:
            self.bridge.ask("compute", ready, key=_READY, done=lambda _: None)
            self.opening.page.look()

        self.bridge.ask("io", ready_work.load_libraries, key=_READY, done=loaded)

    @Slot(str)
    def show_fault(self, text: str) -> None:
        """Say that something went wrong, without stopping anything."""
        self.parts.notices.say(text, Kind.ERROR)

    def finish_work(self) -> bool:
        """Stop all work and wait for it briefly; returns whether its threads have ended."""
        self.parts.timeline.stop()
        if self._ended is None:
            self._ended = self.bridge.close(_PATIENCE)
        self.keeping.finish()
        self.queue_desk.queueing.finish()
        return self._ended

    def current_settings(self) -> Settings:
        """Return the settings with what is switched on the window now."""
        return replace(
            self.playing.remembered(self.instruments.remembered(self.settings)),
            show_paths=self.commands["view.paths"].isChecked(),
            show_panel=self.commands["view.panel"].isChecked(),
            folded=self.parts.panel.folded,
        )

    def remember(self, settings: Settings) -> None:
        """Have settings from now on, and keep them for the next start."""
        self.settings = settings
        try:
            settings_store.save(settings, self._settings_file)
        except OSError as problem:
            _log.warning("settings can't be kept: %s", problem)

    def close_now(self) -> None:
        """Close without asking: whoever wants that has decided already."""
        self.program.closing.agreed = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember what is to be remembered, and stop the work; with work running, ask first."""
        if not self.program.closing.may_close():
            event.ignore()
            return
        geometry.keep(self)
        self.program.touring.end()
        self.remember(self.current_settings())
        # Gone at once, even if a step of the work takes a moment to end.
        self.hide()
        self.finish_work()
        super().closeEvent(event)

    def _make_menus(self) -> QMenu:
        menus = fill_menus(self, self.commands)
        self.instruments.docks.make_menu(menus[Group.VIEW])
        make_toolbar(self, self.commands)
        return menus[Group.FILE]

    def _connect(self) -> None:
        for id_, slot in (
            ("file.quit", self.close),
            ("photo.analyse", self.controller.analyse),
            ("view.panel", self._show_panel),
            ("view.fullscreen", self._show_full_screen),
        ):
            self.commands.on(id_, slot)
        self.controller.photo_opened.connect(self._photo_opened)
        status, canvas, bridge = self.parts.status, self.parts.canvas, self.bridge
        bridge.failed.connect(self.show_fault)
        # A turn later: the analysis that what failed gives way to would take the sentence away.
        later = Qt.ConnectionType.QueuedConnection
        bridge.photo_failed.connect(self.showing.say_failed, later)
        canvas.cursorMoved.connect(status.show_place)
        canvas.cursorLeft.connect(status.clear_place)
        canvas.zoomChanged.connect(status.show_zoom)
        self.parts.timeline.count_box.left.connect(canvas.setFocus)

    def _apply_settings(self) -> None:
        self.playing.apply(self.settings)
        self.commands["view.paths"].setChecked(self.settings.show_paths)
        self.parts.canvas.motion.set_trajectories_visible(self.settings.show_paths)
        self.commands["view.panel"].setChecked(self.settings.show_panel)
        self.parts.panel.fold(self.settings.folded)
        self.instruments.apply(self.settings)
        self.opening.show_recent(self.settings.recent)

    def _photo_opened(self, opened: Opened) -> None:
        self.setWindowTitle(f"{opened.path.name} – {_TITLE}")
        self.remember(self.settings.with_recent(opened.path))
        self.opening.show_recent(self.settings.recent)

    def _show_panel(self, wanted: bool) -> None:
        self.parts.panel.setVisible(wanted and self.controller.opened is not None)

    def _show_full_screen(self, wanted: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if wanted
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )
