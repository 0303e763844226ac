"""A picture of the window itself, taken once the full result is there: `blurstudio --screenshot`.

For the documents and for checking that an installation works; a person's settings are not touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from blurstudio.errors import BlurStudioError, ExportError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from blurstudio.app.photo.work import Results
    from blurstudio.app.window import MainWindow

# What is made for looks alone, as legends and figures, comes a moment later.
_SETTLE_MS = 500


class Screenshot(QObject):
    """Waits for a window's first full result, saves a picture of the window, and closes it."""

    finished = Signal()

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._full = False
        self.problem: BlurStudioError | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._take)
        window.controller.results_ready.connect(self._results_ready)
        window.controller.frames.ready.connect(self._frame_ready)
        bridge = window.bridge
        for failed in (bridge.failed, bridge.photo_failed, bridge.crashed):
            failed.connect(self._failed)
        self.finished.connect(window.close_now)

    def _results_ready(self, results: Results) -> None:
        self._full = not results.quick

    def _frame_ready(self, _time: float, _picture: QImage) -> None:
        if self._full:
            self._settle.start()

    def _take(self) -> None:
        if not self._window.grab().save(str(self._path)):
            self.problem = ExportError(
                self.tr(
                    "The picture of the window can't be saved as {path}; name a .png file in "
                    "a folder that exists and may be written to."
                ).format(path=self._path)
            )
        self.finished.emit()

    def _failed(self, sentence: str) -> None:
        self.problem = BlurStudioError(sentence)
        self.finished.emit()
