"""The settings' TOML file: read, and written whole or not at all.

A damaged file or a key of another version never blocks the start: what can be read is kept, the
rest is dropped with a warning.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from blurstudio.app.actions.key_changes import KeyChanges
from blurstudio.app.actions.key_changes import read as read_keys
from blurstudio.app.settings import EXPORT, NOT_ASKED, RECENT_PHOTOS, ExportKept, Settings
from blurstudio.locations import user_config_dir
from blurstudio.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def settings_file() -> Path:
    """Path of the settings file; it may not exist yet."""
    return user_config_dir() / "settings.toml"


def load(path: Path) -> tuple[Settings, list[str]]:
    """Read settings; whatever is wrong in the file becomes a warning, never an exception.

    Parameters
    ----------
    path
        The TOML file; a missing one means defaults.

    Returns
    -------
    tuple
        The settings, and one sentence for everything that was dropped.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        told = QCoreApplication.translate(
            "settings",
            "The settings in {path} can't be read ({problem}); default settings are used.",
        ).format(path=path, problem=problem)
        kept = _set_aside(path)
        if kept is not None:
            told += " " + QCoreApplication.translate(
                "settings", "The old file is kept as {name}."
            ).format(name=kept.name)
        return Settings(), [told]
    values, warnings = _read(table, _FIELDS)
    return Settings(**values), warnings


def save(settings: Settings, path: Path) -> None:
    """Write settings to their file, whole or not at all.

    Raises
    ------
    OSError
        If the folder can't be made or the file can't be written.
    """
    lines = [f"{entry.name} = {_toml(getattr(settings, entry.name))}" for entry in fields(Settings)]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, ("\n".join(lines) + "\n").encode())


def _read(table: dict[str, Any], known: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Read the settings of a table by their fields."""
    values: dict[str, Any] = {}
    warnings = []
    for key, value in table.items():
        if key not in known:
            warnings.append(
                QCoreApplication.translate(
                    "settings", "The setting “{key}” is not known here and was dropped."
                ).format(key=key)
            )
        elif key in _READERS:
            values[key], dropped = _READERS[key](value)
            warnings += dropped
        elif (accepted := _accepted(known[key], value)) is not None:
            values[key] = accepted
        else:
            warnings.append(_unfit(key, value))
    return values, warnings


def _read_export(table: object) -> tuple[ExportKept, list[str]]:
    """Read the export of a queued folder; what can't be is as it is by default."""
    if not isinstance(table, dict):
        return NOT_ASKED, [_unfit("queue_export", table)]
    known = {name: entry for name, entry in _FIELDS.items() if name.startswith(EXPORT)}
    values, warnings = _read(table, known)
    defaults = {name: known[name].default for name in table if name in known}
    return ExportKept(tuple((defaults | values).items())), warnings


def _unfit(key: str, value: object) -> str:
    return QCoreApplication.translate(
        "settings", "The setting “{key}” can't be {value}; its default is used instead."
    ).format(key=key, value=f"{value!r}")


_FIELDS = {entry.name: entry for entry in fields(Settings)}
_READERS: dict[str, Callable[[object], tuple[Any, list[str]]]] = {
    "keys": read_keys,
    "queue_export": _read_export,
}
"""Settings that are tables themselves, and who reads them."""


def _accepted(entry: Any, value: object) -> Any | None:  # noqa: ANN401 - any TOML value
    """Return the value as its field wants it, or None if the field can't hold it."""
    kind = type(entry.default)
    if kind is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return None
        if not set(value) <= set(entry.metadata.get("members", value)):
            return None
        return tuple(value[:RECENT_PHOTOS])
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not kind:
        return None
    rules = entry.metadata
    if "choices" in rules and value not in rules["choices"]:
        return None
    if "low" in rules and not rules["low"] <= value <= rules["high"]:
        return None
    return value


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (KeyChanges, ExportKept)):
        pairs = (f"{_toml(id_)} = {_toml(keys)}" for id_, keys in value.entries)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # A TOML basic string is a JSON string, but for DEL; a lone surrogate (a file name in an
    # unknown encoding) can't be written as UTF-8 at all and becomes a question mark.
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _set_aside(path: Path) -> Path | None:
    kept = path.with_name(path.name + ".damaged")
    try:
        shutil.copyfile(path, kept)
    except OSError:
        return None
    return kept
