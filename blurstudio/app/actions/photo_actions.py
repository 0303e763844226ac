"""The part of the table of actions about one photo: its analysis, and the choices behind it.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs, Reach

_Standard = QKeySequence.StandardKey

PHOTO_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "edit.undo",
        QT_TRANSLATE_NOOP("actions", "&Undo"),
        QT_TRANSLATE_NOOP("actions", "Take back the last choice for this photo"),
        Group.EDIT,
        ("Ctrl+Z",),
        standard=_Standard.Undo,
        needs=Needs.UNDO,
    ),
    ActionSpec(
        "edit.redo",
        QT_TRANSLATE_NOOP("actions", "&Redo"),
        QT_TRANSLATE_NOOP("actions", "Choose again what was taken back"),
        Group.EDIT,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        standard=_Standard.Redo,
        needs=Needs.REDO,
    ),
    ActionSpec(
        "edit.reset",
        QT_TRANSLATE_NOOP("actions", "Reset &all"),
        QT_TRANSLATE_NOOP("actions", "Take back every choice for this photo; it can be undone"),
        Group.EDIT,
        needs=Needs.RESET,
        divider=True,
    ),
    ActionSpec(
        "edit.copy_settings",
        QT_TRANSLATE_NOOP("actions", "Copy &settings"),
        QT_TRANSLATE_NOOP(
            "actions", "Keep the choices of this photo for pasting them on another one"
        ),
        Group.EDIT,
        ("Ctrl+Shift+C",),
        needs=Needs.PHOTO,
        divider=True,
    ),
    ActionSpec(
        "edit.paste_settings",
        QT_TRANSLATE_NOOP("actions", "&Paste settings"),
        QT_TRANSLATE_NOOP(
            "actions", "Choose for this photo what was chosen for the one they were copied from"
        ),
        Group.EDIT,
        ("Ctrl+Shift+V",),
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "photo.analyse",
        QT_TRANSLATE_NOOP("actions", "&Analyse again"),
        QT_TRANSLATE_NOOP(
            "actions", "Read the motion and the sharp picture out of this photo once more"
        ),
        Group.PHOTO,
        ("Ctrl+R",),
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "photo.stop",
        QT_TRANSLATE_NOOP("actions", "&Stop"),
        QT_TRANSLATE_NOOP("actions", "Stop the running work; what is finished stays"),
        Group.PHOTO,
        ("Ctrl+.",),
        needs=Needs.WORK,
    ),
    ActionSpec(
        "photo.reverse",
        QT_TRANSLATE_NOOP("actions", "Reverse &time"),
        QT_TRANSLATE_NOOP(
            "actions", "Turn time round everywhere; a blurred photo doesn't tell which way it ran"
        ),
        Group.PHOTO,
        ("Shift+X",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "photo.flip",
        QT_TRANSLATE_NOOP("actions", "&Flip a region"),
        QT_TRANSLATE_NOOP(
            "actions",
            "Click on something in the picture: time turns round in all that moves with it",
        ),
        Group.PHOTO,
        ("X",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "photo.refine",
        QT_TRANSLATE_NOOP("actions", "&Refine"),
        QT_TRANSLATE_NOOP("actions", "Fit the paths to this one photo"),
        Group.PHOTO,
        ("Ctrl+Shift+R",),
        needs=Needs.REFINE,
    ),
    ActionSpec(
        "photo.command_line",
        QT_TRANSLATE_NOOP("actions", "Copy as &command line"),
        QT_TRANSLATE_NOOP(
            "actions", "Copy the call of blurstudio process that makes the same results"
        ),
        Group.PHOTO,
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "photo.motion",
        QT_TRANSLATE_NOOP("actions", "&Motion panel"),
        QT_TRANSLATE_NOOP("actions", "Go to the controls of the Motion panel"),
        Group.PHOTO,
        ("M",),
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "photo.back",
        QT_TRANSLATE_NOOP("actions", "&Back to the picture"),
        QT_TRANSLATE_NOOP(
            "actions", "Leave tool and panel: keys and clicks are the picture's again"
        ),
        Group.PHOTO,
        ("Esc",),
        needs=Needs.PHOTO,
    ),
)
