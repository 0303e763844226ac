"""Ctrl+C in the terminal closes the window, as its cross would.

Python runs signal handlers only between its own instructions, and Qt's loop executes none while
nothing happens; a byte in a socket wakes it.
"""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

if TYPE_CHECKING:
    from types import FrameType


class Interrupt(QObject):
    """Emits `asked` when the process gets SIGINT or SIGTERM; made and closed in the main thread."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours, self._pythons = socket.socketpair()
        for end in (self._ours, self._pythons):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._wakeup_before = signal.set_wakeup_fd(self._pythons.fileno())
        self._before = {
            number: signal.signal(number, self._nothing)
            for number in (signal.SIGINT, signal.SIGTERM)
        }

    def close(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._pythons.close()

    def _nothing(self, _number: int, _frame: FrameType | None) -> None:
        """Let Python write the byte; that is all it is for."""

    def _woken(self) -> None:
        self._ours.recv(64)
        self.asked.emit()
