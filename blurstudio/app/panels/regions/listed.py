"""The list of regions, the topmost first: names to change, boxes to hide, an order to drag.

It shows what it was told and says what a person wishes; regions themselves are kept elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from blurstudio.app.panels.word_beside import WORD, WordBeside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blurstudio.session.regions import Region, Regions

_SWATCH = 12
_NUMBER = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


class RegionList(QListWidget):
    """Rows of regions."""

    picked = Signal(object)
    """Number of the row that was chosen, or None."""
    renamed = Signal(int, str)
    toggled = Signal(int, bool)
    """Number of a region, and whether it is to be seen."""
    ordered = Signal(object)
    """Numbers from the bottom to the top, after a row was dragged."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._showing = False
        # After a click the keys stay with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setItemDelegate(WordBeside(self))
        self.setIconSize(QSize(_SWATCH, _SWATCH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Regions"))
        self.currentItemChanged.connect(self._pick)
        self.itemChanged.connect(self._change)
        self.model().rowsMoved.connect(self._order)

    def show_regions(self, regions: Regions, selected: int | None) -> None:
        """Show these regions, one of them chosen."""
        self._showing = True
        rows = list(reversed(regions))
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        while self.count() < len(rows):
            self.addItem(QListWidgetItem())
        for place, region in enumerate(rows):
            self._dress(self.item(place), region)
        numbers = [region.number for region in rows]
        self.setCurrentRow(numbers.index(selected) if selected in numbers else -1)
        self._showing = False
        self.setFixedHeight(self._height())
        self.setVisible(bool(rows))

    def numbers(self) -> list[int]:
        """Numbers of the rows, from the top to the bottom."""
        return [self.item(place).data(_NUMBER) for place in range(self.count())]

    def _dress(self, item: QListWidgetItem, region: Region) -> None:
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        item.setData(_NUMBER, region.number)
        item.setText(region.name)
        word = "" if region.own is None else self.tr("by itself")
        item.setData(WORD, word)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (region.name, word)))
        )
        item.setIcon(swatch(region.colour))
        item.setCheckState(Qt.CheckState.Checked if region.visible else Qt.CheckState.Unchecked)
        item.setToolTip(
            self.tr("Double click changes the name; the box hides it and turns its edit off")
        )

    def _height(self) -> int:
        rows = min(self.count(), _MOST_ROWS)
        return rows * max(self.sizeHintForRow(0), 1) + 2 * self.frameWidth()

    def _pick(self, item: QListWidgetItem | None) -> None:
        if not self._showing:
            self.picked.emit(None if item is None else item.data(_NUMBER))

    def _change(self, item: QListWidgetItem) -> None:
        if self._showing:
            return
        number = item.data(_NUMBER)
        self.toggled.emit(number, item.checkState() is Qt.CheckState.Checked)
        self.renamed.emit(number, item.text())

    def _order(self, *_rows: Iterable[int]) -> None:
        if not self._showing:
            self.ordered.emit(list(reversed(self.numbers())))


def swatch(colour: str) -> QIcon:
    """Make a small disc of a colour."""
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A rim keeps it apart from the row that is chosen, whatever the colour.
    painter.setPen(QColor(20, 20, 20))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(1, 1, _SWATCH - 2, _SWATCH - 2)
    painter.end()
    return QIcon(picture)
