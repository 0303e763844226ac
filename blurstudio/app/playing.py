"""What the play actions do to the timeline.

Time itself is the timeline's; frames are the controller's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from blurstudio.app.menus import ActionSet
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
            ("play.loop", timeline.cycle_loop),
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
