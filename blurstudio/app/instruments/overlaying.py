"""Arrows and kernels over the picture: switched by actions, made on the lanes, kept in settings.

How they are painted is the canvas's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app.canvas.arrows import Arrows
from blurstudio.app.instruments import work

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.work import Results
    from blurstudio.app.settings import Settings

_KNOWN = "known"
_KERNELS = "kernels"


class Overlaying(QObject):
    """Keeps canvas, actions and results in step as to what lies over the picture.

    Attributes
    ----------
    known
        What can be told at once about the results on show; None until it is there.
    """

    known_changed = Signal()

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        canvas: CanvasView,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.known: work.Known | None = None
        self._bridge = bridge
        self._controller = controller
        self._overlays = canvas.overlays
        self._commands = commands
        commands.on("view.arrows", self._overlays.show_arrows)
        commands.on("view.kernels", self._show_kernels)
        commands.on("view.legends", self._overlays.show_legends)
        controller.photo_opened.connect(self._forget)
        controller.results_ready.connect(self._renew)

    def apply(self, settings: Settings) -> None:
        """Switch on what was on when the window was last closed."""
        for name, wanted, show in (
            ("arrows", settings.show_arrows, self._overlays.show_arrows),
            ("kernels", settings.show_kernels, self._show_kernels),
            ("legends", settings.show_legends, self._overlays.show_legends),
        ):
            self._commands[f"view.{name}"].setChecked(wanted)
            show(wanted)
        self._overlays.set_opacity(settings.overlay_opacity)

    def remembered(self, settings: Settings) -> Settings:
        """Write down what is on."""
        overlays = self._overlays
        return replace(
            settings,
            show_arrows=overlays.arrows_visible,
            show_kernels=overlays.kernels_visible,
            show_legends=overlays.legends_visible,
            overlay_opacity=overlays.opacity,
        )

    def _forget(self) -> None:
        for key in (_KNOWN, _KERNELS):
            self._bridge.renew(key)
        self.known = None
        self.known_changed.emit()

    def _renew(self, results: Results) -> None:
        opened = self._controller.opened
        assert opened is not None
        self._bridge.renew(_KNOWN)
        self._bridge.ask(
            "io",
            partial(work.known, results.whole.analysis, opened.photo.size),
            key=_KNOWN,
            of_photo=True,
            done=self._show_known,
        )
        self._ask_kernels()

    def _show_known(self, known: work.Known) -> None:
        self.known = known
        field = known.field
        self._overlays.set_arrows(Arrows(field.first, field.last, field.size))
        self.known_changed.emit()

    def _show_kernels(self, wanted: bool) -> None:
        self._overlays.show_kernels(wanted)
        self._ask_kernels()

    def _ask_kernels(self) -> None:
        """Have the kernels of what is on show, if they are wanted."""
        self._bridge.renew(_KERNELS)
        results = self._controller.results
        if results is None or not self._overlays.kernels_visible:
            self._overlays.set_kernels(None)
            return
        self._bridge.ask(
            "io",
            partial(work.kernels, results.analysis),
            key=_KERNELS,
            of_photo=True,
            done=self._overlays.set_kernels,
        )
