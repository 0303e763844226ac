"""Calling a person who looks elsewhere: the window asks for attention, the system shows a message.

A notice in the window is said in any case, by whoever has something to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Calling(QObject):
    """Calls for one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None

    def call(self, title: str, sentence: str) -> None:
        """Say something to a person who may not be looking; to one who is, nothing."""
        if self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QGuiApplication.windowIcon(), self)
            self._tray.messageClicked.connect(self._come)
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)
            app.applicationStateChanged.connect(self._seen)
        self._tray.show()
        self._tray.showMessage(title, sentence)

    def _come(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.activateWindow()

    def _seen(self, state: Qt.ApplicationState) -> None:
        """Take the icon away once the person is back."""
        if state == Qt.ApplicationState.ApplicationActive and self._tray is not None:
            self._tray.hide()
