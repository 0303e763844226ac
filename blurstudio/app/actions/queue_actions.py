"""The part of the table of actions about the queue: what is put into it, and its rest.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs

QUEUE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "queue.photo",
        QT_TRANSLATE_NOOP("actions", "Queue &this photo…"),
        QT_TRANSLATE_NOOP(
            "actions", "Write results of this photo later, as it is chosen and edited now"
        ),
        Group.FILE,
        ("Ctrl+Shift+B",),
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "queue.folder",
        QT_TRANSLATE_NOOP("actions", "Queue a &folder…"),
        QT_TRANSLATE_NOOP("actions", "Write results of every photo in a folder, one after another"),
        Group.FILE,
    ),
    ActionSpec(
        "queue.pause",
        QT_TRANSLATE_NOOP("actions", "Pause the queue"),
        QT_TRANSLATE_NOOP("actions", "Let the queue rest, or go on where it was"),
        Group.FILE,
        checkable=True,
    ),
)
