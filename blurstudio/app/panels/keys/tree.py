"""The actions with their keys as a tree, one branch for each menu; it can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from blurstudio.app.actions.action_spec import ActionSpec, Group
from blurstudio.app.actions.action_words import heading_of, name_of, said, tip_of
from blurstudio.app.actions.keymap import keys_of
from blurstudio.app.actions.menus import key_words
from blurstudio.app.actions.table import ACTIONS
from blurstudio.app.gestures import GESTURES

if TYPE_CHECKING:
    from blurstudio.app.actions.key_changes import KeyChanges

_SPEC = Qt.ItemDataRole.UserRole
_NAMES_WIDTH = 300
_PADDING = 8


class KeyTree(QTreeWidget):
    """Every action and its keys, and what the pointer does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.setAccessibleName(self.tr("Actions and their keys"))
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(0, _NAMES_WIDTH)
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._branches: list[QTreeWidgetItem] = []
        for group in Group:
            branch = self._branch(heading_of(group))
            for spec in ACTIONS:
                if spec.group is group:
                    row = QTreeWidgetItem(branch, [name_of(spec)])
                    row.setData(0, _SPEC, spec.id)
                    row.setToolTip(0, tip_of(spec))
                    row.setSizeHint(0, self._row_size())
                    self._rows[spec.id] = row
        branch = self._branch(self.tr("Pointer"))
        for gesture, meaning in GESTURES:
            QTreeWidgetItem(branch, [said(meaning), said(gesture)]).setSizeHint(0, self._row_size())
        self.expandAll()
        self.setItemsExpandable(False)

    @property
    def spec(self) -> ActionSpec | None:
        """The chosen action; None on a heading or a gesture."""
        row = self.currentItem()
        id_ = row.data(0, _SPEC) if row is not None and not row.isHidden() else None
        return next((spec for spec in ACTIONS if spec.id == id_), None)

    def choose(self, id_: str) -> None:
        """Choose an action."""
        self.setCurrentItem(self._rows[id_])

    def show_changes(self, changes: KeyChanges) -> None:
        """Show the keys as they are with these changes; changed ones are bold."""
        for spec in ACTIONS:
            row = self._rows[spec.id]
            keys = key_words(keys_of(spec, changes))
            text = self.tr("hold {keys}").format(keys=keys) if spec.held and keys else keys
            row.setText(1, text or "–")
            font = self.font()
            font.setBold(changes.keys(spec.id) is not None)
            row.setFont(1, font)

    def filter(self, letters: str) -> None:
        """Show only rows with these letters, in the name or the keys."""
        wanted = letters.strip().casefold()
        for branch in self._branches:
            shown = 0
            for row in _rows(branch):
                fits = wanted in f"{row.text(0)}\n{row.text(1)}".casefold()
                row.setHidden(not fits)
                shown += fits
            branch.setHidden(shown == 0)

    def text(self) -> str:
        """Return all rows, a line each."""
        rows = [row for branch in self._branches for row in _rows(branch)]
        return "\n".join(f"{row.text(0)}\t{row.text(1)}" for row in rows)

    def _row_size(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing() + _PADDING)

    def _branch(self, title: str) -> QTreeWidgetItem:
        branch = QTreeWidgetItem(self, [title])
        branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
        branch.setFirstColumnSpanned(True)
        font = self.font()
        font.setBold(True)
        branch.setFont(0, font)
        branch.setSizeHint(0, self._row_size())
        self._branches.append(branch)
        return branch


def _rows(branch: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    rows = (branch.child(index) for index in range(branch.childCount()))
    return [row for row in rows if row is not None]
