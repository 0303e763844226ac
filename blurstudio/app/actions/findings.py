"""Which actions fit what was typed into the palette, the best first; recent ones before others.

What they look like in the list is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.app.actions.action_words import heading_of, plain, tip_of
from blurstudio.app.actions.fuzzy import Fit, fit
from blurstudio.app.actions.menus import key_words
from blurstudio.app.actions.table import ACTIONS
from blurstudio.app.reasons import why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.app.actions.action_spec import ActionSpec
    from blurstudio.app.actions.menus import ActionSet

# A fit in the action's own name beats one in its menu's, and that one a word of the tooltip.
_OWN, _WITH_GROUP, _TOOLTIP = 2000.0, 1000.0, 0.0

# What can be done now is more likely meant than what can't, but less than a better name.
_IMPOSSIBLE = 6.0


@dataclass(frozen=True)
class Finding:
    """An action as the palette lists it.

    Attributes
    ----------
    id
        The action's.
    name, places
        Its group and text, and which letters of that were typed.
    keys, about
        Its keys, and what it does or why it can't be done.
    possible
        Whether it can be done now.
    on
        Whether it is a switch that is on.
    """

    id: str
    name: str
    places: tuple[int, ...]
    keys: str
    about: str
    possible: bool
    on: bool


def find(typed: str, actions: ActionSet, recent: Sequence[str]) -> list[Finding]:
    """List the actions that fit, the best first.

    Parameters
    ----------
    typed
        Letters of a name, or words of a tooltip; nothing lists everything.
    recent
        Ids of the actions done last, newest first.
    """
    found = []
    for order, spec in enumerate(ACTIONS):
        group = f"{heading_of(spec.group)}: "
        name = group + _text(spec, actions)
        way = _fit(typed, group, name, tip_of(spec))
        if way is None:
            continue
        late = recent.index(spec.id) if spec.id in recent else len(recent)
        finding = _finding(spec, name, way.places, actions)
        score = way.score - (0 if finding.possible else _IMPOSSIBLE)
        rank = (-round(score) if typed.strip() else 0, late, order)
        found.append((rank, finding))
    return [finding for _, finding in sorted(found, key=lambda entry: entry[0])]


def _fit(typed: str, group: str, name: str, tooltip: str) -> Fit | None:
    own = fit(typed, name[len(group) :])
    if own is not None:
        return Fit(own.score + _OWN, tuple(place + len(group) for place in own.places))
    whole = fit(typed, name)
    if whole is not None:
        return Fit(whole.score + _WITH_GROUP, whole.places)
    words = typed.casefold().split()
    return Fit(_TOOLTIP, ()) if all(word in tooltip.casefold() for word in words) else None


def _finding(spec: ActionSpec, name: str, places: tuple[int, ...], actions: ActionSet) -> Finding:
    action = actions[spec.id]
    keys = key_words(actions.keys(spec.id))
    possible = action.isEnabled() and not spec.held
    about = tip_of(spec)
    if not action.isEnabled():
        about = why_not(spec)
    return Finding(
        spec.id,
        name,
        places,
        QCoreApplication.translate("findings", "hold {keys}").format(keys=keys)
        if spec.held and keys
        else keys,
        about,
        possible,
        action.isChecked(),
    )


def _text(spec: ActionSpec, actions: ActionSet) -> str:
    """Return the text that a menu shows now: an undo says what it takes back."""
    return plain(actions[spec.id].text().partition("\t")[0])
