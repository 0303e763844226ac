"""A picture of the window with its first result, for documents and checks; then the window closes.

It only waits and looks: nothing in the window knows that its picture is taken.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.window import MainWindow
    from blurstudio.app.work import Results

_SETTLING = 500
"""Milliseconds from a result to its picture: the panel opens, the canvas fits, a frame arrives."""


class Screenshot(QObject):
    """Waits for the result of the full pass, saves a picture of the window, ends the program.

    Parameters
    ----------
    window
        The window, already made; photos are opened in it afterwards.
    file
        Where the picture goes; its suffix decides its format.
    """

    def __init__(self, window: MainWindow, file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._file = file
        self._timer = QTimer(self, singleShot=True, interval=_SETTLING)
        self._timer.timeout.connect(self._take)
        window.controller.results_ready.connect(self._see)
        window.bridge.failed.connect(self._give_up)

    def _see(self, results: Results) -> None:
        if not results.quick:
            self._timer.start()

    def _take(self) -> None:
        if self._window.grab().save(str(self._file)):
            self._window.close()
        else:
            self._give_up(f"The picture of the window can't be written to {self._file}.")

    def _give_up(self, sentence: str) -> None:
        sys.stderr.write(sentence + "\n")
        self._window.close()
        QCoreApplication.exit(1)
