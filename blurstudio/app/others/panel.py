"""The panel of others: the list, the figures of the chosen one, and what can be done.

It shows what it is told; the buttons are the window's actions once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from blurstudio.app.others import words
from blurstudio.app.others.list import OtherList
from blurstudio.app.panels.labels import Rows, heading
from blurstudio.app.panels.labels import words as sentences

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from blurstudio.app.others.entries import Entries


class OthersPanel(QWidget):
    """Who is compared with the result on show, and how far they lie apart.

    Attributes
    ----------
    list
        The others.
    figures
        Rows of figures of the chosen one.
    remove
        Takes the chosen one out of the list.
    """

    remove_asked = Signal(str)

    def __init__(self, load: QAction, load_folder: QAction, keep: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = OtherList(self)
        self._heading = heading(self, QCoreApplication.translate("figures", "Others"))
        self.figures = Rows(self)
        self._remark = sentences(self, quiet=True)
        self.remove = QPushButton(self.tr("Remove"), self)
        self.remove.setToolTip(self.tr("Compare with this one no more; a file stays where it is"))
        self.remove.clicked.connect(self._ask_to_remove)
        self.buttons = [
            _Deed(load, self.tr("Load files…"), self),
            _Deed(load_folder, self.tr("Load frames…"), self),
            _Deed(keep, self.tr("Keep result"), self),
        ]
        grid = QGridLayout()
        for place, button in enumerate((*self.buttons, self.remove)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            grid.addWidget(button, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 10)
        column.setSpacing(6)
        for part in (self._heading, self.list, self.figures, self._remark):
            column.addWidget(part)
        column.addLayout(grid)
        column.addStretch(1)
        self._picked = ""

    def show_entries(self, entries: Entries) -> None:
        """Show these others, and the figures of the picked one, else of the newest."""
        self.list.show_entries(entries)
        self._picked = entries.picked
        looked_at = entries.looked_at
        picked = next((entry for entry in entries if entry.slot == entries.picked), looked_at)
        self.remove.setEnabled(bool(entries.picked))
        found = None if picked is None else picked.agreement
        self.figures.show_rows([] if found is None else words.rows(found))
        self._remark.setText(self._sentence(len(entries), picked.trouble if picked else ""))

    def _sentence(self, count: int, trouble: str) -> str:
        if trouble:
            return trouble
        if not count:
            return self.tr(
                "Keep a result, or load someone else's sharp picture, flow, paths or frames of "
                "this photo."
            )
        return self.tr("Differences from the result on show; which is right is not known here.")

    def _ask_to_remove(self) -> None:
        self.remove_asked.emit(self._picked)


class _Deed(QPushButton):
    """An action as a button, in fewer words: it can what the action can."""

    def __init__(self, action: QAction, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
