"""What the play actions do to the timeline, and what is kept of how a person likes to play.

Time itself is the timeline's; frames are the controller's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.settings import Settings
    from blurstudio.app.timeline import Timeline

_FAR = 10


class Playing(QObject):
    """Connects actions and timeline."""

    def __init__(self, timeline: Timeline, actions: ActionSet, parent: QObject) -> None:
        super().__init__(parent)
        self._timeline = timeline
        for id_, slot in (
            ("play.toggle", timeline.toggle_play),
            ("play.reverse", timeline.reverse),
            ("play.stop", timeline.stop),
            ("play.forward", timeline.forward),
            ("play.start", timeline.go_start),
            ("play.end", timeline.go_end),
            ("play.in", timeline.mark_in),
            ("play.out", timeline.mark_out),
            ("play.whole", timeline.unmark),
            ("play.loop", timeline.cycle_loop),
            ("play.slower", self.slower),
            ("play.faster", self.faster),
            ("play.normal", self.play_normally),
            ("play.previous", self.previous),
            ("play.next", self.next),
            ("play.back", self.back),
            ("play.on", self.on),
        ):
            actions.on(id_, slot)

    def previous(self) -> None:
        """One frame back."""
        self._timeline.step(-1)

    def next(self) -> None:
        """One frame on."""
        self._timeline.step(1)

    def back(self) -> None:
        """Ten frames back."""
        self._timeline.step(-_FAR)

    def on(self) -> None:
        """Ten frames on."""
        self._timeline.step(_FAR)

    def slower(self) -> None:
        """Play at the next slower speed."""
        self._timeline.change_speed(-1)

    def faster(self) -> None:
        """Play at the next faster speed."""
        self._timeline.change_speed(1)

    def play_normally(self) -> None:
        """Play at normal speed."""
        self._timeline.set_speed(1.0)

    # How many frames, how fast and whether in a loop is a habit that goes from photo to photo, as
    # in a video player; the marked part names moments of one photo and is kept in its document.

    def apply(self, settings: Settings) -> None:
        """Play as when the window was last closed."""
        self._timeline.set_frame_count(settings.frame_count)
        self._timeline.set_speed(settings.play_speed)
        self._timeline.set_loop_mode(settings.loop_mode)

    def remembered(self, settings: Settings) -> Settings:
        """Write down how it is played."""
        return replace(
            settings,
            frame_count=self._timeline.frame_count,
            play_speed=self._timeline.speed,
            loop_mode=self._timeline.loop_mode,
        )
