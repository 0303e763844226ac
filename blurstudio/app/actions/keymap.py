"""Which action has which keys: the table's usual ones, and a person's changes to them.

Every key belongs to one action at most. Nothing is shown here and nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from blurstudio.app.actions.action_spec import ActionSpec, Group, Reach
from blurstudio.app.actions.action_words import heading_of, name_of, said
from blurstudio.app.actions.key_changes import KeyChanges
from blurstudio.app.actions.table import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_BY_ID = {spec.id: spec for spec in ACTIONS}
_Modifier = Qt.KeyboardModifier


def keys_of(spec: ActionSpec, changes: KeyChanges) -> list[QKeySequence]:
    """Return the keys of an action."""
    given = changes.keys(spec.id)
    if given is None:
        return spec.sequences()
    return [QKeySequence.fromString(name, _PORTABLE) for name in given]


def holder(keys: QKeySequence, changes: KeyChanges, but: ActionSpec) -> ActionSpec | None:
    """Return the other action that has a key, or None if it is free."""
    return next((spec for spec in ACTIONS if spec != but and keys in keys_of(spec, changes)), None)


def given(spec: ActionSpec, sequences: Iterable[QKeySequence], changes: KeyChanges) -> KeyChanges:
    """Give an action keys, taking them from whoever has them; all other keys stay."""
    wanted = list(dict.fromkeys(_name(keys) for keys in sequences))
    for other in ACTIONS:
        left = [_name(keys) for keys in keys_of(other, changes)]
        if other != spec and set(left) & set(wanted):
            changes = _put(other, [name for name in left if name not in wanted], changes)
    return _put(spec, wanted, changes)


def objection(spec: ActionSpec, keys: QKeySequence) -> str | None:
    """Say in a sentence why an action can't have a key; None if it can."""
    stroke = keys[0]  # type: ignore[index]
    modified = bool(
        stroke.keyboardModifiers() & ~(_Modifier.ShiftModifier | _Modifier.KeypadModifier)
    )
    name = keys.toString(_NATIVE)
    menu = _menu_opened_by(stroke)
    if menu is not None:
        return QCoreApplication.translate(
            "keymap", "“{key}” opens the menu “{menu}”: choose another key."
        ).format(key=name, menu=menu)
    if spec.held and stroke.keyboardModifiers() != _Modifier.NoModifier:
        return QCoreApplication.translate(
            "keymap",
            "“{key}” can't be held down for “{action}”: choose a key without Ctrl, Shift or Alt.",
        ).format(key=name, action=name_of(spec))
    if spec.reach is Reach.WINDOW and not modified and _can_be_typed(stroke.key()):
        return QCoreApplication.translate(
            "keymap",
            "“{key}” alone would act while you type, for “{action}” works everywhere: "
            "add Ctrl or Alt.",
        ).format(key=name, action=name_of(spec))
    return None


def checked(changes: KeyChanges) -> tuple[KeyChanges, list[str]]:
    """Drop what no action can have, so that every key has one action.

    A person's choice comes before an action's usual key.

    Returns
    -------
    tuple
        The changes that can be followed, and a sentence for everything that was dropped.
    """
    kept, warnings = KeyChanges(), []
    taken: dict[str, str] = {}
    for id_, names in changes.entries:
        spec = _BY_ID.get(id_)
        if spec is None:
            warnings.append(
                QCoreApplication.translate(
                    "keymap", "Keys were kept for “{action}”, which is not here; they were dropped."
                ).format(action=id_)
            )
            continue
        good = []
        for name in names:
            keys = QKeySequence.fromString(name, _PORTABLE)
            if not _is_one_stroke(keys) or taken.get(_name(keys), id_) != id_:
                warnings.append(
                    QCoreApplication.translate(
                        "keymap", "The key “{key}” can't be that of “{action}”; it was dropped."
                    ).format(key=name, action=name_of(spec))
                )
            else:
                good.append(_name(keys))
                taken[_name(keys)] = id_
        if good or not names:
            kept = kept.with_keys(id_, tuple(good))
    for id_, names in kept.entries:
        kept = given(_BY_ID[id_], [QKeySequence.fromString(name) for name in names], kept)
    return kept, warnings


def _put(spec: ActionSpec, names: list[str], changes: KeyChanges) -> KeyChanges:
    if names == [_name(keys) for keys in spec.sequences()]:
        return changes.without(spec.id)
    return changes.with_keys(spec.id, tuple(names))


def _is_one_stroke(keys: QKeySequence) -> bool:
    return keys.count() == 1 and keys[0].key() != Qt.Key.Key_unknown  # type: ignore[index]


def _menu_opened_by(stroke: QKeyCombination) -> str | None:
    if stroke.keyboardModifiers() != _Modifier.AltModifier:
        return None
    for group in Group:
        mark = QKeySequence.mnemonic(said(group.value))
        if not mark.isEmpty() and mark[0] == stroke:  # type: ignore[index]
            return heading_of(group)
    return None


def _can_be_typed(key: Qt.Key) -> bool:
    return Qt.Key.Key_Space <= key <= Qt.Key.Key_ydiaeresis


def _name(keys: QKeySequence) -> str:
    return keys.toString(_PORTABLE)
