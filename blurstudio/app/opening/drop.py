"""Files dropped on the window, and what is wanted of them: to open a photo, or to compare with it.

A photo is opened. Flow and paths, which are no photos, are compared with the one on show, and so is
whatever is dropped with Shift. Doing so is the window's business.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from blurstudio.media.endings import MOTION


class FileDrop(QObject):
    """Lets files be dropped anywhere on a window.

    Parameters
    ----------
    window
        The window; its children are kept from taking drops for themselves (views of Qt's graphics
        framework do, and refuse them).
    """

    dropped = Signal(list)
    compared = Signal(list)
    """Files that are to be compared with the photo on show."""

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
                # With Shift a move is proposed, and whoever moves may delete what was dropped.
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                if shift or all(path.suffix.lower() in MOTION for path in paths):
                    self.compared.emit(paths)
                else:
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
