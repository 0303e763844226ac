"""The tool that turns time round in a region: what is under the cursor shows, a click flips it.

It only picks places; which regions there are comes from the lane, and the flip itself is a choice
like any other.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.regions import region_work

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.panels.motion.paths import DirectionSection
    from blurstudio.app.photo.controller import PhotoController

_REGIONS = "regions"
# Four digits tell places apart by less than a pixel of a large photo's motion grid.
_DIGITS = 4


class Flipping(QObject):
    """Keeps canvas, action and panel in step while the tool is in the hand."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        canvas: CanvasView,
        commands: ActionSet,
        section: DirectionSection,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._canvas = canvas
        self._action = commands["photo.flip"]
        self._section = section
        self._on = False
        commands.on("photo.flip", self._take)
        section.flip_asked.connect(self._action.trigger)
        canvas.placePicked.connect(self._flip_at)
        controller.results_ready.connect(self._ask_regions)

    def leave(self) -> None:
        """Put the tool down."""
        self._action.setChecked(False)
        self._take(on=False)

    def _take(self, on: bool) -> None:
        self._on = on
        self._canvas.set_picking(on)
        self._section.show_flipping(on)
        self._ask_regions()

    def _ask_regions(self) -> None:
        """Have the regions of what is on show, if the tool is in the hand."""
        self._bridge.renew(_REGIONS)
        results = self._controller.results
        if not self._on or results is None:
            self._canvas.motion.set_regions(None)
            return
        self._bridge.ask(
            "io",
            partial(region_work.motion_region_map, results.analysis),
            key=_REGIONS,
            of_photo=True,
            done=self._canvas.motion.set_regions,
        )

    def _flip_at(self, x: float, y: float) -> None:
        size = self._canvas.picture_size
        if size is None or self._controller.results is None:
            return
        place = (round(x / size[1], _DIGITS), round(y / size[0], _DIGITS))
        options = self._controller.options
        self._controller.change(
            replace(options, flips=(*options.flips, place)), self.tr("Flip a region")
        )
