"""The timeline: the moment of the exposure that is looked at, and playing through it.

Owns the time; the window listens to it. Frames are rendered elsewhere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from blurstudio.app.timeline.player import LoopMode, Player
from blurstudio.app.timeline.readout import readout, readout_tip
from blurstudio.app.timeline.scrubber import Scrubber
from blurstudio.app.timeline.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QHideEvent, QKeyEvent

FEWEST_FRAMES = 2
MOST_FRAMES = 999
_FIRST_COUNT = 15
_LEAP = 10
# A moment this near to a frame, in frames, is on it.
_ON_FRAME = 1e-4


class Timeline(QWidget):
    """Film strip, scrub bar, transport and frame count.

    Parameters
    ----------
    parent
        Owner.
    clock
        Seconds; by default a monotonic clock.
    """

    timeChanged = Signal(float)
    playingChanged = Signal(bool)
    frameCountChanged = Signal(int)
    loopModeChanged = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, clock: Callable[[], float] | None = None
    ) -> None:
        super().__init__(parent)
        self._time = 0.0
        self._count = _FIRST_COUNT
        self._exposure_time: float | None = None
        self.player = Player(self, clock)
        self.player.set_count(self._count)
        self.scrubber = Scrubber(self)
        self.scrubber.set_frame_count(self._count)
        self.transport = Transport(self)
        self.count_box = QSpinBox(self)
        self.time_label = QLabel(self)
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline")
        self._follow()
        self._show_time()

    @property
    def time(self) -> float:
        """Moment in [-1/2, 1/2] of the exposure; setting clamps and stops nothing."""
        return self._time

    @time.setter
    def time(self, time: float) -> None:
        if self._set_time(time):
            self._follow()

    def set_time(self, time: float) -> None:
        """Go to a moment; clamped to [-1/2, 1/2]."""
        self.time = time

    @property
    def playing(self) -> bool:
        """Whether the clock moves the moment."""
        return self.player.playing

    @property
    def frame_count(self) -> int:
        """How many frames the exposure is divided into."""
        return self._count

    def set_frame_count(self, count: int) -> None:
        """Divide the exposure into ``count`` frames, clamped to 2 ... 999."""
        count = min(max(count, FEWEST_FRAMES), MOST_FRAMES)
        if count == self._count:
            return
        self._count = count
        self.player.set_count(count)
        self.scrubber.set_frame_count(count)
        with QSignalBlocker(self.count_box):
            self.count_box.setValue(count)
        self.frameCountChanged.emit(count)

    def set_exposure_time(self, seconds: float | None) -> None:
        """Tell how long the shutter was open, or None: moments are then told in percent."""
        known = seconds is not None and math.isfinite(seconds) and seconds > 0
        self._exposure_time = seconds if known else None
        self._show_time()

    def set_thumbnails(self, pictures: Sequence[NDArray[np.uint8]]) -> None:
        """Show small frames, uint8 (H, W, 3), at times linspace(-1/2, 1/2, N)."""
        self.scrubber.set_thumbnails(pictures)

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

    def step(self, frames: int) -> None:
        """Stand still ``frames`` further; from between two frames the first step goes to one."""
        self.player.pause()
        place = (self._time + 0.5) * (self._count - 1)
        if abs(place - round(place)) < _ON_FRAME:
            place = round(place)
        target = (math.floor(place) if frames > 0 else math.ceil(place)) + frames
        self.time = min(max(target, 0), self._count - 1) / (self._count - 1) - 0.5

    def go_start(self) -> None:
        """Stand still where the shutter opens."""
        self.player.pause()
        self.time = -0.5

    def go_end(self) -> None:
        """Stand still where the shutter closes."""
        self.player.pause()
        self.time = 0.5

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer to the keys of the transport when no action of the window did."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        far = _LEAP if shift else 1
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Comma:
                self.step(-far)
            case Qt.Key.Key_Right | Qt.Key.Key_Period:
                self.step(far)
            case Qt.Key.Key_Home:
                self.go_start()
            case Qt.Key.Key_End:
                self.go_end()
            case Qt.Key.Key_Space:
                self.toggle_play()
            case Qt.Key.Key_J:
                self.reverse()
            case Qt.Key.Key_K:
                self.stop()
            case Qt.Key.Key_L if not event.modifiers():
                self.forward()
            case _:
                super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause: what nobody sees needn't play."""
        super().hideEvent(event)
        self.player.pause()

    def _set_time(self, time: float) -> bool:
        clamped = 0.0 if math.isnan(time) else min(max(time, -0.5), 0.5)
        if clamped == self._time:
            return False
        self._time = clamped
        self.scrubber.set_time(clamped)
        self._show_time()
        self.timeChanged.emit(clamped)
        return True

    def _follow(self) -> None:
        """Let playing go on from here."""
        self.player.seek((self._time + 0.5) * (self._count - 1))

    def _show_frame(self, frame: int) -> None:
        self._set_time(frame / (self._count - 1) - 0.5)

    def _scrub(self, time: float) -> None:
        self.time = time

    def _show_time(self) -> None:
        self.time_label.setText(readout(self._time, self._exposure_time))
        self.time_label.setToolTip(readout_tip(self._exposure_time))

    def _connect(self) -> None:
        self.player.framePlayed.connect(self._show_frame)
        self.player.playingChanged.connect(self.transport.set_playing)
        self.player.playingChanged.connect(self.playingChanged)
        self.player.speedChanged.connect(self.transport.set_speed)
        self.player.loopModeChanged.connect(self._show_loop_mode)
        self.scrubber.pressed.connect(self.stop)
        self.scrubber.pressed.connect(self.setFocus)
        self.scrubber.scrubbed.connect(self._scrub)
        self.transport.reversePressed.connect(self.reverse)
        self.transport.playPressed.connect(self.toggle_play)
        self.transport.forwardPressed.connect(self.forward)
        self.transport.loopPressed.connect(self.cycle_loop)
        self.count_box.valueChanged.connect(self.set_frame_count)

    def _show_loop_mode(self, mode: str) -> None:
        self.transport.set_loop_mode(LoopMode(mode))
        self.loopModeChanged.emit(mode)

    def _lay_out(self) -> None:
        self.count_box.setRange(FEWEST_FRAMES, MOST_FRAMES)
        self.count_box.setValue(self._count)
        self.count_box.setSuffix(" frames")
        self.count_box.setKeyboardTracking(False)
        self.count_box.setAccessibleName("Number of frames")
        self.count_box.setToolTip("How many frames the exposure is divided into")
        self.time_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.time_label.setAccessibleName("Moment of the exposure")
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.time_label)
        column.addWidget(self.count_box)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 12, 6)
        row.setSpacing(10)
        row.addWidget(self.transport)
        row.addWidget(self.scrubber, 1)
        row.addLayout(column)
