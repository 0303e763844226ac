"""The table of actions in the window's language: the table itself is English data.

What the texts are is decided in `table.py` and its parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from blurstudio.app.actions.action_spec import ActionSpec, Group


def said(text: str) -> str:
    """Say a text of the table, or of the gestures, in the window's language."""
    # An empty text would be answered with what the translation tells about itself.
    return QCoreApplication.translate("actions", text) if text else ""


def plain(text: str) -> str:
    """Return an action's text without the mark of its mnemonic."""
    return text.replace("&", "")


def text_of(spec: ActionSpec) -> str:
    """Say what menus call an action, with the mark of its mnemonic."""
    return said(spec.text)


def name_of(spec: ActionSpec) -> str:
    """Say what an action is called, without the mark of its mnemonic."""
    return plain(text_of(spec))


def tip_of(spec: ActionSpec) -> str:
    """Say what an action does, in a sentence without its full stop."""
    return said(spec.tooltip)


def heading_of(group: Group) -> str:
    """Say what a group of actions is called, without the mark of its mnemonic."""
    return plain(said(group.value))
