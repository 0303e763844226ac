"""Keys that a person gave to actions, as a value that the settings keep.

Which actions and keys there are is not known here; `keymap.py` knows.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class KeyChanges:
    """The keys of those actions that have other ones than usual.

    Attributes
    ----------
    entries
        Pairs of an action's id and its keys in Qt's portable spelling; no keys are a choice, too.
    """

    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def keys(self, id_: str) -> tuple[str, ...] | None:
        """Return the keys that an action was given, or None where it has its usual ones."""
        return dict(self.entries).get(id_)

    def with_keys(self, id_: str, keys: tuple[str, ...]) -> KeyChanges:
        """Return the changes with other keys for one action."""
        return KeyChanges(tuple({**dict(self.entries), id_: keys}.items()))

    def without(self, id_: str) -> KeyChanges:
        """Return the changes but for one action, which has its usual keys again."""
        return KeyChanges(tuple(entry for entry in self.entries if entry[0] != id_))


NO_CHANGES = KeyChanges()


def read(table: object) -> tuple[KeyChanges, list[str]]:
    """Read changes as a settings file has them; what is wrong becomes a warning.

    Returns
    -------
    tuple
        The changes, and one sentence for everything that was dropped.
    """
    if not isinstance(table, dict):
        return NO_CHANGES, [
            QCoreApplication.translate(
                "settings", "The setting “keys” can't be {table}; the usual keys are used."
            ).format(table=f"{table!r}")
        ]
    changes = NO_CHANGES
    warnings = []
    for id_, keys in table.items():
        if isinstance(keys, list) and all(isinstance(name, str) for name in keys):
            changes = changes.with_keys(id_, tuple(keys))
        else:
            warnings.append(
                QCoreApplication.translate(
                    "settings", "The keys of “{action}” can't be {keys}; its usual ones are used."
                ).format(action=id_, keys=f"{keys!r}")
            )
    return changes, warnings
