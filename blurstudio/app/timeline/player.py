"""Playing through the exposure: the moment follows a clock, so a slow computer drops frames.

No widget: the clock may be replaced, and `tick` may be called by hand.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME_RATE = 24.0
# Few frames are held longer, so that one pass through the exposure can be followed by eye.
SHORTEST_PASS = 1.0
SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
FASTEST = SPEEDS[-1]
_TICK_MS = 8


def rate_of(count: int) -> float:
    """Frames per second at normal speed of an exposure divided into ``count`` frames."""
    return min(FRAME_RATE, (count - 1) / SHORTEST_PASS)


class LoopMode(StrEnum):
    """What happens at the ends."""

    OFF = "off"
    LOOP = "loop"
    PING_PONG = "ping-pong"


def nearest_speed(speed: float) -> float:
    """Return the speed that is offered and nearest to another one, as a factor above 0."""
    wanted = math.log(min(max(abs(speed), SPEEDS[0]), FASTEST))
    return min(SPEEDS, key=lambda offered: abs(math.log(offered) - wanted))


class Player(QObject):
    """Plays frames 0 ... count - 1, evenly in time; which moments they are isn't known here.

    Parameters
    ----------
    parent
        Owner.
    clock
        Seconds since some moment; by default a monotonic clock.
    """

    framePlayed = Signal(int)
    playingChanged = Signal(bool)
    speedChanged = Signal(float)
    loopModeChanged = Signal(str)

    def __init__(self, parent: QObject, clock: Callable[[], float] | None = None) -> None:
        super().__init__(parent)
        self._elapsed = QElapsedTimer()
        self._elapsed.start()
        self._clock = clock or self._seconds
        self._count = 2
        self._mode = LoopMode.OFF
        self._rate = rate_of(self._count)
        self._speed = 1.0
        self._chosen = 1.0
        self._playing = False
        self._start_time = 0.0
        self._start_place = 0.0
        self._shown = -1
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def playing(self) -> bool:
        """Whether the clock moves the moment."""
        return self._playing

    @property
    def speed(self) -> float:
        """Times the normal speed, below zero backwards; also while paused."""
        return self._speed

    @property
    def chosen_speed(self) -> float:
        """Times the normal speed that playing begins with, above 0."""
        return self._chosen

    @property
    def mode(self) -> LoopMode:
        """What happens at the ends."""
        return self._mode

    @property
    def rate(self) -> float:
        """Frames per second at normal speed."""
        return self._rate

    def set_count(self, count: int, rate: float | None = None) -> None:
        """Play ``count`` frames, at least 2, going on at the same share of them.

        Parameters
        ----------
        count
            How many.
        rate
            Of them per second at normal speed; by default as for a whole exposure of so many.
        """
        self._turn_to_travel()
        place = self._place() * (count - 1) / (self._count - 1)
        self._count = count
        self._rate = rate or rate_of(count)
        self._anchor(min(place, float(count - 1)))

    def choose_speed(self, speed: float) -> None:
        """Play at a speed from now on; the nearest of `SPEEDS` is taken, the direction stays."""
        self._chosen = nearest_speed(speed)
        speed = math.copysign(self._chosen, self.travel)
        if self._playing:
            self.play(speed)
        else:
            self._speed = speed
            self.speedChanged.emit(speed)

    def set_mode(self, mode: LoopMode) -> None:
        """Choose what happens at the ends."""
        if mode is not self._mode:
            self._turn_to_travel()
            self._mode = mode
            self.loopModeChanged.emit(mode.value)

    def change_speed(self, steps: int) -> None:
        """Play so many speeds of `SPEEDS` faster from now on, or below zero slower."""
        place = SPEEDS.index(nearest_speed(self._speed)) + steps
        self.choose_speed(SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])

    def seek(self, place: float) -> None:
        """Go on from ``place`` in frames, in [0, count - 1]."""
        self._turn_to_travel()
        self._anchor(place)

    def play(self, speed: float) -> None:
        """Play at ``speed``; from the other end where there is nothing left to play."""
        place = self._place()
        last = self._count - 1
        if self._mode is LoopMode.OFF:
            if speed > 0 and place >= last:
                place = 0.0
            elif speed < 0 and place <= 0:
                place = float(last)
        self._speed = speed
        self._anchor(place if self._playing else round(place))
        self.speedChanged.emit(speed)
        if not self._playing:
            self._playing = True
            self._shown = -1
            self._timer.start()
            self.playingChanged.emit(True)
        self.tick()

    def hasten(self, way: int) -> None:
        """Play forward (1) or backwards (-1); when already under way, at the next faster speed."""
        travel = self.travel
        if self._playing and travel * way > 0:
            faster = [speed for speed in SPEEDS if speed > abs(travel)]
            self.play(math.copysign(faster[0] if faster else FASTEST, way))
        else:
            self.play(way * self._chosen)

    def pause(self) -> None:
        """Stand still; the direction is kept, the speed is the chosen one again."""
        way = math.copysign(self._chosen, self.travel)
        changed = way != self._speed
        self._speed = way
        self._anchor(self._shown if self._playing else self._place())
        self._timer.stop()
        if self._playing:
            self._playing = False
            self.playingChanged.emit(False)
        if changed:
            self.speedChanged.emit(way)

    @property
    def travel(self) -> float:
        """Speed with the direction it has now, after the turns of ping-pong."""
        if self._mode is not LoopMode.PING_PONG or not self._playing:
            return self._speed
        last = self._count - 1
        turned = math.floor(self._run() / last) % 2
        return -self._speed if turned else self._speed

    def tick(self) -> None:
        """Show the frame that is due."""
        if not self._playing:
            return
        place = self._place()
        forward = self.travel > 0
        # A frame is shown from its own moment on: whole frames behind the direction of travel.
        frame = math.floor(place + 1e-6) if forward else math.ceil(place - 1e-6)
        # Only a loop leaves [0, count - 1]: between the last frame and the first.
        frame %= self._count
        if frame != self._shown:
            self._shown = frame
            self.framePlayed.emit(frame)
        if self._mode is LoopMode.OFF and frame == (self._count - 1 if forward else 0):
            self.pause()

    def _run(self) -> float:
        """Frames run since the start, counted from frame 0, without turning at the ends."""
        if not self._playing:
            return self._start_place
        return self._start_place + (self._clock() - self._start_time) * self.rate * self._speed

    def _place(self) -> float:
        """Place in frames, in [0, count - 1]; for a loop up to count, where the first follows."""
        run = self._run()
        last = self._count - 1
        if not self._playing or self._mode is LoopMode.OFF:
            return min(max(run, 0.0), float(last))
        if self._mode is LoopMode.LOOP:
            return run % self._count
        folded = run % (2 * last)
        return folded if folded <= last else 2 * last - folded

    def _turn_to_travel(self) -> None:
        """Make the direction of ping-pong's present way the direction."""
        place, travel = self._place(), self.travel
        self._speed = travel
        self._anchor(min(place, float(self._count - 1)))

    def _anchor(self, place: float) -> None:
        self._start_place = place
        self._start_time = self._clock()

    def _seconds(self) -> float:
        return self._elapsed.nsecsElapsed() * 1e-9
