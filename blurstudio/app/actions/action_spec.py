"""What an action is: its words, its keys, where they work and what they need.

The actions themselves are in `table.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QKeySequence


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark a text of a table for `lupdate`; it is translated where it is shown."""
    del context
    return text


class Group(StrEnum):
    """Where an action is listed: a menu of the window and a heading of the key list."""

    FILE = QT_TRANSLATE_NOOP("actions", "&File")
    EDIT = QT_TRANSLATE_NOOP("actions", "&Edit")
    PHOTO = QT_TRANSLATE_NOOP("actions", "&Photo")
    REGIONS = QT_TRANSLATE_NOOP("actions", "&Regions")
    VIEW = QT_TRANSLATE_NOOP("actions", "&View")
    COMPARE = QT_TRANSLATE_NOOP("actions", "&Compare")
    PLAY = QT_TRANSLATE_NOOP("actions", "P&lay")
    HELP = QT_TRANSLATE_NOOP("actions", "&Help")


class Needs(StrEnum):
    """What must be there before an action makes sense."""

    NOTHING = "nothing"
    PHOTO = QT_TRANSLATE_NOOP("actions", "photo")
    RESULTS = "results"
    WORK = "work"
    UNDO = "undo"
    REDO = "redo"
    RESET = "reset"
    REFINE = "refine"
    REGION = "region"
    REGIONS = QT_TRANSLATE_NOOP("actions", "regions")
    OTHERS = "others"
    NOTICE = "notice"


class Reach(StrEnum):
    """Where the keys work: in the whole window, or only where nobody types."""

    WINDOW = "window"
    WORK_AREA = "work area"


@dataclass(frozen=True)
class ActionSpec:
    """One thing a person can do.

    Attributes
    ----------
    id
        Name in the code, ``group.verb``.
    text, tooltip
        What menus say, and one sentence more.
    keys
        Key sequences in Qt's portable spelling; the first one is shown in menus.
    standard
        The platform's own keys for it, put before `keys`.
    short
        Text on the toolbar; empty keeps the action off it.
    checkable, family
        A switch; actions of one family are exclusive.
    held
        The keys act while they are held down, not when struck.
    """

    id: str
    text: str
    tooltip: str
    group: Group
    keys: tuple[str, ...] = ()
    standard: QKeySequence.StandardKey | None = None
    short: str = ""
    checkable: bool = False
    family: str = ""
    held: bool = False
    needs: Needs = Needs.NOTHING
    reach: Reach = Reach.WINDOW
    divider: bool = False

    def sequences(self) -> list[QKeySequence]:
        """All key sequences of the action on this platform, without doubles."""
        # Only the first: the others are keys of special keyboards, such as one marked "Open".
        found = list(QKeySequence.keyBindings(self.standard))[:1] if self.standard else []
        found += [QKeySequence.fromString(keys) for keys in self.keys]
        return [keys for index, keys in enumerate(found) if keys not in found[:index]]
