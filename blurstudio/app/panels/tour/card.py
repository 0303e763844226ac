"""The tour on the screen: the window dimmed but for one part of it, and a card that explains it.

Which parts there are, and in which order, is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from blurstudio.app import theme
from blurstudio.app.panels.labels import quieten
from blurstudio.app.panels.tour.place import beside

if TYPE_CHECKING:
    from collections.abc import Callable

_DIM = QColor(0, 0, 0, 130)
_MARGIN = 6
_WIDTH = 340
# Where letters are large: else the card grows higher than the window.
_LEAST_LETTERS = 48
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Step:
    """One stop of the tour.

    Attributes
    ----------
    title, text
        What the card says.
    place
        Returns the part of the window it is about, px of the window; an empty one is none.
    prepare
        Brings that part about: called when the step is come to.
    """

    title: str
    text: str
    place: Callable[[], QRect]
    prepare: Callable[[], None] = lambda: None


class TourCard(QWidget):
    """Leads through the steps; Esc or Skip ends it at any time."""

    ended = Signal()

    def __init__(self, window: QWidget, steps: list[Step]) -> None:
        super().__init__(window)
        self._window = window
        self._steps = steps
        self._index = 0
        self._hole = QRect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Tour"))
        self.card = QFrame(self)
        self.card.setObjectName("tour")
        self.card.setAutoFillBackground(True)
        self.title = QLabel(self.card)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        self.text = QLabel(self.card)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.count = QLabel(self.card)
        quieten(self.count)
        self.skip = self._button(self.tr("&Skip"), self.tr("End the tour (Esc)"), self.end)
        self.back = self._button(
            self.tr("&Back"), self.tr("To the step before (Left)"), self.go_back
        )
        self.next = self._button(self.tr("&Next"), self.tr("To the next step (Right)"), self.go_on)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.skip, self.back, self.next):
            row.addWidget(button)
        self._column = column = QVBoxLayout(self.card)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(4)
        column.addLayout(row)
        window.installEventFilter(self)
        self._tell()

    @property
    def step(self) -> Step:
        """The step on show."""
        return self._steps[self._index]

    @property
    def hole(self) -> QRect:
        """The part of the window that is not dimmed, px of the window."""
        return self._hole

    def go_on(self) -> None:
        """Show the next step; after the last one, end."""
        if self._index + 1 == len(self._steps):
            self.end()
            return
        self._index += 1
        self._tell()

    def go_back(self) -> None:
        """Show the step before."""
        if self._index:
            self._index -= 1
            self._tell()

    def end(self) -> None:
        """End the tour and go away."""
        self._window.removeEventFilter(self)
        self.hide()
        self.ended.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay with the window, whatever becomes of its size and its parts."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Keep the tour's keys from the window's own actions."""
        if _is_ours(event) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, back, or end; keys that the buttons leave alone come here, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in _BACK:
            self.go_back()
        elif event.key() in _ON:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the Tab key within the card."""
        buttons = [button for button in (self.skip, self.back, self.next) if button.isEnabled()]
        now = next((i for i, button in enumerate(buttons) if button.hasFocus()), -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        buttons[(now + (1 if forward else -1)) % len(buttons)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim everything but the part that is explained."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dim = QPainterPath()
        dim.addRect(QRectF(self.rect()))
        if not self._hole.isEmpty():
            hole = QPainterPath()
            hole.addRoundedRect(QRectF(self._hole), 6, 6)
            painter.fillPath(dim.subtracted(hole), _DIM)
            painter.setPen(QPen(theme.ACCENT, 2))
            painter.drawPath(hole)
        else:
            painter.fillPath(dim, _DIM)
        painter.end()

    def _button(self, text: str, tip: str, slot: Callable[[], None]) -> QPushButton:
        made = QPushButton(text, self.card)
        made.setToolTip(tip)
        made.setProperty("narrow", True)
        made.setMinimumWidth(60)
        made.clicked.connect(slot)
        made.installEventFilter(_ArrowsToParent(made, self))
        return made

    def _tell(self) -> None:
        step = self.step
        step.prepare()
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.setAccessibleDescription(f"{step.title}. {step.text}")
        self.count.setText(
            self.tr("{number} of {count}").format(number=self._index + 1, count=len(self._steps))
        )
        self.back.setEnabled(self._index > 0)
        last = self._index + 1 == len(self._steps)
        self.next.setText(self.tr("&Done") if last else self.tr("&Next"))
        self._place()
        self.show()
        self.raise_()
        self.next.setFocus()

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        part = self.step.place()
        self._hole = (
            QRect()
            if part.isEmpty()
            else part.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) & self.rect()
        )
        wanted = max(_WIDTH, _LEAST_LETTERS * self.fontMetrics().averageCharWidth())
        width = min(wanted, self.width() - 4 * _MARGIN)
        self._column.activate()
        self.card.resize(width, self._column.totalHeightForWidth(width))
        self.card.move(beside(self._hole, self.card.rect(), self.rect()).topLeft())
        self.update()


class _ArrowsToParent(QObject):
    """Lets the arrows of a button turn the tour's pages instead of moving the focus."""

    def __init__(self, button: QPushButton, tour: TourCard) -> None:
        super().__init__(button)
        self._tour = tour

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass them on."""
        if not _is_ours(event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._tour.keyPressEvent(cast("QKeyEvent", event))
            return True
        return False


def _is_ours(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Escape, *_BACK, *_ON)
