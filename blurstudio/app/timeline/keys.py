"""The keys of the timeline while it has the focus and no action of the window took them.

In the window the table of actions says which keys there are; this is the timeline by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from blurstudio.app.timeline.widget import Timeline

_LEAP = 10


def answer(timeline: Timeline, event: QKeyEvent) -> bool:
    """Do what a key stands for; returns whether it stands for anything."""
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    plain = not event.modifiers()
    far = _LEAP if shift else 1
    match event.key():
        case Qt.Key.Key_Left | Qt.Key.Key_Comma:
            timeline.step(-far)
        case Qt.Key.Key_Right | Qt.Key.Key_Period:
            timeline.step(far)
        case Qt.Key.Key_Home:
            timeline.go_start()
        case Qt.Key.Key_End:
            timeline.go_end()
        case Qt.Key.Key_I if plain:
            timeline.mark_in()
        case Qt.Key.Key_O if plain:
            timeline.mark_out()
        case Qt.Key.Key_Space:
            timeline.toggle_play()
        case Qt.Key.Key_J:
            timeline.reverse()
        case Qt.Key.Key_K:
            timeline.stop()
        case Qt.Key.Key_L if plain:
            timeline.forward()
        case _:
            return False
    return True
