"""Work under way: the status bar shows it, and one action stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.panels.jobs import JobBar
    from blurstudio.app.photo.controller import PhotoController


class Stopping(QObject):
    """Connects jobs, the bar that shows them, and the action that stops them.

    Parameters
    ----------
    bridge, controller
        Where jobs come from.
    bar
        Shows them.
    actions
        Of the window.
    """

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        bar: JobBar,
        actions: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bar = bar
        self._actions = actions
        actions.on("photo.stop", self.stop)
        bridge.added.connect(bar.add)
        bridge.progressed.connect(bar.progress)
        bridge.ended.connect(bar.remove)
        bar.cancel_asked.connect(bridge.cancel)
        for changed in (bridge.added, bridge.ended, controller.analysis_changed):
            changed.connect(self._allow)

    def stop(self) -> None:
        """Stop the analysis, else the job that the status bar shows."""
        if self._controller.running:
            self._controller.stop()
        else:
            self._bar.cancel_button.click()

    def _allow(self) -> None:
        self._actions.allow(work=self._controller.running or bool(self._bar.jobs))
