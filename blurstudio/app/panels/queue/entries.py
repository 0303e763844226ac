"""The list of the queue: one row for each photo, with its state and what came of it.

It shows what it was told; which row is chosen is all it knows by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from blurstudio.app import theme
from blurstudio.app.panels.queue.words import state_words
from blurstudio.app.saying import say
from blurstudio.session.queue import State

if TYPE_CHECKING:
    from blurstudio.session.queue import Entry, Queue

_NUMBER = Qt.ItemDataRole.UserRole


class QueueList(QTreeWidget):
    """Rows of entries, in the order in which they are worked on."""

    removed = Signal(int)
    """Number of an entry to be taken away: Delete was struck on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: dict[int, tuple[Entry, bool]] = {}
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Photos of the queue"))
        self.setMinimumHeight(120)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setSectionResizeMode(1, header.ResizeMode.ResizeToContents)

    @property
    def chosen(self) -> int | None:
        """Number of the chosen entry."""
        item = self.currentItem()
        return None if item is None else item.data(0, _NUMBER)

    def numbers(self) -> list[int]:
        """Numbers of the rows, from the top to the bottom."""
        return [self._row(row).data(0, _NUMBER) for row in range(self.topLevelItemCount())]

    def words(self, number: int) -> str:
        """Return what a row says of its entry's state."""
        return self._row(self.numbers().index(number)).text(1)

    def choose(self, number: int) -> None:
        """Choose the row of an entry."""
        self.setCurrentItem(self._row(self.numbers().index(number)))

    def show_queue(self, queue: Queue) -> None:
        """Show these entries; rows that say the same already are left alone."""
        wanted = [entry.number for entry in queue.entries]
        if wanted != self.numbers():
            self._lay_out(wanted)
        for row, entry in enumerate(queue.entries):
            if self._shown.get(entry.number) != (entry, queue.paused):
                self._dress(self._row(row), entry, queue.paused)
        self._shown = {entry.number: (entry, queue.paused) for entry in queue.entries}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen entry away by Delete."""
        if event.key() == Qt.Key.Key_Delete and self.chosen is not None:
            self.removed.emit(self.chosen)
            return
        super().keyPressEvent(event)

    def _lay_out(self, wanted: list[int]) -> None:
        """Have a row for each number, in this order, and the same one chosen as before."""
        chosen, row = self.chosen, self.currentIndex().row()
        blocked = self.blockSignals(True)
        rows = {number: self.takeTopLevelItem(0) for number in self.numbers()}
        self.addTopLevelItems([rows.get(number) or self._new_row(number) for number in wanted])
        if chosen in wanted:
            row = wanted.index(chosen)
        if chosen is not None and wanted:
            self.setCurrentItem(self._row(min(row, len(wanted) - 1)))
        self.blockSignals(blocked)
        self.itemSelectionChanged.emit()

    def _row(self, place: int) -> QTreeWidgetItem:
        item = self.topLevelItem(place)
        assert item is not None
        return item

    def _new_row(self, number: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(0, _NUMBER, number)
        return item

    def _dress(self, item: QTreeWidgetItem, entry: Entry, paused: bool) -> None:
        state = state_words(entry.state, paused=paused)
        item.setText(0, entry.photo.name)
        item.setText(1, state)
        item.setToolTip(0, str(entry.photo))
        item.setToolTip(1, say(entry.sentence))
        quiet = self.palette().brush(QPalette.ColorRole.PlaceholderText)
        colours = {State.FAILED: QBrush(theme.ERROR), State.RUNNING: QBrush(theme.LINK)}
        item.setForeground(1, colours.get(entry.state, quiet))
        font = self.font()
        font.setBold(entry.state is State.RUNNING)
        item.setFont(0, font)
