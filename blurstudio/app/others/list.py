"""The list of others: the photo first, then whatever is compared; boxes choose who is in the grid.

It shows what it was told and says what a person wishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from blurstudio.app.others import words

if TYPE_CHECKING:
    from blurstudio.app.others.entries import Entries, Entry

_SLOT = Qt.ItemDataRole.UserRole
_LEAST_ROWS = 4


class OtherList(QListWidget):
    """Rows of others."""

    picked = Signal(str)
    """Slot of the row that was chosen; empty for the photo."""
    ticked = Signal(str, bool)
    """A slot, and whether it is wanted in the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._showing = False
        # After a click the keys stay with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Compared with"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumHeight(_LEAST_ROWS * 2 * self.fontMetrics().height())
        self.currentItemChanged.connect(self._pick)
        self.itemChanged.connect(self._tick)

    def show_entries(self, entries: Entries) -> None:
        """Show these others, the picked one chosen."""
        self._showing = True
        self.clear()
        photo = QListWidgetItem(self.tr("The photo"), self)
        photo.setData(_SLOT, "")
        photo.setToolTip(self.tr("Split line, side by side and flicker show the photo"))
        self.setCurrentItem(photo)
        for entry in entries:
            item = self._row(entry)
            if entry.slot == entries.picked:
                self.setCurrentItem(item)
        self._showing = False

    def slots(self) -> list[str]:
        """Slots of the rows, the photo's empty one first."""
        return [self.item(row).data(_SLOT) for row in range(self.count())]

    def _row(self, entry: Entry) -> QListWidgetItem:
        item = QListWidgetItem(self)
        item.setData(_SLOT, entry.slot)
        below = entry.trouble
        if entry.agreement is not None:
            below = words.short(entry.agreement)
        elif not below:
            below = self.tr("being compared …")
        item.setText(f"{entry.name}\n{below}")
        item.setToolTip(
            entry.trouble
            or self.tr(
                "Chosen, it takes the photo's place in split line, side by side and flicker; the "
                "box puts it into the grid"
            )
        )
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if entry.reference is not None:
            item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if entry.in_grid else Qt.CheckState.Unchecked)
        else:
            item.setFlags(flags)
        return item

    def _pick(self, item: QListWidgetItem | None) -> None:
        if not self._showing and item is not None:
            self.picked.emit(item.data(_SLOT))

    def _tick(self, item: QListWidgetItem) -> None:
        if not self._showing:
            self.ticked.emit(item.data(_SLOT), item.checkState() is Qt.CheckState.Checked)
