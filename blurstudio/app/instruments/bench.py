"""All instruments of one window, put together.

Each works by itself; here they are made, and what they remember is read and written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.instruments.measures import Measures
from blurstudio.app.instruments.overlaying import Overlaying
from blurstudio.app.instruments.readout import Readout

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.controller import PhotoController
    from blurstudio.app.menus import ActionSet
    from blurstudio.app.parts import Parts
    from blurstudio.app.settings import Settings


class Instruments(QObject):
    """Measures, overlays, readout."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        parts: Parts,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        canvas = parts.canvas
        self.measures = Measures(bridge, controller, canvas, self)
        self.overlaying = Overlaying(bridge, controller, canvas, commands, self)
        self.readout = Readout(controller, self.overlaying, canvas, parts.status, self)

    def apply(self, settings: Settings) -> None:
        """Set everything up as it was when the window was last closed."""
        self.overlaying.apply(settings)

    def remembered(self, settings: Settings) -> Settings:
        """Write down how everything is set up."""
        return self.overlaying.remembered(settings)
