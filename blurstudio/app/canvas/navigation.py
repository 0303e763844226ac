"""A widget with a camera: fit, zoom about a point, pan, and the way between coordinates.

What is looked at, and in which panes, its subclass says; nothing is painted here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from blurstudio.app.canvas.camera import (
    Camera,
    Pane,
    bounded_zoom,
    fitted,
    next_preset,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_PRESETS = (1.0, 2.0)


class NavigableWidget(QWidget):
    """Keeps where the view looks. Points are widget px (logical), zoom is device px per px."""

    zoomChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = Camera()
        self._fitting = True

    @property
    def picture_size(self) -> tuple[int, int] | None:
        """(H, W) of the picture coordinates, or None when there is nothing to look at."""
        return None

    def panes(self) -> list[Pane]:
        """Panes from left to right, device px; at least one."""
        ratio = self.devicePixelRatioF()
        return [Pane(0.0, 0.0, round(self.width() * ratio), round(self.height() * ratio))]

    @property
    def zoom(self) -> float:
        """Device px per picture px; 1 is actual size."""
        return self._camera.scale

    @property
    def is_fitted(self) -> bool:
        """Whether the picture follows the size of the canvas."""
        return self._fitting

    def fit(self) -> None:
        """Show the whole picture, and go on doing so when the widget changes its size."""
        self._fitting = True
        self.refit()

    def refit(self) -> None:
        """Follow a change of size or of panes, if the picture is fitted."""
        size = self.picture_size
        if self._fitting and size is not None:
            self._look(fitted(size, self.panes()[-1]))

    def actual_size(self) -> None:
        """One device pixel per picture pixel, about the middle."""
        self.set_zoom(1.0)

    def cycle_zoom(self, at: QPointF | None = None) -> None:
        """Go round fit, 100 %, 200 %; the picture point under ``at`` stays there."""
        following = _PRESETS[0] if self._fitting else next_preset(self.zoom, (*_PRESETS, 0.0))
        if following:
            self.set_zoom(following, at)
        else:
            self.fit()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom while the picture point under ``at``, else in the middle, stays there."""
        size = self.picture_size
        if size is None:
            return
        pane = self.pane_at(at)
        place = pane.centre if at is None else self.to_device(at)
        self._fitting = False
        self._look(self._camera.zoomed(bounded_zoom(zoom, fitted(size, pane).scale), place, pane))

    def pan(self, by: QPointF) -> None:
        """Move the picture, as a drag does; a strip of it stays in sight."""
        size = self.picture_size
        if size is None:
            return
        self._fitting = False
        moved = self._camera.panned(*self.to_device(by))
        self._look(moved.kept_in_sight(size, self.panes()[-1]))

    def to_picture(self, at: QPointF, pane: Pane | None = None) -> QPointF:
        """Widget px to picture corner coordinates, in a pane or that under the point."""
        view = self._camera.view(pane or self.pane_at(at))
        return QPointF(*view.to_picture(*self.to_device(at)))

    def from_picture(self, point: QPointF, pane: int = -1) -> QPointF:
        """Picture corner coordinates to widget px, in one of the panes."""
        x, y = self._camera.view(self.panes()[pane]).to_screen(point.x(), point.y())
        ratio = self.devicePixelRatioF()
        return QPointF(x / ratio, y / ratio)

    def to_device(self, at: QPointF) -> tuple[float, float]:
        """Widget px to device px."""
        ratio = self.devicePixelRatioF()
        return at.x() * ratio, at.y() * ratio

    def pane_at(self, at: QPointF | None) -> Pane:
        """Return the pane under a point; the last one where there is none."""
        panes = self.panes()
        if at is not None:
            x, y = self.to_device(at)
            for pane in panes:
                if pane.contains(x, y):
                    return pane
        return panes[-1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted, and else the point in the middle in the middle."""
        super().resizeEvent(event)
        self.refit()

    def _look(self, camera: Camera) -> None:
        before = self._camera
        self._camera = camera
        if camera != before:
            self.update()
        if camera.scale != before.scale:
            self.zoomChanged.emit(camera.scale)
