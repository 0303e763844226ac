"""Halving big pictures in slices of a few milliseconds, when the window has nothing else to do.

No threads: a slice is a strip of rows, and between slices the window answers. What is on
screen meanwhile is drawn from the level at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from blurstudio.app.canvas.picture import Picture

# About 1.5 megapixels a strip: 2 to 3 ms.
_PIXELS_PER_SLICE = 1 << 20


class LevelBuilder(QObject):
    """Builds the levels that were asked for, one strip per turn of the event loop."""

    levelReady = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: list[Picture] = []
        self._target: QImage | None = None
        self._row = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.work)

    @property
    def busy(self) -> bool:
        """Whether a level is being built or waits for its turn."""
        return bool(self._queue)

    def request(self, picture: Picture) -> None:
        """Ask for the next level of a picture; asking twice is asking once."""
        if all(waiting is not picture for waiting in self._queue):
            self._queue.append(picture)
        self._timer.start()

    def forget(self, picture: Picture) -> None:
        """Drop a picture that is no longer shown."""
        if self._queue and self._queue[0] is picture:
            self._target = None
        self._queue = [waiting for waiting in self._queue if waiting is not picture]

    def pause(self) -> None:
        """Stop working; the queue stays."""
        self._timer.stop()

    def resume(self) -> None:
        """Work on if there is anything to do."""
        if self._queue:
            self._timer.start()

    def work(self) -> None:
        """Do one slice."""
        if not self._queue:
            self._timer.stop()
            return
        picture = self._queue[0]
        source = picture.smallest
        if self._target is None:
            size = ((source.width() + 1) // 2, (source.height() + 1) // 2)
            self._target = QImage(*size, QImage.Format.Format_RGB32)
            self._row = 0
        # Strips start at even rows, so that every row of the level has its own pair.
        rows = max(2, _PIXELS_PER_SLICE // source.width() // 2 * 2)
        self._row = _halve_rows(source, self._target, self._row, rows)
        if self._row >= source.height():
            picture.add_level(self._target)
            self._target = None
            self._queue.pop(0)
            self.levelReady.emit()


def _halve_rows(source: QImage, target: QImage, start: int, rows: int) -> int:
    """Scale rows ``start`` to ``start + rows`` into the target; returns the next row."""
    stop = min(start + rows, source.height())
    strip = source.copy(QRect(0, start, source.width(), stop - start))
    half = strip.scaled(
        target.width(),
        (stop - start + 1) // 2,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    painter = QPainter(target)
    painter.drawImage(0, start // 2, half)
    painter.end()
    return stop
