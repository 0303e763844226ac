"""A section of the side panel that can be folded away: its heading stays, what is under it goes.

Which sections there are, and which of them are folded at a start, is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from blurstudio.app import theme
from blurstudio.app.panels.enter import presses
from blurstudio.app.panels.labels import heading

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

INSET = 6
"""How far what is in a section stands in from its heading's edge, px."""

_CHEVRON = 10


class Fold(QWidget):
    """A heading, and something under it that a click on the heading hides and shows again.

    Attributes
    ----------
    key
        Its name in the settings.
    heading
        What is clicked on.
    """

    def __init__(self, key: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._content: QWidget | None = None
        self.heading = FoldHeading(title, self)
        self.heading.setObjectName(f"fold {key}")
        self.heading.turned.connect(self._show_content)
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(INSET, 0, INSET, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 9, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.heading)
        column.addLayout(self._inside)

    @property
    def is_open(self) -> bool:
        """Whether what it holds is on show."""
        return self.heading.is_open

    def hold(self, content: QWidget) -> None:
        """Take what stands under the heading; made after it, it follows it in the tab order."""
        self._content = content
        self._inside.addWidget(content)
        content.setVisible(self.is_open)

    def set_open(self, wanted: bool) -> None:
        """Open it, or fold it away."""
        self.heading.set_open(wanted)

    def minimumSizeHint(self) -> QSize:
        """Return the room it needs; it is as wide folded as open, so that nothing jumps aside."""
        hint = super().minimumSizeHint()
        if self._content is not None:
            hint.setWidth(max(hint.width(), self._content.minimumSizeHint().width() + 2 * INSET))
        return hint

    def _show_content(self, wanted: bool) -> None:
        content = self._content
        if content is None:
            return
        held = QApplication.focusWidget()
        if not wanted and held is not None and content.isAncestorOf(held):
            # Else Qt gives them to whatever comes next.
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        content.setVisible(wanted)


class FoldHeading(QAbstractButton):
    """The heading of a section: a button that says whether the section is open.

    A word of the glossary in it is dotted and explains itself, as everywhere; the rest folds.

    Attributes
    ----------
    word
        What it says.
    """

    turned = Signal(bool)
    """Whether the section is open now."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        # Not checkable: a screen reader would take it for a box to tick.
        self._open = True
        # After a click the keys stay with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(title)
        self.word = heading(self, title)
        self.word.setContentsMargins(0, 0, 0, 0)
        if self.word.term:
            self.word.setToolTip(self.tr("Click on the word to learn what it means"))
        else:
            self.word.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(INSET, 5, INSET, 5)
        row.addWidget(self.word)
        row.addStretch(1)
        row.addSpacing(_CHEVRON)
        self.clicked.connect(self._turn)
        self._say()

    @property
    def is_open(self) -> bool:
        """Whether the section is open."""
        return self._open

    def set_open(self, wanted: bool) -> None:
        """Say that the section is open, or folded away."""
        if wanted == self._open:
            return
        self._open = wanted
        self._say()
        self.update()
        self.turned.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold or open at Enter as well; Space is every button's."""
        if not presses(event, self):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what tells that it can be clicked on, that it has the keys, and a chevron."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.LINK, 1.0) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(theme.RESTING)
        painter.drawRoundedRect(box, 4.0, 4.0)
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(ink, 1.4, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        # Up: it goes there; down: there is more below.
        side = -1.0 if self._open else 1.0
        x, y = self.width() - INSET - _CHEVRON / 2, self.height() / 2
        painter.drawPolyline(
            [QPointF(x + step * 3.5, y + side * (1.75 - 3.5 * abs(step))) for step in (-1, 0, 1)]
        )
        painter.end()

    def _turn(self) -> None:
        self.set_open(not self._open)

    def _say(self) -> None:
        if self._open:
            state = self.tr("Open; Space folds it away")
            tip = self.tr("Click to fold this section away")
        else:
            state = self.tr("Folded away; Space opens it")
            tip = self.tr("Click to open this section")
        self.setAccessibleDescription(state)
        self.setToolTip(tip)
