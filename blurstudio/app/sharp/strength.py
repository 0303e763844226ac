"""The deconvolution's strength in the hand: a picture for every place of the slider.

The pictures are made of the reduced photo in the compute lane, as far as that is idle beforehand;
the full one follows when the hand lets go, and is the controller's business.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from blurstudio.app.photo.scrub import PictureRequests
from blurstudio.app.sharp import strength_work
from blurstudio.app.sharp.sharp_preview import SharpPreview
from blurstudio.app.sharp.strength_work import StrengthSource

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.sharp.strength_work import StrengthPicture

_AHEAD = "strength ahead"


class StrengthPreview(SharpPreview):
    """Shows the sharp picture at other strengths until a result takes its place."""

    def __init__(
        self, bridge: JobBridge, controller: PhotoController, canvas: CanvasView, parent: QObject
    ) -> None:
        super().__init__(controller, canvas, parent)
        self._bridge = bridge
        self._source: StrengthSource | None = None
        self.requests = PictureRequests(
            bridge, "strength", "compute", strength_work.strength_picture, self
        )
        self.requests.ready.connect(self._show)
        controller.photo_opened.connect(self._forget)
        controller.options_changed.connect(self._give_way)

    def request(self, strength: float) -> None:
        """Show the picture at a strength as soon as it is made."""
        source = self._usable_source()
        if source is None:
            return
        if self.requests.source is None:
            # What the lane is busy with will not be wanted any more.
            self._give_way()
            self._controller.pause()
            self.requests.use(source)
        self.requests.request(strength)

    def work_ahead(self) -> None:
        """Use an idle lane to work out what a drag of the slider will need."""
        source = self._usable_source()
        if source is not None and self._controller.options.deblurrer == "deconvolution":
            self._give_way()
            self._bridge.ask(
                "compute",
                partial(strength_work.prepare_strengths, source),
                key=_AHEAD,
                of_photo=True,
                done=_nothing,
            )

    def _usable_source(self) -> StrengthSource | None:
        """Return the source for the paths on show: the last one, if they are the same."""
        results = self._controller.results
        if results is None:
            return None
        if self._source is None or not self._source.serves(results.analysis):
            self._source = StrengthSource(results.analysis)
        # Of another analysis with the same paths only the blend is of interest.
        self._source.analysis = results.analysis
        return self._source

    def _give_way(self) -> None:
        self._bridge.renew(_AHEAD)

    def _forget(self) -> None:
        self._give_way()
        self.end()
        self._source = None

    def _show(self, strength: float, made: StrengthPicture) -> None:
        self._put(made.picture)
        if not made.complete and self.requests.is_idle:
            self.requests.request(strength)


def _nothing(_result: object) -> None:
    """Hear that the lane has worked ahead; nothing is to be shown of it."""
