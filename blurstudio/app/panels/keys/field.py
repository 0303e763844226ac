"""A field that takes the next key struck in it, whatever that key does elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

_ALONE = (
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta),
    *(Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock, Qt.Key.Key_unknown),
)


class KeyField(QLabel):
    """Waits for a key; Esc gives up."""

    struck = Signal(QKeySequence)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("New key"))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def event(self, event: QEvent) -> bool:
        """Take every key, those of menus and the Tab key among them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._take(event)
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.given_up.emit()
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key == Qt.Key.Key_Backtab:
            self.struck.emit(QKeySequence("Shift+Tab"))
        elif key not in _ALONE:
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            # The Shift that a sign such as "?" needs is part of the sign.
            sign = event.text().isprintable() and event.text() and not event.text().isalpha()
            if sign and key != Qt.Key.Key_Space:
                modifiers &= ~Qt.KeyboardModifier.ShiftModifier
            self.struck.emit(QKeySequence(key | modifiers))
