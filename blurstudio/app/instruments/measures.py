"""Measures as pictures on the canvas, made when somebody looks at them, and every legend.

The cycle: a picture is chosen, or new results arrive -> what is looked at is asked for in the io
lane -> it comes and is shown; what belongs to earlier results is stale by then and dropped.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.instruments import work

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.work import Results

_MEASURE = "measure"


class Measures(QObject):
    """Gives the canvas the pictures and legends that don't come with every result."""

    def __init__(
        self, bridge: JobBridge, controller: PhotoController, canvas: CanvasView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._canvas = canvas
        self._asked: set[str] = set()
        self._flow_is_there = False
        controller.photo_opened.connect(self._forget)
        controller.results_ready.connect(self._renew)
        controller.flow.ready.connect(self._flow_arrived)
        canvas.pictureChanged.connect(self._ask)

    def _forget(self) -> None:
        self._bridge.renew(_MEASURE)
        self._asked.clear()

    def _renew(self, results: Results) -> None:
        self._forget()
        # The flow of a whole photo follows its other results; of a quick pass it comes with them.
        self._flow_is_there = results.quick
        looked_at = self._canvas.picture
        for key in work.EXPLAINED:
            if key != looked_at:
                self._canvas.overlays.set_legend(key, None)
                if key in work.MADE_HERE:
                    self._canvas.remove_picture(key)
        self._ask(looked_at)

    def _flow_arrived(self) -> None:
        self._flow_is_there = True
        self._ask(self._canvas.picture)

    def _ask(self, key: str) -> None:
        opened, results = self._controller.opened, self._controller.results
        if opened is None or results is None or key not in work.EXPLAINED or key in self._asked:
            return
        if key == "flow" and not self._flow_is_there:
            return
        self._asked.add(key)
        self._bridge.ask(
            "io",
            partial(work.measure, results.whole.analysis, opened.photo.size, key),
            key=_MEASURE,
            of_photo=True,
            done=self._show,
        )

    def _show(self, measure: work.Measure) -> None:
        if measure.picture is not None:
            self._canvas.set_picture(measure.key, measure.picture)
        self._canvas.overlays.set_legend(measure.key, measure.legend)
