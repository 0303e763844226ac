"""The part of the table of actions about the program itself: settings, finding, explaining.

The table itself, and what it is for, is in `actions.py`.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.action_spec import ActionSpec, Group

PROGRAM_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "edit.settings",
        "&Settings…",
        "Device, memory, look, and what a new photo begins with",
        Group.EDIT,
        ("Ctrl+,",),
        standard=QKeySequence.StandardKey.Preferences,
        divider=True,
    ),
    ActionSpec(
        "help.palette",
        "&Find an action…",
        "Search everything that can be done, and do it",
        Group.HELP,
        ("Ctrl+Shift+P",),
    ),
    ActionSpec(
        "help.keys",
        "&Keys…",
        "List every key, and change them",
        Group.HELP,
        ("F1", "?"),
    ),
    ActionSpec(
        "help.explain",
        "&Explain this",
        "Say what the control that has the keys is about",
        Group.HELP,
        ("Shift+F1",),
        divider=True,
    ),
    ActionSpec(
        "help.glossary",
        "&Glossary",
        "Look up the words that Blur Studio uses",
        Group.HELP,
    ),
    ActionSpec(
        "help.tour",
        "&Tour",
        "Show the parts of the window on the sample, one after the other",
        Group.HELP,
    ),
    ActionSpec(
        "help.log",
        "Copy the &log",
        "Put what went wrong lately on the clipboard, without names of your folders",
        Group.HELP,
        divider=True,
    ),
    ActionSpec(
        "help.about",
        "&About Blur Studio",
        "Versions and licences",
        Group.HELP,
    ),
)
