"""What a person does with a window, as tests say it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication


class Person:
    """What a person does with a window, and what they wait for."""

    def __init__(self, qtbot):
        self.bot = qtbot

    def opens(self, window, path):
        """Open a photo and wait until it is shown."""
        with self.bot.waitSignal(window.controller.photo_opened):
            window.open_paths([path])

    def sees_results(self, window):
        """Wait for the full result."""
        self.bot.waitUntil(lambda: window.controller.is_shown and not window.controller.running)
        self.bot.waitUntil(lambda: not window.parts.status.jobs.jobs)
        self.bot.waitUntil(lambda: not window.bridge.is_busy("flow"))
        self.bot.waitUntil(lambda: window.showing.is_done)
        # The flow is on its way from the lane by now: let it be heard.
        QCoreApplication.processEvents()

    def opens_and_waits(self, window, path):
        """Open a photo and wait for its full result."""
        self.opens(window, path)
        self.sees_results(window)

    def drops(self, window, paths, on=None):
        """Drop files on a widget of the window; returns whether they were accepted."""
        target = on or window
        while not target.acceptDrops():
            target = target.parentWidget()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        keys = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(50, 50).toPoint(), *how, keys)
        enter.ignore()
        QApplication.sendEvent(target, enter)
        if enter.isAccepted():
            QApplication.sendEvent(target, QDropEvent(QPointF(50, 50), *how, keys))
        return enter.isAccepted()

    def strikes(self, window, *keys):
        """Strike keys over the canvas, each "1" or with modifiers as in "Shift+Y"."""
        from PySide6.QtGui import QKeySequence

        for name in keys:
            stroke = QKeySequence.fromString(name)[0]
            self.bot.keyClick(window.parts.canvas, stroke.key(), stroke.keyboardModifiers())
