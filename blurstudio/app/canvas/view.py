"""The canvas widget: pictures of one photo, how they are compared, the paths over them.

It holds the state and speaks to the window; painting is in `stage`, the ways of comparing in
`comparing`, events in `hand`, the camera in `navigation`, paths and marked regions in
`shown_motion`. Drops pass through to the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from blurstudio.app.canvas.brush_widget import BrushWidget
from blurstudio.app.canvas.screen_colours import ScreenColours
from blurstudio.app.canvas.shown_motion import ShownMotion
from blurstudio.app.canvas.stage import Look, Stage
from blurstudio.app.screen_profile import screen_space

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import (
        QColorSpace,
        QHideEvent,
        QImage,
        QPaintEvent,
        QResizeEvent,
        QShowEvent,
        QWindow,
    )

    from blurstudio.app.canvas.camera import Camera


class CanvasView(BrushWidget):
    """Shows the pictures of one photo and the paths over them.

    Coordinates are the photo's, of corners (pixel centre + 0.5); a smaller picture, as of a quick
    pass, is stretched to it. Keys are those of `compare.PICTURES`.

    Attributes
    ----------
    motion
        Paths and regions over the pictures.
    """

    pictureChanged = Signal(str)
    pictureGiven = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.motion = ShownMotion(self._under_cursor, self)
        self.motion.changed.connect(self.update)
        self._covered = QRectF()
        self._placeholder: QWidget | None = None
        self._stage = Stage()
        self._screen = ScreenColours()
        self._window_seen: QWindow | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Canvas"))
        self.changed()

    def set_picture(self, key: str, image: NDArray[np.uint8] | QImage) -> None:
        """Give or replace a picture, uint8 (H, W, 3) sRGB; copied.

        A worker may have made a QImage of a big one with `picture_image` beforehand. The zoom
        stays, unless the size of the picture coordinates changes.
        """
        self.set_pictures({key: image})

    def set_pictures(self, images: Mapping[str, NDArray[np.uint8] | QImage]) -> None:
        """Give or replace several pictures by their keys, as `set_picture` does one."""
        before = self.picture_size
        for key, image in images.items():
            self.shelf.put(key, image)
        if self.picture_size != before:
            self._fitting = True
        self.changed()
        for key in images:
            self.pictureGiven.emit(key)

    def remove_picture(self, key: str) -> None:
        """Take one picture away, if it is there; the photo shows in its place."""
        self.shelf.take(key)
        self.changed()

    def show_picture(self, key: str) -> None:
        """Choose the picture to look at; until it is given, the photo shows instead."""
        if self.shelf.choose(key):
            self.changed()
            self.pictureChanged.emit(key)

    @property
    def picture(self) -> str:
        """Key of the chosen picture."""
        return self.shelf.chosen

    def clear(self) -> None:
        """Forget pictures and paths, as before another photo is opened."""
        self.shelf.clear()
        self.motion.clear()
        self.overlays.clear()
        self.let_go()
        self.set_drawn((), None)
        self.set_mask(None)
        self.set_others("", ())
        self.hold(False)
        self._fitting = True
        self._stage.clear()
        self.changed()

    def set_placeholder(self, widget: QWidget) -> None:
        """Give the widget that fills the canvas while it is empty; the canvas owns it."""
        if self._placeholder is not None:
            self._placeholder.deleteLater()
        self._placeholder = widget
        widget.setParent(self)
        self.changed()

    def set_covered(self, covered: QRect) -> None:
        """Tell which part lies behind something else: words give way to it, pictures don't."""
        if self._covered != QRectF(covered):
            self._covered = QRectF(covered)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for a photo."""
        return QSize(960, 640)

    def hurry(self) -> None:
        """Let the paths be stretched for a moment while a wheel is turning."""
        self.motion.hurry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is to be seen now."""
        painter = QPainter(self)
        self._stage.paint(painter, QRectF(self.rect()), self._look_now())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the placeholder the whole canvas."""
        super().resizeEvent(event)
        if self._placeholder is not None:
            self._placeholder.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        """Ask which colours the screen has, now and whenever the window comes to another one."""
        super().showEvent(event)
        window = self.window().windowHandle()
        if window is not None and window is not self._window_seen:
            self._window_seen = window
            window.screenChanged.connect(self._ask_screen)
        self._ask_screen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop every timer, and let go of mouse and key."""
        super().hideEvent(event)
        self.motion.rest()
        self.pointer.cancel()
        self.cancel_drawing()
        self.hold(False)

    def use_screen(self, space: QColorSpace | None) -> None:
        """Show pictures on a screen of these colours; None is one of sRGB."""
        if self._screen.use(space):
            self.update()

    def _ask_screen(self) -> None:
        if self._window_seen is not None:
            self.use_screen(screen_space(self._window_seen))

    def _look_now(self) -> Look:
        scene = self.picture_size
        parts = [] if scene is None else self.parts()
        return Look(
            parts=parts,
            labels=[] if scene is None else self.labels(),
            pictures=self.shelf.pictures,
            scene=scene or (1, 1),
            camera=self._camera,
            trajectories=None if self.is_empty else self.motion.trajectories_seen,
            regions=self.motion.regions,
            drawn=self.drawn_now(),
            brushed=self.brushed_now(),
            time=self.motion.time,
            ratio=self.devicePixelRatioF(),
            screen=self._screen,
            hurried=self.motion.is_hurried,
            overlays=self.overlays,
            split=self.split_line if parts else None,
            handle_active=self.pointer.over_split,
            crosses=self.linked_crosses(),
            covered=self._covered,
        )

    def _look(self, camera: Camera) -> None:
        super()._look(camera)
        if self.mouse is not None:
            self.report_cursor(self.mouse)

    def report_cursor(self, at: QPointF | None) -> None:
        """Say which picture point is under ``at``, and mark its region."""
        super().report_cursor(at)
        self.motion.mark()

    def _under_cursor(self) -> tuple[float, float] | None:
        """Place under the cursor, in shares of the picture's width and height."""
        size = self.picture_size
        point = None if self.mouse is None else self.point_under(self.mouse)
        return None if size is None or point is None else (point.x() / size[1], point.y() / size[0])

    def changed(self) -> None:
        """Bring everything that follows from pictures and modes up to date."""
        self.refit()
        if self._placeholder is not None:
            self._placeholder.setGeometry(self.rect())
            self._placeholder.setVisible(self.is_empty)
        seen = self.caption or self.tr("No photo is open.")
        if seen != self.accessibleDescription():
            self.setAccessibleDescription(seen)
        self.update()
