"""The buttons under a thumb: reverse, play or pause, forward, loop.

They only say what was pressed and show what they are told; time is kept in `player`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from blurstudio.app.timeline.icons import icon
from blurstudio.app.timeline.player import LoopMode

_LOOP_TIPS = {
    LoopMode.OFF: "Plays once (Ctrl+L)",
    LoopMode.LOOP: "Plays again and again (Ctrl+L)",
    LoopMode.PING_PONG: "Plays to and fro (Ctrl+L)",
}


class Transport(QWidget):
    """A row of flat buttons and the speed when it isn't the normal one."""

    reversePressed = Signal()
    playPressed = Signal()
    forwardPressed = Signal()
    loopPressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._playing = False
        self._mode = LoopMode.OFF
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.reverse_button = self._button("Play backwards", "Play backwards (J; again: faster)")
        self.play_button = self._button("Play", "Play (Space)")
        self.forward_button = self._button("Play forward", "Play forward (L; again: faster)")
        self.loop_button = self._button("Loop", _LOOP_TIPS[self._mode])
        self.speed_label = QLabel(self)
        self.speed_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.speed_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("\N{MINUS SIGN}8 x"))
        self.speed_label.setAccessibleName("Speed")
        row.addWidget(self.speed_label)
        self.reverse_button.clicked.connect(self.reversePressed)
        self.play_button.clicked.connect(self.playPressed)
        self.forward_button.clicked.connect(self.forwardPressed)
        self.loop_button.clicked.connect(self.loopPressed)
        self._dress()

    def set_playing(self, playing: bool) -> None:
        """Show pause while playing."""
        self._playing = playing
        self.play_button.setAccessibleName("Pause" if playing else "Play")
        self.play_button.setToolTip("Pause (Space)" if playing else "Play (Space)")
        self._dress()

    def set_loop_mode(self, mode: LoopMode) -> None:
        """Show what happens at the ends."""
        self._mode = mode
        self.loop_button.setToolTip(_LOOP_TIPS[mode])
        self.loop_button.setAccessibleDescription(_LOOP_TIPS[mode])
        self._dress()

    def set_speed(self, speed: float) -> None:
        """Show a speed other than the normal one."""
        fast = abs(speed) > 1
        self.speed_label.setText(
            f"{abs(speed):g}\N{THIN SPACE}\N{MULTIPLICATION SIGN}" if fast else ""
        )

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs anew in new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIconSize(QSize(20, 20))
        button.setFixedSize(32, 32)
        # Space always plays; it must not press the button that was clicked last.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(button)
        return button

    def _dress(self) -> None:
        palette = self.palette()
        self.reverse_button.setIcon(icon("reverse", palette))
        self.play_button.setIcon(icon("pause" if self._playing else "play", palette))
        self.forward_button.setIcon(icon("forward", palette))
        self.loop_button.setIcon(icon(self._mode.value, palette))
