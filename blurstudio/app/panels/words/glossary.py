"""The glossary as a window: the words on the left, what the chosen one means on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.actions.fuzzy import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.glossary import Entry

_WORDS_WIDTH = 220
_PADDING = 8
_ENTRY = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class GlossaryDialog(QDialog):
    """Every word, searchable; it doesn't block the work."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Glossary"))
        self.setModal(False)
        self._entries = entries
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a word, or words that explain it"))
        self.search.setAccessibleName(self.tr("Find a word"))
        self.search.setToolTip(self.tr("Letters of a word, or words of its explanation"))
        self.search.setClearButtonEnabled(True)
        self.words = QListWidget(self)
        self.words.setAccessibleName(self.tr("Words"))
        self.words.setFixedWidth(_WORDS_WIDTH)
        self.page = QTextBrowser(self)
        self.page.setAccessibleName(self.tr("Explanation"))
        self.page.document().setDocumentMargin(14)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.words)
        row.addWidget(self.page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.resize(720, 520)
        self.search.textChanged.connect(self._list)
        self.search.installEventFilter(self)
        self.words.currentItemChanged.connect(self._show)
        self._list("")
        self.search.setFocus()

    @property
    def listed(self) -> list[str]:
        """The words that fit what was typed, the best first."""
        return [self.words.item(row).text() for row in range(self.words.count())]

    def show_word(self, name: str) -> None:
        """Turn to a word; an empty one only lists all."""
        self.search.clear()
        for row, entry in enumerate(self.words.item(i) for i in range(self.words.count())):
            if entry.text() == name:
                self.words.setCurrentRow(row)
                self.words.scrollToItem(entry, QListWidget.ScrollHint.PositionAtCenter)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the letters go into the line."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _MOVES
        ):
            QApplication.sendEvent(self.words, event)
            return True
        return False

    def _list(self, typed: str) -> None:
        ranked = [(rank, entry) for entry in self._entries if (rank := _rank(typed, entry)) > 0]
        if typed.strip():
            ranked.sort(key=lambda pair: -pair[0])
        self.words.clear()
        for _, entry in ranked:
            item = QListWidgetItem(entry.name, self.words)
            item.setData(_ENTRY, entry)
            item.setSizeHint(QSize(0, self.fontMetrics().lineSpacing() + _PADDING))
        if ranked:
            self.words.setCurrentRow(0)
        else:
            self.page.setPlainText(self.tr("No word is called that, or explained so."))

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry: Entry = item.data(_ENTRY)
        parts = [f"*{entry.section}*", f"### {entry.name}", entry.text]
        if entry.names[1:]:
            parts.append(self.tr("Also: {names}.").format(names=", ".join(entry.names[1:])))
        if entry.avoid:
            parts.append(self.tr("*Not called here*: {words}").format(words=entry.avoid))
        self.page.setMarkdown("\n\n".join(parts))


def _rank(typed: str, entry: Entry) -> float:
    """Say how well a word fits what was typed; 0 where it doesn't."""
    words = typed.casefold().split()
    if not words:
        return 1.0
    # Loose letters find too much among many words: two heads of words at least, or a whole piece.
    whole = [name for name in entry.names if typed.strip().casefold() in name.casefold()]
    if whole:
        best = max((way.score for name in whole if (way := fit(typed, name))), default=0.0)
        return 1000.0 + best
    return 1.0 if all(word in entry.text.casefold() for word in words) else 0.0
