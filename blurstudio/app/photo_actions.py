"""The part of the table of actions about one photo: its analysis, and the choices behind it.

The table itself, and what it is for, is in `actions.py`.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.action_spec import ActionSpec, Group, Needs, Reach

_Standard = QKeySequence.StandardKey

PHOTO_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "edit.undo",
        "&Undo",
        "Take back the last choice for this photo",
        Group.EDIT,
        ("Ctrl+Z",),
        standard=_Standard.Undo,
        needs=Needs.UNDO,
    ),
    ActionSpec(
        "edit.redo",
        "&Redo",
        "Choose again what was taken back",
        Group.EDIT,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        standard=_Standard.Redo,
        needs=Needs.REDO,
    ),
    ActionSpec(
        "edit.reset",
        "Reset &all",
        "Take back every choice for this photo; it can be undone",
        Group.EDIT,
        needs=Needs.RESET,
        divider=True,
    ),
    ActionSpec(
        "edit.copy_settings",
        "Copy &settings",
        "Keep the choices of this photo for pasting them on another one",
        Group.EDIT,
        ("Ctrl+Shift+C",),
        needs=Needs.PHOTO,
        divider=True,
    ),
    ActionSpec(
        "edit.paste_settings",
        "&Paste settings",
        "Choose for this photo what was chosen for the one they were copied from",
        Group.EDIT,
        ("Ctrl+Shift+V",),
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "photo.analyse",
        "&Analyse again",
        "Read the motion and the sharp picture out of this photo once more",
        Group.PHOTO,
        ("Ctrl+R",),
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "photo.stop",
        "&Stop",
        "Stop the running work; what is finished stays",
        Group.PHOTO,
        ("Ctrl+.",),
        needs=Needs.WORK,
    ),
    ActionSpec(
        "photo.reverse",
        "Reverse &time",
        "Turn time round everywhere; a blurred photo doesn't tell which way it ran",
        Group.PHOTO,
        ("Shift+X",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "photo.flip",
        "&Flip a region",
        "Click on something in the picture: time turns round in all that moves with it",
        Group.PHOTO,
        ("X",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "photo.refine",
        "&Refine",
        "Fit the paths to this one photo",
        Group.PHOTO,
        ("Ctrl+Shift+R",),
        needs=Needs.REFINE,
    ),
    ActionSpec(
        "photo.command_line",
        "Copy as &command line",
        "Copy the call of blurstudio process that makes the same results",
        Group.PHOTO,
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "photo.motion",
        "&Motion panel",
        "Go to the controls of the Motion panel",
        Group.PHOTO,
        ("M",),
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "photo.back",
        "&Back to the picture",
        "Leave tool and panel: keys and clicks are the picture's again",
        Group.PHOTO,
        ("Esc",),
        needs=Needs.PHOTO,
    ),
)
