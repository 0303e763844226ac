"""The stack of notices over the top of the picture, which stays where it is as they come and go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from blurstudio.app.panels.notices import About, Kind, Notice, NoticeButton

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 3
_AWAY = 8
# A line of more letters is hard to follow to its end.
_MOST_LETTERS = 110


class NoticeBar(QWidget):
    """A short stack of notices; the newest is at the bottom, the oldest remark gives way first.

    Parameters
    ----------
    parent
        Whose child it is.
    over
        The sibling whose top it lies over, however that is moved; it takes no room from it.
    """

    covered = Signal(QRect)
    """Which part of the sibling lies behind it, in px of that; none of it when it is gone."""

    def __init__(self, parent: QWidget, over: QWidget) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self._over = over
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        over.installEventFilter(self)
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
        about: About = About.PROGRAM,
    ) -> None:
        """Show one sentence; saying it again shows it once.

        Parameters
        ----------
        folder
            What a button "Show folder" opens.
        button
            Another button in its place.
        about
            When it goes by itself.
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
        notice = Notice(text, kind, self, button, about)
        notice.closed.connect(self._take_away)
        self._notices.append(notice)
        # In its place before it is seen: on its way it must not come under a resting pointer.
        notice.resize(0, 0)
        self._column.addWidget(notice)
        notice.show()
        self._place()
        self.show()
        self.raise_()

    def take_keys(self) -> None:
        """Give the keys to the newest notice, if there is one."""
        if self._notices:
            self._notices[-1].take_keys()

    def leave_photo(self) -> None:
        """Take away what is about the photo on show, and remarks: another one comes."""
        for notice in list(self._notices):
            if notice.kind is Kind.REMARK or notice.about is not About.PROGRAM:
                self._take_away(notice)

    def leave_analysis(self) -> None:
        """Take away what is about the analysis before: it is made anew."""
        for notice in list(self._notices):
            if notice.about is About.ANALYSIS:
                self._take_away(notice)

    def _take_away(self, notice: QObject) -> None:
        if not isinstance(notice, Notice) or notice not in self._notices:
            return
        held = QApplication.focusWidget()
        if held is not None and notice.isAncestorOf(held) and self._over.isVisible():
            # Not to whatever comes next: what was done before goes on.
            self._over.setFocus()
        self._notices.remove(notice)
        self._column.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self._notices))
        self._place()

    def event(self, event: QEvent) -> bool:
        """Take the size anew when a notice wants another: its letters may have grown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what it lies over."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Lie over the middle of the top, as wide as the longest sentence wants, within reason."""
        if not self._notices:
            self.covered.emit(QRect())
            return
        below = self._over.geometry()
        most = min(_MOST_LETTERS * self.fontMetrics().averageCharWidth(), below.width() - 2 * _AWAY)
        width = min(max(notice.width_of_a_line for notice in self._notices), most)
        self._let_fit(width, below.height() - 2 * _AWAY)
        left = below.left() + (below.width() - width) // 2
        height = self._column.totalHeightForWidth(width)
        place = QRect(left, below.top() + _AWAY, width, height)
        self.setGeometry(place)
        self.covered.emit(place.translated(-below.topLeft()))

    def _let_fit(self, width: int, room: int) -> None:
        """Hide notices that there is no room for, until there is: what lies below is in use.

        They give way as for a newer one: the oldest remark first, the newest notice never.
        """
        *others, newest = self._notices
        left = room - newest.heightForWidth(width)
        giving_way = sorted(others, key=lambda notice: notice.kind is not Kind.REMARK)
        for notice in reversed(giving_way):
            left -= notice.heightForWidth(width)
            notice.setVisible(left >= 0)
        newest.show()


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
