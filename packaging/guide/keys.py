"""The guide's page of keys, made of the table of actions so that it is never out of date.

A test compares the page with what is made here.
"""

from __future__ import annotations

from blurstudio.app.actions.action_spec import ActionSpec, Group
from blurstudio.app.actions.action_words import heading_of, name_of, tip_of
from blurstudio.app.actions.menus import key_words
from blurstudio.app.actions.table import ACTIONS
from blurstudio.app.gestures import GESTURES

_HEAD = """\
# Keys

These are the usual keys, menu by menu. **F1** lists them in the window, where you can search and
change them; **Ctrl+Shift+P** finds an action by a few letters, whether it has a key or not. On
macOS, Ctrl is ⌘.

Keys without Ctrl or Alt belong to the picture: in the side panel they go to the control that has
the focus. **Esc** brings them back to the picture.

This page is written by `make guide-pictures`.
"""


def keys_page() -> str:
    """Return the whole page, in Markdown."""
    parts = [_HEAD]
    for group in Group:
        rows = [_row(spec) for spec in ACTIONS if spec.group is group]
        parts.append(_table(heading_of(group), "Key", rows))
    parts.append(_table("Pointer", "What you do", list(GESTURES)))
    return "\n".join(parts)


def _row(spec: ActionSpec) -> tuple[str, str]:
    keys = key_words(spec.sequences())
    return (f"hold {keys}" if spec.held else keys, f"**{name_of(spec)}**: {tip_of(spec)}")


def _table(title: str, first: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"| {_cell(keys)} | {_cell(words)} |" for keys, words in rows]
    return "\n".join([f"## {title}", "", f"| {first} | What it does |", "|---|---|", *lines, ""])


def _cell(text: str) -> str:
    for mark in "\\|[]_":
        text = text.replace(mark, "\\" + mark)
    return text
