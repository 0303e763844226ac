"""All instruments of one window, put together.

Each works by itself; here they are made, and what they remember is read and written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.instruments.controls_panel import ControlsPanel
from blurstudio.app.instruments.counting import Counting
from blurstudio.app.instruments.docks import Dock, Docks
from blurstudio.app.instruments.measures import Measures
from blurstudio.app.instruments.overlaying import Overlaying
from blurstudio.app.instruments.probing import Probing
from blurstudio.app.instruments.readout import Readout
from blurstudio.app.onion_skin import OnionSkin

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.settings import Settings


class Instruments(QObject):
    """Measures, overlays, readout, and the panels that can be moved about."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        parts: Parts,
        commands: ActionSet,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        canvas = parts.canvas
        self._overlays, self._commands = canvas.overlays, commands
        self.measures = Measures(bridge, controller, canvas, self)
        self.docks = Docks(
            {
                "probe": Dock("probe", self.tr("Probe"), _probe_panel, window),
                "histogram": Dock("histogram", self.tr("Histogram"), _histogram_panel, window),
                "controls": Dock(
                    "controls", self.tr("View controls"), self._controls_panel, window
                ),
                "others": Dock("others", self.tr("Others"), self._others_panel, window),
                "queue": Dock("queue", self.tr("Queue"), _queue_panel, window),
            },
            window,
            commands,
        )
        self.overlaying = Overlaying(bridge, controller, canvas, commands, self)
        self.readout = Readout(controller, self.overlaying, canvas, parts.status, self)
        self.probing = Probing(bridge, controller, canvas, self.docks["probe"], commands, self)
        self.onion = OnionSkin(controller, parts, commands, self)
        self.counting = Counting(bridge, controller, canvas, self.docks["histogram"], self)

    def apply(self, settings: Settings) -> None:
        """Set everything up as it was when the window was last closed."""
        self.overlaying.apply(settings)
        self.onion.apply(settings)

    def remembered(self, settings: Settings) -> Settings:
        """Write down how everything is set up."""
        return self.onion.remembered(self.overlaying.remembered(settings))

    def _controls_panel(self, parent: QWidget) -> ControlsPanel:
        names = ("paths", "arrows", "kernels", "onion", "legends")
        panel = ControlsPanel([self._commands[f"view.{name}"] for name in names], parent)
        panel.show_opacity(self._overlays.opacity)
        panel.opacity_changed.connect(self._overlays.set_opacity)
        panel.use_onion(self.onion)
        return panel

    def _others_panel(self, parent: QWidget) -> QWidget:
        from blurstudio.app.others.panel import OthersPanel

        commands = self._commands
        load, frames = commands["file.compare"], commands["file.compare_folder"]
        return OthersPanel(load, frames, commands["compare.keep"], parent)


def _probe_panel(parent: QWidget) -> QWidget:
    from blurstudio.app.instruments.probe_panel import ProbePanel

    return ProbePanel(parent)


def _histogram_panel(parent: QWidget) -> QWidget:
    from blurstudio.app.instruments.histogram_panel import HistogramPanel

    return HistogramPanel(parent)


def _queue_panel(parent: QWidget) -> QWidget:
    from blurstudio.app.panels.queue.panel import QueuePanel

    return QueuePanel(parent)
