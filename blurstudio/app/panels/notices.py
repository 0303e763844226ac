"""Notices: sentences above the picture that never block the work.

A warning or an error stays until it is closed; a remark goes by itself after a while, and when the
next photo comes. What is said is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app import theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOST = 3
REMARK_SECONDS = 12
"""How long a remark stays: two sentences can be read in that time without haste."""


class Kind(Enum):
    """How much a notice matters, and the colour of its edge."""

    REMARK = theme.ACCENT
    WARNING = theme.WARNING
    ERROR = theme.ERROR


@dataclass(frozen=True)
class NoticeButton:
    """What a notice offers to do: its text, what it does in a sentence, and the doing."""

    text: str
    tip: str
    pressed: Callable[[], None]


class Notice(QFrame):
    """One sentence, at most one button, and a cross."""

    closed = Signal(object)

    def __init__(
        self, text: str, kind: Kind, parent: QWidget, button: NoticeButton | None = None
    ) -> None:
        super().__init__(parent)
        self.text = text
        self.kind = kind
        self.setObjectName("notice")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        words = QLabel(text, self)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Changed, not replaced: it also says that the height follows from the width.
        policy = words.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        words.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.addWidget(_Edge(kind.value, self))
        row.addSpacing(6)
        row.addWidget(words, 1)
        if button is not None:
            offer = QPushButton(button.text, self)
            offer.setToolTip(button.tip)
            offer.setFlat(True)
            offer.clicked.connect(button.pressed)
            row.addWidget(offer)
        cross = QToolButton(self)
        cross.setObjectName("close")
        cross.setAutoRaise(True)
        cross.setText("×")
        cross.setAccessibleName(self.tr("Close"))
        cross.setToolTip(self.tr("Close this notice"))
        cross.clicked.connect(self.close_notice)
        row.addWidget(cross)
        self._time = QTimer(self, singleShot=True, interval=1000 * REMARK_SECONDS)
        self._time.timeout.connect(self.close_notice)
        # One that offers something stays, so that it can be taken up.
        if kind is Kind.REMARK and button is None:
            self._time.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here: somebody reads."""
        self._time.stop()
        super().enterEvent(event)

    def close_notice(self) -> None:
        """Ask the bar to take this notice away."""
        self.closed.emit(self)


class NoticeBar(QWidget):
    """A short stack of notices; the newest is at the bottom, the oldest remark gives way first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """Sentences on show, oldest first."""
        return [notice.text for notice in self._notices]

    def say(
        self,
        text: str,
        kind: Kind = Kind.REMARK,
        *,
        folder: Path | None = None,
        button: NoticeButton | None = None,
    ) -> None:
        """Show one sentence; saying it again shows it once.

        Parameters
        ----------
        folder
            What a button "Show folder" opens.
        button
            Another button in its place.
        """
        if folder is not None:
            button = NoticeButton(
                self.tr("Show folder"),
                self.tr("Open the folder that was written to"),
                partial(_show, folder),
            )
        for notice in [notice for notice in self._notices if notice.text == text]:
            self._take_away(notice)
        while len(self._notices) >= _MOST:
            remarks = [notice for notice in self._notices if notice.kind is Kind.REMARK]
            self._take_away((remarks or self._notices)[0])
        notice = Notice(text, kind, self, button)
        notice.closed.connect(self._take_away)
        self._notices.append(notice)
        self._column.addWidget(notice)
        self.show()

    def clear_remarks(self) -> None:
        """Take away what was only a remark about the photo before."""
        for notice in [notice for notice in self._notices if notice.kind is Kind.REMARK]:
            self._take_away(notice)

    def _take_away(self, notice: QObject) -> None:
        if not isinstance(notice, Notice) or notice not in self._notices:
            return
        self._notices.remove(notice)
        self._column.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self._notices))


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class _Edge(QWidget):
    """The coloured mark at the left of a notice."""

    def __init__(self, colour: QColor, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setFixedWidth(3)
        self.setMinimumHeight(16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill with the one colour."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._colour)
        painter.end()
