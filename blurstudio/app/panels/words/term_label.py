"""A name in a panel that can be asked what it means: a dotted line under it, a click asks.

The question goes up through the parents to whoever can answer it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLabel, QWidget

_KIND = QEvent.Type(QEvent.registerEventType())


class TermAsked(QEvent):
    """The question what a word means, asked beside a widget."""

    def __init__(self, widget: QWidget, term: str) -> None:
        super().__init__(_KIND)
        self.widget = widget
        self.term = term


class TermLabel(QLabel):
    """A label that may stand for a word of the glossary."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.term = ""

    def stand_for(self, term: str) -> None:
        """Make the label one that can be asked; an empty word makes it an ordinary one."""
        self.term = term
        self.setCursor(Qt.CursorShape.WhatsThisCursor if term else Qt.CursorShape.ArrowCursor)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Answer a click even where nothing can be chosen: then a word helps most."""
        if isinstance(event, QMouseEvent) and not self.isEnabled():
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.mouseReleaseEvent(event)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask what the word means."""
        inside = self.rect().contains(event.position().toPoint())
        if self.term and inside and event.button() is Qt.MouseButton.LeftButton:
            ask(self, self.term)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here."""
        event.setAccepted(bool(self.term))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and dots under it."""
        super().paintEvent(event)
        if not self.term:
            return
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(self.foregroundRole()), 1, Qt.PenStyle.DotLine))
        metrics = self.fontMetrics()
        how = int(self.alignment()) | int(Qt.TextFlag.TextShowMnemonic)
        text = metrics.boundingRect(self.contentsRect(), how, self.text())
        base = text.top() + metrics.ascent() + 2
        painter.drawLine(text.left(), base, text.right(), base)
        painter.end()


def ask(widget: QWidget, term: str) -> None:
    """Ask a widget's parents, the nearest first, what a word means."""
    question = TermAsked(widget, term)
    above: QWidget | None = widget
    while above is not None:
        question.ignore()
        QApplication.sendEvent(above, question)
        if question.isAccepted():
            return
        above = above.parentWidget()
