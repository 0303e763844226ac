"""The buttons under a thumb: reverse, play or pause, forward, loop, onion skin; and the speed.

They only say what was pressed and show what they are told; time is kept in `player`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from blurstudio.app.panels.fields import Choice
from blurstudio.app.timeline.icons import icon
from blurstudio.app.timeline.player import SPEEDS, LoopMode, nearest_speed


class Transport(QWidget):
    """A row of flat buttons and the field of the speed."""

    reversePressed = Signal()
    playPressed = Signal()
    forwardPressed = Signal()
    loopPressed = Signal()
    speedPicked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._playing = False
        self._mode = LoopMode.OFF
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.reverse_button = self._button(
            self.tr("Play backwards"), self.tr("Play backwards (J; again: faster)")
        )
        self.play_button = self._button(self.tr("Play"), self.tr("Play (Space)"))
        self.forward_button = self._button(
            self.tr("Play forward"), self.tr("Play forward (L; again: faster)")
        )
        self.loop_button = self._button(self.tr("Loop"), "")
        self.onion_button = self._button(
            self.tr("Onion skin"),
            self.tr("Onion skin: the moments before and after show through the video (Shift+O)"),
        )
        self.onion_button.setCheckable(True)
        self.speed_box = Choice(self)
        self.speed_box.set_entries(
            (f"{speed:g}\N{THIN SPACE}\N{MULTIPLICATION SIGN}", speed, "") for speed in SPEEDS
        )
        self.speed_box.setFixedWidth(self.speed_box.sizeHint().width())
        self.speed_box.setAccessibleName(self.tr("Speed"))
        self.speed_box.setToolTip(self.tr("How fast it plays (Shift+Down slower, Shift+Up faster)"))
        self.speed_box.picked.connect(self.speedPicked)
        row.addWidget(self.speed_box)
        self.set_speed(1.0)
        self.set_loop_mode(self._mode)
        self.reverse_button.clicked.connect(self.reversePressed)
        self.play_button.clicked.connect(self.playPressed)
        self.forward_button.clicked.connect(self.forwardPressed)
        self.loop_button.clicked.connect(self.loopPressed)

    def set_playing(self, playing: bool) -> None:
        """Show pause while playing."""
        self._playing = playing
        self.play_button.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))
        self.play_button.setToolTip(
            self.tr("Pause (Space)") if playing else self.tr("Play (Space)")
        )
        self._dress()

    def set_loop_mode(self, mode: LoopMode) -> None:
        """Show what happens at the ends."""
        self._mode = mode
        tip = {
            LoopMode.OFF: self.tr("Plays once (Ctrl+L)"),
            LoopMode.LOOP: self.tr("Plays again and again (Ctrl+L)"),
            LoopMode.PING_PONG: self.tr("Plays to and fro (Ctrl+L)"),
        }[mode]
        self.loop_button.setToolTip(tip)
        self.loop_button.setAccessibleDescription(tip)
        self._dress()

    def set_speed(self, speed: float) -> None:
        """Show a speed, whichever way it goes."""
        self.speed_box.show_value(nearest_speed(speed))

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
        self.onion_button.setIcon(icon("onion", palette))
