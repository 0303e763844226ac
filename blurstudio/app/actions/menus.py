"""QActions, menus, and the toolbar, grown from `table.py`.

What the actions do, and which keys exist, is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from blurstudio.app.actions.action_spec import ActionSpec, Group, Needs, Reach
from blurstudio.app.actions.action_words import name_of, said, text_of, tip_of
from blurstudio.app.actions.table import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable


class ActionSet(QObject):
    """The live actions of one window, by id.

    Parameters
    ----------
    window
        The window that gets them; keys without a modifier only work inside `work_area`, so that
        typing elsewhere never triggers a tool.
    work_area
        The widget around canvas and timeline.
    """

    held = Signal(str, bool)

    def __init__(self, window: QMainWindow, work_area: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._families: dict[str, QActionGroup] = {}
        self._work_area = work_area
        self._keys: dict[str, list[QKeySequence]] = {}
        for spec in ACTIONS:
            action = self._make(spec)
            self._actions[spec.id] = action
            (work_area if spec.reach is Reach.WORK_AREA else window).addAction(action)
        self._hold_filters = [
            _HeldKey(spec, self._actions[spec.id], self) for spec in ACTIONS if spec.held
        ]
        for spec in ACTIONS:
            self.set_keys(spec, spec.sequences())

    def __getitem__(self, id_: str) -> QAction:
        return self._actions[id_]

    def on(self, id_: str, slot: Callable[..., object]) -> None:
        """Let an action call a method of a QObject; switches pass their new state."""
        self._actions[id_].triggered.connect(slot)

    def allow(self, **there: bool) -> None:
        """Enable the actions whose need is there: ``allow(photo=True, results=False, ...)``."""
        for spec in ACTIONS:
            if spec.needs is not Needs.NOTHING and spec.needs.value in there:
                self._actions[spec.id].setEnabled(there[spec.needs.value])

    def keys(self, id_: str) -> list[QKeySequence]:
        """Return the keys that an action has now."""
        return self._keys[id_]

    def set_keys(self, spec: ActionSpec, sequences: list[QKeySequence]) -> None:
        """Give an action its keys, in place of those it had."""
        action = self._actions[spec.id]
        self._keys[spec.id] = sequences
        keys = key_words(sequences)
        tip = tip_of(spec)
        action.setToolTip(f"{tip}  [{keys}]" if keys else tip)
        if not spec.held:
            action.setShortcuts(sequences)
        elif keys:
            hold = self.tr("{keys} (hold)").format(keys=key_words(sequences[:1]))
            action.setText(f"{text_of(spec)}\t{hold}")
        else:
            action.setText(text_of(spec))

    def watch(self, widget: QWidget) -> None:
        """Let held keys work while a child of this widget has the focus and leaves them alone."""
        for held in self._hold_filters:
            widget.installEventFilter(held)

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(text_of(spec), self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        context = Qt.ShortcutContext
        action.setShortcutContext(
            context.WidgetWithChildrenShortcut
            if spec.reach is Reach.WORK_AREA
            else context.WindowShortcut
        )
        action.setIconText(said(spec.short) or name_of(spec))
        if spec.family:
            family = self._families.get(spec.family) or QActionGroup(self)
            self._families[spec.family] = family
            family.addAction(action)
        return action


class _HeldKey(QObject):
    """Turns holding a key down into `held(id, True)` and letting go into `held(id, False)`."""

    def __init__(self, spec: ActionSpec, action: QAction, parent: ActionSet) -> None:
        super().__init__(parent)
        self._spec = spec
        self._action = action
        self._set = parent
        self._down = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch key presses; auto-repeat of a held key is swallowed."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate and self._down:
            self._say(down=False)
        if not isinstance(event, QKeyEvent) or not self._is_mine(event.key()):
            return False
        if kind == QEvent.Type.KeyPress:
            if not event.isAutoRepeat() and self._action.isEnabled():
                self._say(down=True)
            return True
        if kind == QEvent.Type.KeyRelease:
            if not event.isAutoRepeat() and self._down:
                self._say(down=False)
            return True
        return False

    def _is_mine(self, key: int) -> bool:
        return any(keys[0].key() == key for keys in self._set.keys(self._spec.id))  # type: ignore[index]

    def _say(self, *, down: bool) -> None:
        self._down = down
        self._set.held.emit(self._spec.id, down)


def fill_menus(window: QMainWindow, actions: ActionSet) -> dict[Group, QMenu]:
    """Make one menu for each group, in the order of the table."""
    bar = window.menuBar()
    menus = {group: bar.addMenu(said(group.value)) for group in Group}
    for menu in menus.values():
        menu.setToolTipsVisible(True)
    for spec in ACTIONS:
        if spec.divider:
            menus[spec.group].addSeparator()
        menus[spec.group].addAction(actions[spec.id])
    return menus


def make_toolbar(window: QMainWindow, actions: ActionSet) -> QToolBar:
    """Make the toolbar: actions with a short text, one block for each group."""
    bar = QToolBar(QCoreApplication.translate("menus", "Tools"), window)
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.toggleViewAction().setVisible(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    group = None
    for spec in ACTIONS:
        if not spec.short:
            continue
        if group is not None and (spec.group is not group or spec.divider):
            bar.addSeparator()
        group = spec.group
        bar.addAction(actions[spec.id])
    stretch = QWidget(bar)
    stretch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(stretch)
    window.addToolBar(bar)
    return bar


def key_words(sequences: list[QKeySequence]) -> str:
    """Say keys as this platform spells them."""
    native = QKeySequence.SequenceFormat.NativeText
    return QCoreApplication.translate("menus", " or ").join(
        keys.toString(native) for keys in sequences
    )
