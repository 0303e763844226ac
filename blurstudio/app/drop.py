"""Files dropped on the window, and how much of a drop is of use.

Opening them is the window's business.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets files be dropped anywhere on a window.

    Parameters
    ----------
    window
        The window; its children are kept from taking drops for themselves (views of Qt's graphics
        framework do, and refuse them).
    """

    dropped = Signal(list)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for child in window.findChildren(QWidget):
            child.setAcceptDrops(False)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drops of local files; leave everything else."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            paths = _files(event)
            if paths:
                event.acceptProposedAction()
                self.dropped.emit(paths)
            return True
        if isinstance(event, (QDragEnterEvent, QDragMoveEvent)):
            if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and _files(event):
                event.acceptProposedAction()
            else:
                event.ignore()
            return True
        return False


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
