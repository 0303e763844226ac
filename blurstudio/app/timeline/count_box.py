"""The field for the number of frames: Enter takes it, Esc takes it back, and both leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSpinBox

from blurstudio.app.panels.enter import ENTER

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class CountBox(QSpinBox):
    """A number that counts when it is complete; afterwards the keys belong to the picture again."""

    left = Signal()
    """Enter or Esc was struck: the keys are wanted elsewhere."""

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Esc, which are keys of actions elsewhere."""
        ours = isinstance(event, QKeyEvent) and event.key() in (*ENTER, Qt.Key.Key_Escape)
        if ours and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the number on Enter, and go back to the one before on Esc."""
        enter = event.key() in ENTER
        if not enter and event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        if enter:
            self.interpretText()
        else:
            self.lineEdit().setText(self.textFromValue(self.value()) + self.suffix())
        event.accept()
        self.clearFocus()
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the number only while the field is in use: a wheel passes over it by chance."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
