"""What the view and compare actions do to the canvas, and what the canvas says back to them.

No picture is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.canvas import CanvasView

PICTURES = (
    *("photo", "sharp", "frame", "flow", "residual", "direction"),
    *("blur", "difference", "confidence", "against", "error"),
)
_ERRORS = ("difference", "residual", "against", "error")
_COMPARE = ("split", "side", "flicker", "grid")


class Viewing(QObject):
    """Keeps canvas and actions in step, whichever of them was used."""

    def __init__(self, canvas: CanvasView, actions: ActionSet, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._actions = actions
        self._current = canvas.picture
        self._previous = canvas.picture
        self._before_errors = "sharp"
        for key in PICTURES:
            action = actions[f"view.{key}"]
            action.setData(key)
            action.triggered.connect(self._show_picked)
        for mode in _COMPARE:
            action = actions[f"compare.{mode}"]
            action.setData(mode)
            action.triggered.connect(self._compare_picked)
        actions.on("view.previous", self.show_previous)
        actions.on("view.blur_map", self.toggle_blur_map)
        actions.on("view.errors", self.cycle_errors)
        actions.on("compare.turn", canvas.turn_split)
        actions.on("view.paths", canvas.motion.set_trajectories_visible)
        actions.on("view.fit", canvas.fit)
        actions.on("view.actual", canvas.actual_size)
        actions.held.connect(self._held)
        canvas.pictureChanged.connect(self._picture_changed)
        canvas.compareChanged.connect(self._compare_changed)
        self._mark(self._current)

    def show(self, key: str) -> None:
        """Show one of the pictures by its key."""
        self._canvas.show_picture(key)

    def show_previous(self) -> None:
        """Go back to the picture that was shown before this one."""
        self._canvas.show_picture(self._previous)

    def toggle_blur_map(self) -> None:
        """Show how long the blur is, or what was shown before that."""
        self.show(self._previous if self._current == "blur" else "blur")

    def cycle_errors(self) -> None:
        """From any picture through the error views that there are, and back to that picture."""
        views = [key for key in _ERRORS if self._actions[f"view.{key}"].isEnabled()]
        if self._current not in views:
            self._before_errors = self._current
            self.show(views[0])
        elif self._current == views[-1]:
            self.show(self._before_errors)
        else:
            self.show(views[views.index(self._current) + 1])

    def follow_scrub(self) -> None:
        """Show the video when a hand moves the time; paths over the photo move by themselves."""
        on_photo_with_paths = self._current == "photo" and self._canvas.motion.trajectories_visible
        if self._current in ("photo", "sharp") and not on_photo_with_paths:
            self._canvas.show_picture("frame")

    def _show_picked(self) -> None:
        self.show(_sender(self).data())

    def _compare_picked(self, checked: bool) -> None:
        self._canvas.set_compare(_sender(self).data() if checked else "off")

    def _held(self, id_: str, down: bool) -> None:
        if id_ == "compare.hold":
            self._canvas.hold(down)

    def _picture_changed(self, key: str) -> None:
        if key != self._current:
            self._previous, self._current = self._current, key
        self._mark(key)

    def _compare_changed(self, mode: str) -> None:
        for name in _COMPARE:
            self._actions[f"compare.{name}"].setChecked(name == mode)

    def _mark(self, key: str) -> None:
        self._actions[f"view.{key}"].setChecked(True)


def _sender(receiver: QObject) -> QAction:
    return receiver.sender()  # type: ignore[return-value]
