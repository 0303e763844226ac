"""The queue's panel: the list, how far it is, and the buttons for it.

It shows what it was told and says what a person wishes; the queue itself is worked on elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from blurstudio.app.panels.labels import words
from blurstudio.app.panels.queue.entries import QueueList
from blurstudio.app.panels.queue.words import summary
from blurstudio.app.saying import say
from blurstudio.session.queue import Queue, State

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = 1000


class QueuePanel(QWidget):
    """List, progress and buttons, one under the other."""

    pause_asked = Signal(bool)
    removed = Signal(int)
    moved = Signal(int, int)
    """Number of an entry, and how far down (negative: up)."""
    retry_asked = Signal()
    clear_asked = Signal()
    show_asked = Signal(int)
    """Number of an entry whose results are to be seen."""
    photo_asked = Signal()
    folder_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._queue = Queue()
        self.summary = words(self)
        self.list = QueueList(self)
        self.sentence = words(self, quiet=True)
        self.doing = words(self, quiet=True)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(self.tr("How far the queue is"))
        self.pause = self._button(
            self.tr("Pause"),
            self.tr("Let the queue rest where it is, or go on"),
            self._ask_pause,
        )
        self.remove = self._button(
            self.tr("Remove"),
            self.tr("Take the chosen photo out of the queue; if it is at work, stop that"),
            self._ask_remove,
        )
        self.up = self._button(self.tr("Up"), self.tr("Do the chosen photo sooner"), self._ask_up)
        self.down = self._button(
            self.tr("Down"), self.tr("Do the chosen photo later"), self._ask_down
        )
        self.show_folder = self._button(
            self.tr("Show folder"),
            self.tr("Open the folder with the results of the chosen photo"),
            self._ask_show,
        )
        self.retry = self._button(
            self.tr("Retry failed"), self.tr("Do the failed photos again"), self.retry_asked
        )
        self.clear = self._button(
            self.tr("Clear finished"),
            self.tr("Take what is done or was left out off the list; files stay"),
            self.clear_asked,
        )
        self.photo = self._button(
            self.tr("Queue this photo…"),
            self.tr("Write results of the photo on show later, as it is chosen and edited now"),
            self.photo_asked,
        )
        self.folder = self._button(
            self.tr("Queue a folder…"),
            self.tr("Write results of every photo in a folder"),
            self.folder_asked,
        )
        self._lay_out()
        self.list.itemSelectionChanged.connect(self._follow)
        self.list.itemActivated.connect(self._ask_show)
        self.list.removed.connect(self.removed)
        self.show_queue(self._queue)

    def show_queue(self, queue: Queue) -> None:
        """Show a queue."""
        self._queue = queue
        self.summary.setText(summary(queue))
        self.pause.setText(self.tr("Go on") if queue.paused else self.tr("Pause"))
        self.list.setVisible(bool(queue.entries))
        self.list.show_queue(queue)
        if queue.running is None:
            self.show_progress(0.0, "")
        else:
            self._move_bar(0.0)
        self._follow()

    def show_progress(self, fraction: float, text: str) -> None:
        """Show how far the running entry is, [0, 1], and what is being done."""
        running = self._queue.running
        self.doing.setText("" if running is None else f"{running.photo.name}: {text}")
        self.doing.setVisible(running is not None and bool(text))
        self._move_bar(fraction)

    def allow_photo(self, there: bool) -> None:
        """Say whether a photo is on show that could be queued."""
        self.photo.setEnabled(there)

    def _move_bar(self, fraction: float) -> None:
        """Move the bar: all entries together, the running one by its fraction."""
        entries = self._queue.entries
        done = len(entries) - self._queue.left
        self.bar.setVisible(self._queue.left > 0)
        self.bar.setValue(round(_STEPS * (done + fraction) / max(len(entries), 1)))

    def _follow(self) -> None:
        """Bring buttons and sentence in line with what is chosen."""
        queue, chosen = self._queue, self.list.chosen
        entry = None if chosen is None else queue.find(chosen)
        counts = queue.counts()
        self.sentence.setText("" if entry is None else say(entry.sentence))
        self.sentence.setVisible(entry is not None and bool(entry.sentence))
        self.remove.setEnabled(entry is not None)
        self.up.setEnabled(entry is not None and entry != queue.entries[0])
        self.down.setEnabled(entry is not None and entry != queue.entries[-1])
        self.show_folder.setEnabled(entry is not None and entry.home is not None)
        self.retry.setEnabled(counts[State.FAILED] > 0)
        self.clear.setEnabled(counts[State.DONE] + counts[State.SKIPPED] > 0)
        self.pause.setEnabled(queue.left > 0 or queue.paused)

    def _ask_pause(self) -> None:
        self.pause_asked.emit(not self._queue.paused)

    def _ask_remove(self) -> None:
        if self.list.chosen is not None:
            self.removed.emit(self.list.chosen)

    def _ask_up(self) -> None:
        self._ask_move(-1)

    def _ask_down(self) -> None:
        self._ask_move(1)

    def _ask_move(self, by: int) -> None:
        if self.list.chosen is not None:
            self.moved.emit(self.list.chosen, by)

    def _ask_show(self) -> None:
        if self.list.chosen is not None and self.show_folder.isEnabled():
            self.show_asked.emit(self.list.chosen)

    def _button(
        self, text: str, tip: str, pressed: Callable[[], None] | SignalInstance
    ) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.clicked.connect(pressed)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 14)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addWidget(self.bar)
        column.addWidget(self.doing)
        column.addWidget(self.list, 1)
        column.addWidget(self.sentence)
        grid = QGridLayout()
        grid.setSpacing(6)
        rows = (
            (self.pause, self.remove),
            (self.up, self.down),
            (self.retry, self.clear),
            (self.show_folder,),
            (self.photo, self.folder),
        )
        for row, buttons in enumerate(rows):
            for place, button in enumerate(buttons):
                grid.addWidget(button, row, place, 1, 3 - len(buttons))
        column.addLayout(grid)
        column.addStretch(0)
