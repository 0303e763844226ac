"""The panels that can be moved, closed and brought back: docks, their menu, their first layout.

A panel is made when it is first seen: plots take a while to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QFrame, QMenu, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QMainWindow

    from blurstudio.app.actions.menus import ActionSet

_WIDTH = 300
_LEAST_HEIGHT = 180


class _Column(QScrollArea):
    """What is in a dock: it scrolls down only, and is never narrower than its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it, with letters of any size."""
        least = super().minimumSizeHint()
        panel = self.widget()
        wanted = 0 if panel is None else panel.minimumSizeHint().width()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(_WIDTH, wanted + bar), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is in it where that wants more room."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Dock(QDockWidget):
    """A panel of the window.

    Parameters
    ----------
    name
        Its action is ``view.<name>``.
    build
        Makes what is in it; called when it is first seen.

    Attributes
    ----------
    panel
        What was made; None until then.
    """

    built = Signal()
    seen = Signal(bool)

    def __init__(
        self, name: str, title: str, build: Callable[[QWidget], QWidget], window: QMainWindow
    ) -> None:
        super().__init__(title, window)
        self.setObjectName(f"dock.{name}")
        self._build = build
        self.panel: Any = None
        self._scroll = _Column(self)
        self.setWidget(self._scroll)

    def open_or_close(self, wanted: bool) -> None:
        """Answer to the dock's action."""
        self.setVisible(wanted)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the panel in time."""
        if self.panel is None:
            self.panel = self._build(self)
            self._scroll.setWidget(self.panel)
            # Docks that share a side must not squeeze each other to a strip.
            self._scroll.setMinimumHeight(min(self.panel.sizeHint().height(), _LEAST_HEIGHT))
            self.built.emit()
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that nobody sees the panel any more."""
        super().hideEvent(event)
        self.seen.emit(False)


class Docks(QObject):
    """All docks of a window, closed at first, on the left."""

    def __init__(self, docks: dict[str, Dock], window: QMainWindow, commands: ActionSet) -> None:
        super().__init__(window)
        self._docks = docks
        self._window = window
        self._commands = commands
        for name, dock in docks.items():
            action = commands[f"view.{name}"]
            action.triggered.connect(dock.open_or_close)
            action.triggered.connect(self._share_room)
            dock.toggleViewAction().toggled.connect(action.setChecked)
        commands.on("view.layout", self.reset)
        self.reset()

    def __getitem__(self, name: str) -> Dock:
        return self._docks[name]

    def reset(self) -> None:
        """Put every dock where it was at the first start: on the left, closed."""
        for dock in self._docks.values():
            dock.setFloating(False)
            self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
            dock.hide()

    def _share_room(self) -> None:
        """Let docks under each other have as much of their side as they need of it."""
        shown = [dock for dock in self._docks.values() if dock.isVisible()]
        for dock in [dock for dock in shown if not dock.isFloating()]:
            area = self._window.dockWidgetArea(dock)
            column = [other for other in shown if self._window.dockWidgetArea(other) == area]
            heights = [other.panel.sizeHint().height() for other in column]
            self._window.resizeDocks(column, heights, Qt.Orientation.Vertical)

    def make_menu(self, view: QMenu) -> QMenu:
        """Gather the docks' actions into a menu of their own within the View menu."""
        menu = QMenu(self.tr("Pa&nels"), view)
        names = [*self._docks, "layout"]
        actions = [self._commands[f"view.{name}"] for name in names]
        after = view.actions().index(actions[-1]) + 1
        view.insertMenu(view.actions()[after], menu)
        for action in actions:
            view.removeAction(action)
            menu.addAction(action)
        menu.insertSeparator(actions[-1])
        menu.setToolTipsVisible(True)
        return menu
