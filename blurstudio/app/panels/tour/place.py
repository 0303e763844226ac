"""Where the tour's card stands: near the part it explains, and not on it."""

from __future__ import annotations

from PySide6.QtCore import QRect

_GAP = 14


def beside(part: QRect, card: QRect, room: QRect) -> QRect:
    """Find a place for a card where it doesn't cover what it explains.

    Parameters
    ----------
    part
        What it explains, px; an empty one is nothing in particular.
    card
        The card, of which only the size matters.
    room
        Where it has to stay.
    """
    inner = room.adjusted(_GAP, _GAP, -_GAP, -_GAP)
    placed = QRect(card)
    placed.moveCenter(room.center())
    if part.isEmpty():
        return placed
    ways = []
    for x, y in (
        (part.center().x() - card.width() // 2, part.bottom() + _GAP),
        (part.left() - card.width() - _GAP, part.center().y() - card.height() // 2),
        (part.right() + _GAP, part.center().y() - card.height() // 2),
        (part.center().x() - card.width() // 2, part.top() - card.height() - _GAP),
    ):
        way = QRect(card)
        way.moveTo(
            max(inner.left(), min(x, inner.right() - card.width())),
            max(inner.top(), min(y, inner.bottom() - card.height())),
        )
        ways.append(way)
    free = [way for way in ways if not way.intersects(part)]
    # A part as large as the window is explained on itself.
    return free[0] if free else placed
