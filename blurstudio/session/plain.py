"""Frozen dataclasses as what JSON can hold, and back: fields by name, whatever they are called.

Fields may be paths, enums, sets, tuples, dictionaries, other dataclasses, or what JSON has itself.
A field that is unknown, missing or doesn't fit takes its default, so that a newer or older value
can be read.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from blurstudio.session.fields import DEFAULT_USED, Remarks, fitted

_NAMES = {"Path": Path}
"""What annotations may name that their module imports for type checkers only."""


def to_plain(value: Any) -> Any:  # noqa: ANN401 - any field's value
    """Write a value as what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted((to_plain(one) for one in value), key=str)
    if isinstance(value, (list, tuple)):
        return [to_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(to_plain(key)): to_plain(one) for key, one in value.items()}
    return value


def from_plain(value: object, kind: type, remarks: Remarks, where: str) -> Any:  # noqa: ANN401
    """Read a frozen dataclass.

    Parameters
    ----------
    value
        As `to_plain` wrote it.
    kind
        The dataclass.
    remarks
        Gets a sentence for each field that was left out.
    where
        What the sentences call it.

    Raises
    ------
    TypeError, ValueError
        If it is none, or a field without a default is missing or doesn't fit.
    """
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    kinds = get_type_hints(kind, localns=_NAMES)
    known = {field.name: field for field in fields(kind)}
    taken: dict[str, Any] = {}
    for name, said in value.items():
        if name not in known:
            remarks.unknown(where, name)
            continue
        try:
            taken[name] = _read(said, kinds[name], remarks, where)
        except (TypeError, ValueError):
            if not _has_default(known[name]):
                raise
            remarks.unfit(where, name, said, DEFAULT_USED)
    return kind(**taken)


def _read(value: object, kind: Any, remarks: Remarks, where: str) -> Any:  # noqa: ANN401
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _first_that_fits(value, inner, remarks, where)
    if origin in (frozenset, set):
        return origin(_read(one, inner[0], remarks, where) for one in _items(value))
    if origin is tuple and inner[1:] == (Ellipsis,):
        return tuple(_read(one, inner[0], remarks, where) for one in _items(value))
    if origin is dict and isinstance(value, dict):
        return {
            _read(key, inner[0], remarks, where): _read(one, inner[1], remarks, where)
            for key, one in value.items()
        }
    if isinstance(kind, type):
        if is_dataclass(kind):
            return from_plain(value, kind, remarks, where)
        if issubclass(kind, Path):
            return kind(fitted(value, str))
    return fitted(value, kind)


def _first_that_fits(value: object, kinds: tuple[Any, ...], remarks: Remarks, where: str) -> Any:  # noqa: ANN401
    for kind in kinds:
        try:
            return _read(value, kind, remarks, where)
        except (TypeError, ValueError):
            continue
    raise TypeError(f"{value!r} is none of {kinds}")


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
