"""The command palette: type some letters of what you want, choose, Enter.

It lies over the window and says what was chosen; doing it is not its business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken

from blurstudio.app.panels.enter import ENTER
from blurstudio.app.panels.palette.row import FINDING, PaletteRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex

    from blurstudio.app.actions.findings import Finding

_WIDTH = 620
_TOP = 64
_MOST_ROWS = 9
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
    Qt.Key.Key_PageDown: _MOST_ROWS,
}


class CommandPalette(QFrame):
    """A line to type into and the actions that fit under it.

    Parameters
    ----------
    window
        The window it lies over.
    find
        Lists what fits the letters that were typed, the best first.
    """

    chosen = Signal(str)

    def __init__(self, window: QWidget, find: Callable[[str], Sequence[Finding]]) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setAutoFillBackground(True)
        self._find = find
        self._window = window
        self._before: QWidget | None = None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(self.tr("What do you want to do?"))
        self.line.setAccessibleName(self.tr("Find an action"))
        self.line.setToolTip(
            self.tr("Some letters of a name, or a word that describes it (command palette)")
        )
        self.list = QListView(self)
        self.list.setAccessibleName(self.tr("Actions that fit"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(QStandardItemModel(self))
        self.list.setItemDelegate(PaletteRow(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = QLabel(self.tr("Nothing is called that."), self)
        self.nothing.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        for part in (self.line, self.nothing, self.list):
            column.addWidget(part)
        self.line.textChanged.connect(self._refresh)
        self.line.installEventFilter(self)
        self.list.clicked.connect(self._choose)
        window.installEventFilter(self)
        self.hide()

    @property
    def findings(self) -> list[Finding]:
        """What is listed now, from top to bottom."""
        model = self._model()
        return [model.item(row).data(FINDING) for row in range(model.rowCount())]

    @property
    def current(self) -> Finding | None:
        """What Enter would do."""
        return self.list.currentIndex().data(FINDING)

    def open(self) -> None:
        """Show everything, and let the keys come here."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.line.clear()
        self._refresh()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Go away, and give the keys back to where they were."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and Shiboken.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move in the list, and follow the window's size."""
        kind = event.type()
        if watched is not self.line:
            if kind == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if kind == QEvent.Type.FocusOut and not self._is_passing(event):
            self._before = None
            self.hide()
        if not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        mine = key in _MOVES or key in ENTER or key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)
        if mine and kind == QEvent.Type.ShortcutOverride:
            # Esc and Tab are keys of the window as well.
            event.accept()
            return True
        if mine and kind == QEvent.Type.KeyPress:
            self._act(key)
            return True
        return False

    def _is_passing(self, event: QEvent) -> bool:
        """Whether the keys leave only for a moment: a menu, or another program."""
        reason = event.reason() if hasattr(event, "reason") else None
        return reason in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)

    def _act(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in ENTER:
            self._choose(self.list.currentIndex())
        elif key in _MOVES:
            rows = self._model().rowCount()
            row = self.list.currentIndex().row() + _MOVES[key]
            # One step past an end goes round; a page stops there.
            row = row % rows if rows and abs(_MOVES[key]) == 1 else min(max(row, 0), rows - 1)
            self.list.setCurrentIndex(self._model().index(row, 0))

    def _choose(self, index: QModelIndex) -> None:
        finding = index.data(FINDING)
        if finding is not None and finding.possible:
            self.leave()
            self.chosen.emit(finding.id)

    def _refresh(self) -> None:
        model = self._model()
        model.clear()
        for finding in self._find(self.line.text()):
            item = QStandardItem(finding.name)
            item.setData(finding, FINDING)
            item.setData(
                ", ".join(filter(None, (finding.name, finding.keys, finding.about))),
                Qt.ItemDataRole.AccessibleTextRole,
            )
            item.setToolTip(finding.about)
            model.appendRow(item)
        rows = model.rowCount()
        self.list.setVisible(rows > 0)
        self.nothing.setVisible(rows == 0)
        self.list.setCurrentIndex(model.index(0, 0))
        self._place()

    def _place(self) -> None:
        rows = self._model().rowCount()
        shown = min(rows, _MOST_ROWS)
        if rows:
            self.list.setFixedHeight(shown * self.list.sizeHintForRow(0) + 2)
        room = self._window
        width = min(_WIDTH, room.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((room.width() - width) // 2, min(_TOP, max(0, room.height() - self.height())))

    def _model(self) -> QStandardItemModel:
        model = self.list.model()
        assert isinstance(model, QStandardItemModel)
        return model
