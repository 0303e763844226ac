"""The turn between photo and picture while a person lets them alternate.

Only the rhythm is kept here; what is seen at each turn is `comparing`'s.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

# Each picture is seen for so long: two changes a second.
TURN_MS = 500


class Flicker(QObject):
    """Says whose turn it is; at rest it is the picture's."""

    turned = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.photo_is_on = False
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self.turn)

    @property
    def is_running(self) -> bool:
        """Whether turns go on by themselves."""
        return self._timer.isActive()

    def run(self, wanted: bool) -> None:
        """Start with the photo, or stop at the picture."""
        if wanted == self.is_running:
            return
        self.photo_is_on = wanted
        if wanted:
            self._timer.start()
        else:
            self._timer.stop()
        self.turned.emit()

    def turn(self) -> None:
        """Let the other one be seen."""
        self.photo_is_on = not self.photo_is_on
        self.turned.emit()
