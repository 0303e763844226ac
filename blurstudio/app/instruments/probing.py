"""The probe in the hand: which place is looked at, and whether it is pinned.

The cycle: the mouse moves or a place is clicked -> the newest wish is asked for in the io lane ->
the panel shows the answer. Other results ask again; what comes late is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from blurstudio.app.instruments import work
from blurstudio.app.photo.scrub import PictureRequests

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.canvas import CanvasView
    from blurstudio.app.instruments.docks import Dock
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.work import Opened, Results

# A click this near to the pin, widget px, lets go of it.
_NEAR = 9.0


class Probing(QObject):
    """Brings places of the canvas to the probe's panel while that is open."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        canvas: CanvasView,
        dock: Dock,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._canvas = canvas
        self._dock = dock
        self._place: QPointF | None = None
        self._pinned = False
        self._requests = PictureRequests(bridge, "probe", "io", work.probe, self)
        self._requests.ready.connect(self._show)
        canvas.cursorMoved.connect(self._hover)
        canvas.placeClicked.connect(self._click)
        controller.photo_opened.connect(self._begin)
        controller.results_ready.connect(self._renew)
        dock.built.connect(self._panel_built)
        dock.seen.connect(self._opened_or_closed)
        commands.on("photo.back", self.let_go)

    @property
    def pinned(self) -> QPointF | None:
        """The place that is held, corner coordinates of the picture."""
        return self._place if self._pinned else None

    def pin(self, place: QPointF) -> None:
        """Stay with a place while the mouse moves on."""
        self._pinned, self._place = True, place
        self._canvas.overlays.set_pin(place)
        self._ask()

    def let_go(self) -> None:
        """Follow the mouse again."""
        if self._pinned:
            self._pinned = False
            self._canvas.overlays.set_pin(None)
            self._ask()

    def _hover(self, x: float, y: float) -> None:
        if not self._pinned:
            self._place = QPointF(x, y)
            self._ask()

    def _click(self, x: float, y: float) -> None:
        if not self._dock.isVisible() or self._requests.source is None:
            return
        place = QPointF(x, y)
        if self._pinned and self._place is not None:
            apart = (place - self._place) * self._canvas.zoom / self._canvas.devicePixelRatioF()
            if apart.manhattanLength() <= _NEAR:
                self.let_go()
                return
        self.pin(place)

    def _pin_or_let_go(self) -> None:
        if self._pinned:
            self.let_go()
        elif self._place is not None:
            self.pin(self._place)

    def _begin(self, _opened: Opened) -> None:
        self._requests.use(None)
        self._place, self._pinned = None, False
        self._prepare_panel()

    def _renew(self, results: Results) -> None:
        opened = self._controller.opened
        assert opened is not None
        self._requests.use((results.whole.analysis, opened.photo.size))
        self._ask()

    def _opened_or_closed(self, visible: bool) -> None:
        if visible:
            self._ask()
        elif self._dock.isHidden():
            self.let_go()

    def _panel_built(self) -> None:
        self._dock.panel.pin_asked.connect(self._pin_or_let_go)
        self._prepare_panel()

    def _prepare_panel(self) -> None:
        panel, opened = self._dock.panel, self._controller.opened
        if panel is not None:
            panel.show_exposure_time(None if opened is None else opened.photo.exposure_time)
            panel.show_nothing()

    def _ask(self) -> None:
        if self._place is not None and self._dock.isVisible():
            self._requests.request((self._place.x(), self._place.y()))

    def _show(self, place: tuple[float, float], probed: work.Probed) -> None:
        if self._dock.panel is None or self._place is None:
            return
        # While the mouse moves, an answer about where it just was is better than none.
        if not self._pinned or place == (self._place.x(), self._place.y()):
            self._dock.panel.show_probe(probed, pinned=self._pinned)
