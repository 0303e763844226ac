"""A short explanation beside the thing that was asked about.

It takes no keys and goes at the next click, at Esc, or when the window changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from blurstudio.app.panels.labels import quieten

if TYPE_CHECKING:
    from blurstudio.glossary import Entry

_WIDTH = 300
_GAP = 4
_ENDS = (
    *(QEvent.Type.Wheel, QEvent.Type.WindowDeactivate, QEvent.Type.FocusOut),
    QEvent.Type.Resize,
)


class Explanation(QFrame):
    """A word and what it means."""

    more_asked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._home = window
        self.setObjectName("explanation")
        self.setAutoFillBackground(True)
        self.setFixedWidth(_WIDTH)
        self._name = ""
        self.word = QLabel(self)
        self.word.setTextFormat(Qt.TextFormat.PlainText)
        font = self.word.font()
        font.setBold(True)
        self.word.setFont(font)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.MarkdownText)
        self.text.setWordWrap(True)
        self.also = QLabel(self)
        self.also.setWordWrap(True)
        quieten(self.also)
        self.more = QPushButton(self.tr("Glossary"), self)
        self.more.setToolTip(self.tr("Read this in the glossary, with the words around it"))
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setFlat(True)
        self.more.clicked.connect(self._ask_more)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(6)
        for part in (self.word, self.text, self.also):
            column.addWidget(part)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_beside(self, widget: QWidget, entry: Entry) -> None:
        """Say what a word means, under a widget, and above everything of its window."""
        window = widget.window()
        self.setParent(window)
        self._name = entry.name
        self.word.setText(entry.name)
        self.text.setText(entry.text)
        self.also.setText(self.tr("also: {names}").format(names=", ".join(entry.names[1:])))
        self.also.setVisible(len(entry.names) > 1)
        self.setAccessibleName(f"{entry.name}: {entry.text}")
        self._column.activate()
        self.resize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
        corner = widget.mapTo(window, QPoint(0, widget.height() + _GAP))
        above = widget.mapTo(window, QPoint(0, -_GAP)).y() - self.height()
        y = corner.y()
        if y + self.height() > window.height():
            # Over it; what fills the window has room for it inside.
            y = above if above >= 0 else corner.y() - widget.height()
        x = min(corner.x(), window.width() - self.width() - _GAP)
        self.move(max(0, x), max(0, y))
        self.show()
        self.raise_()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def leave(self) -> None:
        """Go away."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.hide()
        # Out of a dialog that may be deleted when it is closed.
        self.setParent(self._home)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go at the next click elsewhere, at Esc, and when the window does something else."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress:
                self.leave()
                return True
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = self.mapFromGlobal(event.globalPosition().toPoint())
            if not self.rect().contains(place):
                self.leave()
        elif kind in _ENDS and (watched is self.window() or kind != QEvent.Type.Resize):
            self.leave()
        return False

    def _ask_more(self) -> None:
        self.leave()
        self.more_asked.emit(self._name)
