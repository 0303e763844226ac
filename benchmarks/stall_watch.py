"""How long the GUI thread keeps the event loop waiting, and what it did meanwhile.

A timer of the loop itself ticks every few milliseconds; what lies between two ticks beyond that is
a stall. What is being done at the time, the caller says.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from types import FrameType

_TICK = 0.005
_LOOK = 0.01
_WORTH_A_LOOK = 0.03
_HOUSE = "blurstudio"


@dataclass(frozen=True)
class Stall:
    """The longest gap of one phase.

    Parameters
    ----------
    seconds : float
        By the clock; 0 where every tick came in time.
    worked : float
        Processor time that the GUI thread took in it, s; where it is far less, the thread itself
        had to wait.
    where : str
        Innermost function of this program that the thread was seen in, or nothing.
    """

    seconds: float = 0.0
    worked: float = 0.0
    where: str = ""


class StallWatch(QObject):
    """Watches the event loop of the thread that makes it.

    Attributes
    ----------
    longest
        The longest stall of each phase so far.
    most_worked
        The stall in which the thread itself worked longest, of each phase.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest: dict[str, Stall] = {}
        self.most_worked: dict[str, Stall] = {}
        self._phase = ""
        self._last = (time.perf_counter(), time.thread_time())
        self._where = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 * _TICK))
        self._timer.timeout.connect(self._tick)
        self._thread = threading.get_ident()
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, name="stall-looker", daemon=True)

    def start(self, phase: str) -> None:
        """Watch from now on."""
        self.begin(phase)
        self._timer.start()
        self._looker.start()

    def begin(self, phase: str) -> None:
        """Count what comes now as another phase."""
        if self._phase:
            self._tick()
        self._phase = phase
        self.longest.setdefault(phase, Stall())
        self.most_worked.setdefault(phase, Stall())
        self._last = (time.perf_counter(), time.thread_time())

    def stop(self) -> None:
        """Watch no longer."""
        self._tick()
        self._timer.stop()
        self._over.set()
        self._looker.join()

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        gap, worked = (after - before for after, before in zip(now, self._last, strict=True))
        stall = Stall(max(0.0, gap - _TICK), worked, self._where)
        if stall.seconds > self.longest[self._phase].seconds:
            self.longest[self._phase] = stall
        if stall.worked > self.most_worked[self._phase].worked:
            self.most_worked[self._phase] = stall
        self._last, self._where = now, ""

    def _look(self) -> None:
        """Look, from another thread, what the watched one does while it doesn't answer."""
        while not self._over.wait(_LOOK):
            if time.perf_counter() - self._last[0] > _WORTH_A_LOOK:
                frame = sys._current_frames().get(self._thread)
                self._where = innermost(frame) or self._where


def innermost(frame: FrameType | None) -> str:
    """Return the innermost function of this program on a stack."""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.split(".")[0] == _HOUSE:
            return f"{module.removeprefix(_HOUSE + '.')}.{frame.f_code.co_qualname}"
        frame = frame.f_back
    return ""
