"""Playing: which way, how fast, what happens at the ends, and the buttons for it.

What is played, and what is seen of it, is the timeline's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from blurstudio.app.timeline.player import LoopMode, Player
from blurstudio.app.timeline.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent


class Playback(QWidget):
    """A player and its buttons, joined.

    Parameters
    ----------
    parent
        Owner.
    clock
        Seconds; by default a monotonic clock.
    """

    playingChanged = Signal(bool)
    loopModeChanged = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, clock: Callable[[], float] | None = None
    ) -> None:
        super().__init__(parent)
        self.player = Player(self, clock)
        self.transport = Transport(self)
        self.player.playingChanged.connect(self.transport.set_playing)
        self.player.playingChanged.connect(self.playingChanged)
        self.player.speedChanged.connect(self.transport.set_speed)
        self.player.loopModeChanged.connect(self._show_loop_mode)
        self.transport.reversePressed.connect(self.reverse)
        self.transport.playPressed.connect(self.toggle_play)
        self.transport.forwardPressed.connect(self.forward)
        self.transport.loopPressed.connect(self.cycle_loop)
        self.transport.speedPicked.connect(self.player.choose_speed)

    @property
    def playing(self) -> bool:
        """Whether the clock moves the moment."""
        return self.player.playing

    @property
    def loop_mode(self) -> str:
        """What happens at the ends: "off", "loop" or "ping-pong"."""
        return self.player.mode.value

    def set_loop_mode(self, mode: str) -> None:
        """Choose what happens at the ends: "off", "loop" or "ping-pong"."""
        self.player.set_mode(LoopMode(mode))

    def cycle_loop(self) -> None:
        """Go from off to loop to ping-pong to off."""
        modes = list(LoopMode)
        self.player.set_mode(modes[(modes.index(self.player.mode) + 1) % len(modes)])

    @property
    def speed(self) -> float:
        """Times the normal speed that playing begins with, above 0."""
        return self.player.chosen_speed

    def set_speed(self, speed: float) -> None:
        """Play at a speed from now on; the nearest that is offered is taken."""
        self.player.choose_speed(speed)

    def change_speed(self, steps: int) -> None:
        """Play at the next faster speed from now on, or below zero the next slower one."""
        self.player.change_speed(steps)

    def toggle_play(self) -> None:
        """Play on in the direction of the last time, or pause."""
        if self.playing:
            self.player.pause()
        else:
            self.player.play(self.player.speed)

    def reverse(self) -> None:
        """Play backwards; again: twice as fast."""
        self.player.hasten(-1)

    def forward(self) -> None:
        """Play forward; again: twice as fast."""
        self.player.hasten(1)

    def stop(self) -> None:
        """Stand still at the moment reached."""
        self.player.pause()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause: what nobody sees needn't play."""
        super().hideEvent(event)
        self.player.pause()

    def _show_loop_mode(self, mode: str) -> None:
        self.transport.set_loop_mode(LoopMode(mode))
        self.loopModeChanged.emit(mode)
