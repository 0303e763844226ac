"""Settings followed: what changes at once, and what the next analysis begins with.

The dialog only wishes; the settings file is the window's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from blurstudio.app import listing_work, theme
from blurstudio.app.photo import work

if TYPE_CHECKING:
    from blurstudio.app.panels.settings.dialog import SettingsDialog
    from blurstudio.app.settings import Settings
    from blurstudio.app.window import MainWindow

_THREADS = "threads"
_MODELS = "models for settings"


class Adjusting(QObject):
    """Opens the settings dialog and follows what is chosen there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._threads = 0
        self._dialog: SettingsDialog | None = None
        window.commands.on("edit.settings", self.open)
        window.controller.photo_opened.connect(self._use_threads)
        for id_ in ("view.paths", "view.panel"):
            window.commands[id_].toggled.connect(self._show_switches)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def open(self) -> None:
        """Show the dialog, beside the work."""
        if self._dialog is None:
            from blurstudio.app.panels.settings.dialog import SettingsDialog

            self._dialog = SettingsDialog(self._now(), self._window)
            self._dialog.changed.connect(self._follow)
            # Keys of the window don't reach a window of its own.
            self._dialog.addAction(self._window.commands["help.explain"])
        self._dialog.show_settings(self._now())
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        bridge = self._window.bridge
        bridge.renew(_MODELS)
        bridge.ask("io", listing_work.list_models, key=_MODELS, done=self._dialog.show_models)

    def _now(self) -> Settings:
        """Return the settings with what is switched on the window itself."""
        return self._window.current_settings()

    def _follow(self, changes: dict[str, Any]) -> None:
        window, before = self._window, self._now()
        wanted = replace(before, **changes)
        self._window.remember(wanted)
        if wanted.analysis_options() != before.analysis_options():
            window.controller.use_defaults(wanted.analysis_options())
        if wanted.theme != before.theme:
            self._dress(wanted.theme)
        for id_, on in (("view.paths", wanted.show_paths), ("view.panel", wanted.show_panel)):
            if window.commands[id_].isChecked() != on:
                window.commands[id_].trigger()
        window.parts.timeline.set_frame_count(wanted.frame_count)
        if window.controller.opened is not None:
            self._use_threads()
        if self._dialog is not None:
            self._dialog.show_settings(wanted)

    def _show_switches(self) -> None:
        if self._dialog is not None:
            self._dialog.show_settings(self._now())

    def _use_threads(self) -> None:
        # Only when there is something to analyse: it imports torch.
        threads = self._window.settings.threads
        if threads == self._threads:
            return
        self._threads = threads
        self._window.bridge.ask(
            "compute", partial(work.use_threads, threads), key=_THREADS, done=_nothing
        )

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._window.settings.theme == theme.SYSTEM:
            self._dress(theme.SYSTEM)

    def _dress(self, look: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, look)
        for widget in app.allWidgets():
            widget.update()


def _nothing(_answer: object) -> None:
    """Nobody waits for it."""
