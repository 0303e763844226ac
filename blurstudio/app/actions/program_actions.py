"""The part of the table of actions about the program itself: settings, finding, explaining.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group

PROGRAM_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "edit.settings",
        QT_TRANSLATE_NOOP("actions", "&Settings…"),
        QT_TRANSLATE_NOOP("actions", "Device, memory, look, and what a new photo begins with"),
        Group.EDIT,
        ("Ctrl+,",),
        standard=QKeySequence.StandardKey.Preferences,
        divider=True,
    ),
    ActionSpec(
        "help.palette",
        QT_TRANSLATE_NOOP("actions", "&Find an action…"),
        QT_TRANSLATE_NOOP("actions", "Search everything that can be done, and do it"),
        Group.HELP,
        ("Ctrl+Shift+P",),
    ),
    ActionSpec(
        "help.keys",
        QT_TRANSLATE_NOOP("actions", "&Keys…"),
        QT_TRANSLATE_NOOP("actions", "List every key, and change them"),
        Group.HELP,
        ("F1", "?"),
    ),
    ActionSpec(
        "help.explain",
        QT_TRANSLATE_NOOP("actions", "&Explain this"),
        QT_TRANSLATE_NOOP("actions", "Say what the control that has the keys is about"),
        Group.HELP,
        ("Shift+F1",),
        divider=True,
    ),
    ActionSpec(
        "help.glossary",
        QT_TRANSLATE_NOOP("actions", "&Glossary"),
        QT_TRANSLATE_NOOP("actions", "Look up the words that Blur Studio uses"),
        Group.HELP,
    ),
    ActionSpec(
        "help.tour",
        QT_TRANSLATE_NOOP("actions", "&Tour"),
        QT_TRANSLATE_NOOP(
            "actions", "Show the parts of the window on the sample, one after the other"
        ),
        Group.HELP,
    ),
    ActionSpec(
        "help.log",
        QT_TRANSLATE_NOOP("actions", "Copy the &log"),
        QT_TRANSLATE_NOOP(
            "actions", "Put what went wrong lately on the clipboard, without names of your folders"
        ),
        Group.HELP,
        divider=True,
    ),
    ActionSpec(
        "help.about",
        QT_TRANSLATE_NOOP("actions", "&About Blur Studio"),
        QT_TRANSLATE_NOOP("actions", "Versions and licences"),
        Group.HELP,
    ),
)
