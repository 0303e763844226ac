"""Notices: sentences over the picture that never block the work, and what they are about.

A remark goes by itself after a while, and when the next photo comes. A warning or an error stays
until it is closed; one about the photo goes with it. Where they lie is in `notice_bar.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from blurstudio.app import theme
from blurstudio.app.panels.enter import presses

if TYPE_CHECKING:
    from collections.abc import Callable

REMARK_SECONDS = 12
"""How long a remark stays: two sentences can be read in that time without haste."""


class About(Enum):
    """What a notice is about, and so when it has become void."""

    PROGRAM = "program"
    """Settings, files, the queue: it stays."""
    PHOTO = "photo"
    """The photo on show: it goes when that is left."""
    ANALYSIS = "analysis"
    """What is computed of that photo: it goes when that is computed anew, too."""


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
        self,
        text: str,
        kind: Kind,
        parent: QWidget,
        button: NoticeButton | None = None,
        about: About = About.PROGRAM,
    ) -> None:
        super().__init__(parent)
        self.text = text
        self.kind = kind
        self.about = about
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
        self._words = words
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
        for pressed in self._buttons:
            pressed.setAccessibleDescription(text)
        self._time = QTimer(self, singleShot=True, interval=1000 * REMARK_SECONDS)
        self._time.timeout.connect(self.close_notice)
        # One that offers something stays, so that it can be taken up.
        self._passes = kind is Kind.REMARK and button is None
        self._wait()

    @property
    def width_of_a_line(self) -> int:
        """How wide it would have to be for its sentence to take one line, px."""
        room = self._words.fontMetrics().horizontalAdvance(self.text)
        return self.sizeHint().width() - self._words.sizeHint().width() + room + 2

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here: somebody reads."""
        self._time.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go in a while, as if it had just come."""
        self._wait()
        super().leaveEvent(event)

    def _wait(self) -> None:
        if self._passes:
            self._time.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep a press beside the words to itself: nothing behind it is meant."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the keys, at Enter: over a photo, Space plays."""
        held = self.focusWidget()
        if not isinstance(held, QAbstractButton) or not presses(event, held):
            super().keyPressEvent(event)

    @property
    def _buttons(self) -> list[QAbstractButton]:
        """What can be pressed; the cross comes last."""
        return self.findChildren(QAbstractButton)

    def take_keys(self) -> None:
        """Give the keys to what is offered, else to the cross; it stays until it is closed."""
        self._time.stop()
        self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_notice(self) -> None:
        """Ask the bar to take this notice away."""
        self.closed.emit(self)


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
