"""How the palette draws an action: name with the typed letters marked, keys, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from blurstudio.app.actions.findings import Finding

FINDING = Qt.ItemDataRole.UserRole + 1
_MARGIN = 10
_PADDING = 5
_SMALLER = 0.88


class PaletteRow(QStyledItemDelegate):
    """Two lines: name and keys, and under them what it does or why it can't be done."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of two lines."""
        lines = option.fontMetrics.lineSpacing() * (1 + _SMALLER)
        return QSize(0, round(lines) + 2 * _PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw an action."""
        finding: Finding = index.data(FINDING)
        colours = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        roles, group = QPalette.ColorRole, QPalette.ColorGroup.Active
        if chosen:
            painter.fillRect(option.rect, colours.color(group, roles.Midlight))
        if not finding.possible:
            group = QPalette.ColorGroup.Disabled
        text = colours.color(group, roles.WindowText)
        quiet = colours.color(group, roles.PlaceholderText)
        if chosen and not finding.possible:
            # On the brighter ground of the chosen row the faintest grey can't be read.
            text = quiet = colours.color(QPalette.ColorGroup.Active, roles.PlaceholderText)
        area = option.rect.adjusted(_MARGIN, _PADDING, -_MARGIN, -_PADDING)
        line = QRect(area.topLeft(), QSize(area.width(), option.fontMetrics.lineSpacing()))
        painter.save()
        painter.setFont(option.font)
        painter.setPen(quiet)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, finding.keys)
        painter.setPen(text)
        end = self._draw_name(painter, option.font, line, finding)
        if finding.on:
            painter.drawText(QPoint(end + 8, line.top() + option.fontMetrics.ascent()), "✓")
        painter.setPen(quiet)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * _SMALLER)
        painter.setFont(small)
        below = QRect(line.bottomLeft(), area.bottomRight())
        about = painter.fontMetrics().elidedText(
            finding.about, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, about)
        painter.restore()

    def _draw_name(self, painter: QPainter, font: QFont, line: QRect, finding: Finding) -> int:
        """Draw the name, typed letters bold; returns where it ends, px."""
        bold = QFont(font)
        bold.setBold(True)
        x = line.left()
        typed = set(finding.places)
        for place, letter in enumerate(finding.name):
            painter.setFont(bold if place in typed else font)
            width = painter.fontMetrics().horizontalAdvance(letter)
            painter.drawText(QPoint(x, line.top() + painter.fontMetrics().ascent()), letter)
            x += width
        return x
