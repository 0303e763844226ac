"""The onion skin: switched by its action or its button, adjusted in the view controls, kept.

It says which neighbours are wanted; frames are made by the lanes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.engine.drawing.onion import MOST_NEIGHBOURS, Onion

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.settings import Settings


class OnionSkin(QObject):
    """Keeps action, button, controls and the requests for frames in step."""

    changed = Signal()
    """The number of neighbours or their opacity is another."""

    def __init__(
        self, controller: PhotoController, parts: Parts, commands: ActionSet, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._frames = controller.frames
        self._canvas = parts.canvas
        self._timeline = parts.timeline
        self._action = commands["view.onion"]
        self._button = parts.timeline.transport.onion_button
        self._count = Onion.count
        self._opacity = Onion.opacity
        self._action.triggered.connect(self._switched)
        self._action.toggled.connect(self._show)
        self._button.clicked.connect(self._action.trigger)
        self._timeline.frameCountChanged.connect(self._renew)

    @property
    def visible(self) -> bool:
        """Whether neighbours show through the video."""
        return self._action.isChecked()

    @property
    def count(self) -> int:
        """Neighbours on each side."""
        return self._count

    @property
    def opacity(self) -> float:
        """How much of the picture they are, [0, 1]."""
        return self._opacity

    def set_count(self, count: int) -> None:
        """Let so many neighbours show through on each side, clamped to 1 ... 5."""
        self._count = min(max(count, 1), MOST_NEIGHBOURS)
        self._renew()
        self.changed.emit()

    def set_opacity(self, opacity: float) -> None:
        """Let them be so much of the picture, clamped to [0, 1]."""
        self._opacity = min(max(opacity, 0.0), 1.0)
        self._renew()
        self.changed.emit()

    def apply(self, settings: Settings) -> None:
        """Have it as when the window was last closed."""
        self._count, self._opacity = settings.onion_count, settings.onion_opacity
        self._action.setChecked(settings.show_onion)
        self._renew()
        self.changed.emit()

    def remembered(self, settings: Settings) -> Settings:
        """Write down how it is set."""
        return replace(
            settings,
            show_onion=self.visible,
            onion_count=self._count,
            onion_opacity=self._opacity,
        )

    def _switched(self, wanted: bool) -> None:
        """Show what it is for: elsewhere than in the video nothing of it would be seen."""
        if wanted:
            self._canvas.show_picture("frame")

    def _show(self, wanted: bool) -> None:
        self._button.setChecked(wanted)
        self._renew()

    def _renew(self) -> None:
        step = 1 / (self._timeline.frame_count - 1)
        onion = Onion(self._count, self._opacity, step) if self.visible else None
        self._frames.look_through(onion)
