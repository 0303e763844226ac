"""A small word at the right end of a row of a list, beside its text.

What the word says is the list's business; the text stays as it is, so that it can be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

WORD = Qt.ItemDataRole.UserRole + 1
"""Role of the word; empty where there is none."""

_ASIDE = 6


class WordBeside(QStyledItemDelegate):
    """Paints the word of a row, quietly."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row, then its word."""
        super().paint(painter, option, index)
        word = index.data(WORD)
        if not word:
            return
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        painter.setPen(option.palette.color(role))
        font = painter.font()
        font.setPointSizeF(option.font.pointSizeF() * 0.85)
        painter.setFont(font)
        place = option.rect.adjusted(0, 0, -_ASIDE, 0)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, side, word)
        painter.restore()
