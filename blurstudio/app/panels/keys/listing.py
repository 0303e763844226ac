"""The list of keys, grown from the table of actions, in which a person changes them.

It shows changes and says which ones a person wishes for; what follows is the program's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.actions.action_words import name_of, tip_of
from blurstudio.app.actions.key_changes import NO_CHANGES, KeyChanges
from blurstudio.app.actions.keymap import given, holder, keys_of, objection
from blurstudio.app.actions.menus import key_words
from blurstudio.app.panels.keys.field import KeyField
from blurstudio.app.panels.keys.tree import KeyTree
from blurstudio.app.panels.labels import words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence

    from blurstudio.app.actions.action_spec import ActionSpec


class KeyList(QDialog):
    """Every action with its keys, in one window that doesn't block the work."""

    changed = Signal(object)
    """All changes with the new one, a `KeyChanges`."""

    def __init__(self, parent: QWidget | None = None, changes: KeyChanges = NO_CHANGES) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setModal(False)
        self._changes = changes
        self._waiting: tuple[ActionSpec, bool] | None = None
        self._wanted: tuple[ActionSpec, list[QKeySequence]] | None = None
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.setAccessibleName(self.tr("Find an action or a key"))
        self.search.setToolTip(self.tr("Only actions with these letters, or with this key, stay"))
        self.search.setClearButtonEnabled(True)
        self.tree = KeyTree(self)
        self.says = words(self)
        self.field = KeyField(self)
        self._sentence = QStackedWidget(self)
        for part in (self.says, self.field):
            self._sentence.addWidget(part)
        self.change = self._button(
            self.tr("&Change key…"),
            self.tr("Press a new key for this action in place of its first"),
        )
        self.add = self._button(self.tr("A&dd key…"), self.tr("Press one more key for this action"))
        self.remove = self._button(
            self.tr("&No key"), self.tr("Take all keys from this action; menus still do it")
        )
        self.take = self._button(
            self.tr("&Take it"), self.tr("Give the key to this action; the other one loses it")
        )
        self.take.hide()
        self.reset = self._button(
            self.tr("&Reset"), self.tr("Give this action its usual keys again (default shortcut)")
        )
        self.reset_all = self._button(
            self.tr("Reset &all"), self.tr("Give every action its usual keys again")
        )
        self._lay_out()
        self._connect()
        self.show_changes(self._changes)
        self.search.setFocus()

    def show_changes(self, changes: KeyChanges) -> None:
        """Show the keys as they are with these changes."""
        self._changes = changes
        self.tree.show_changes(changes)
        self._give_up()

    def text(self) -> str:
        """Return the whole list as one text."""
        return self.tree.text()

    def _button(self, text: str, tip: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setToolTip(tip)
        made.setAutoDefault(False)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self.change, self.add, self.remove, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.take)
        last = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        last.addButton(self.reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        last.rejected.connect(self.reject)
        for button in last.findChildren(QPushButton):
            # Enter belongs to the list.
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self._sentence.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self._sentence.setMaximumHeight(3 * self.fontMetrics().lineSpacing())
        column.addWidget(self._sentence)
        column.addLayout(row)
        column.addWidget(last)
        self.resize(640, 640)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.tree.filter)
        self.tree.currentItemChanged.connect(self._give_up)
        self.tree.itemActivated.connect(self._change)
        self.change.clicked.connect(self._change)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._reset_all)
        self.take.clicked.connect(self._take)
        self.field.struck.connect(self._struck)
        self.field.given_up.connect(self._stop_waiting)

    def _change(self) -> None:
        self._wait(more=False)

    def _add(self) -> None:
        self._wait(more=True)

    def _wait(self, *, more: bool) -> None:
        spec = self.tree.spec
        if spec is None:
            return
        self._waiting = (spec, more)
        self._wanted = None
        self.take.hide()
        self.field.setText(
            self.tr("Press the new key for “{action}”. Esc gives up.").format(action=name_of(spec))
        )
        self._sentence.setCurrentWidget(self.field)
        self.field.setFocus()

    def _struck(self, keys: QKeySequence) -> None:
        if self._waiting is None:
            return
        spec, more = self._waiting
        why = objection(spec, keys)
        if why is not None:
            self._say(why)
            return
        now = keys_of(spec, self._changes)
        self._wish(spec, [*now, keys] if more else [keys, *now[1:]])

    def _wish(self, spec: ActionSpec, wanted: list[QKeySequence]) -> None:
        """Give an action keys if they are free; else say whose they are, and ask."""
        owners = [(keys, holder(keys, self._changes, spec)) for keys in wanted]
        taken = [
            self.tr("“{key}” is the key of “{action}”").format(
                key=key_words([keys]), action=name_of(owner)
            )
            for keys, owner in owners
            if owner is not None
        ]
        if not taken:
            self.changed.emit(given(spec, wanted, self._changes))
            return
        self._say(
            self.tr(
                "{taken}. Nothing is changed yet: take it from there, or press another."
            ).format(taken="; ".join(taken))
        )
        self._wanted = (spec, wanted)
        self.take.show()
        self.take.setFocus()

    def _take(self) -> None:
        if self._wanted is not None:
            spec, wanted = self._wanted
            self.tree.setFocus()
            self.changed.emit(given(spec, wanted, self._changes))

    def _remove(self) -> None:
        if self.tree.spec is not None:
            self.changed.emit(given(self.tree.spec, [], self._changes))

    def _reset(self) -> None:
        if self.tree.spec is not None:
            self._wish(self.tree.spec, self.tree.spec.sequences())

    def _reset_all(self) -> None:
        self.changed.emit(NO_CHANGES)

    def _say(self, sentence: str) -> None:
        self._waiting = None
        self.says.setText(sentence)
        self._sentence.setCurrentWidget(self.says)
        self.tree.setFocus()

    def _stop_waiting(self) -> None:
        # The field also loses the keys when a sentence about the key takes its place.
        if self._waiting is not None:
            self._give_up()

    def _give_up(self) -> None:
        """Wait for nothing any more, and offer what can be done with the chosen action."""
        had_keys = self.field.hasFocus()
        self._waiting = self._wanted = None
        self.take.hide()
        spec = self.tree.spec
        self._say_what_can_be_done(spec)
        self._sentence.setCurrentWidget(self.says)
        if had_keys:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in (self.change, self.add):
            button.setEnabled(spec is not None)
        self.remove.setEnabled(spec is not None and bool(keys_of(spec, self._changes)))
        self.reset.setEnabled(spec is not None and self._changes.keys(spec.id) is not None)
        self.reset_all.setEnabled(self._changes != NO_CHANGES)

    def _say_what_can_be_done(self, spec: ActionSpec | None) -> None:
        if spec is None:
            self.says.setText(self.tr("Choose an action to change its key."))
        elif self._changes.keys(spec.id) is not None:
            usual = key_words(spec.sequences()) or self.tr("none")
            self.says.setText(self.tr("Changed by you; usually: {keys}.").format(keys=usual))
        else:
            self.says.setText(tip_of(spec) + ".")
