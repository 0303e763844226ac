"""Palette and key list at work: what is chosen is done, a changed key is followed and kept.

Neither the actions nor their keys are known here; they come from the table.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.actions.findings import Finding, find
from blurstudio.app.actions.keymap import checked, keys_of
from blurstudio.app.actions.table import ACTIONS

if TYPE_CHECKING:
    from blurstudio.app.actions.key_changes import KeyChanges
    from blurstudio.app.panels.keys.listing import KeyList
    from blurstudio.app.panels.palette.window import CommandPalette
    from blurstudio.app.window import MainWindow


class Commanding(QObject):
    """Connects palette and key list with the actions of a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._keys: KeyList | None = None
        window.commands.on("help.palette", self._open_palette)
        window.commands.on("help.keys", self._show_keys)

    @cached_property
    def palette(self) -> CommandPalette:
        """The palette, made when it is first asked for."""
        from blurstudio.app.panels.palette.window import CommandPalette

        made = CommandPalette(self._window, self._find)
        made.chosen.connect(self._do)
        return made

    def _open_palette(self) -> None:
        self.palette.open()

    def use_keys(self, changes: KeyChanges) -> list[str]:
        """Give all actions their keys; returns a sentence for everything that can't be followed."""
        kept, warnings = checked(changes)
        for spec in ACTIONS:
            self._window.commands.set_keys(spec, keys_of(spec, kept))
        held = self._window.commands.keys("compare.hold")
        self._window.parts.canvas.hold_key = held[0][0].key() if held else None  # type: ignore[index]
        if self._keys is not None:
            self._keys.show_changes(kept)
        if kept != self._window.settings.keys:
            self._window.remember(replace(self._window.settings, keys=kept))
        return warnings

    def _find(self, typed: str) -> list[Finding]:
        return find(typed, self._window.commands, self._window.settings.recent_actions)

    def _do(self, id_: str) -> None:
        self._window.remember(self._window.settings.with_action(id_))
        self._window.commands[id_].trigger()

    def _show_keys(self) -> None:
        if self._keys is None:
            from blurstudio.app.panels.keys.listing import KeyList

            self._keys = KeyList(self._window, self._window.settings.keys)
            self._keys.changed.connect(self.use_keys)
        self._keys.show()
        self._keys.raise_()
        self._keys.activateWindow()
