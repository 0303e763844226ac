"""Reading the fields of a document one by one: what fits is taken, the rest is said in a sentence.

A value that doesn't fit never raises; its default stands in. Which fields there are is `form`'s
business.
"""

from __future__ import annotations

import math
import types
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, Union, cast, get_args, get_origin

from blurstudio.errors import SpokenError
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Value = TypeVar("Value")

DEFAULT_USED = sentence("its default is used")


class Misfit(SpokenError, ValueError):
    """What is wrong with a file, in a clause."""


class Remarks(list[str]):
    """Sentences about fields that were left out."""

    def unknown(self, where: str, key: str) -> None:
        """Say that a field is not known here."""
        self.append(
            sentence("“{key}” of {where} is not known here and was left out.", key=key, where=where)
        )

    def unfit(self, where: str, key: str, value: object, instead: str) -> None:
        """Say that a field can't have its value."""
        self.append(
            sentence(
                "“{key}” of {where} can't be {value}; {instead}.",
                key=key,
                where=where,
                value=_shown(value),
                instead=instead,
            )
        )


def table_of(value: object, where: str, remarks: Remarks) -> dict[str, Any]:
    """Return a JSON object, or an empty one with a remark."""
    if isinstance(value, dict):
        return value
    remarks.append(sentence("The part {where} is damaged and was left out.", where=where))
    return {}


def fitted(value: object, kind: Any) -> Any:  # noqa: ANN401 - any type of a field
    """Bring a JSON value to a field's type.

    Parameters
    ----------
    value
        As JSON gives it: lists stand for tuples, whole numbers for floats.
    kind
        ``bool``, ``int``, ``float``, ``str``, an enum, ``tuple[...]``, or one of them or None.

    Raises
    ------
    TypeError
        If it doesn't fit.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(value, inner)
    if origin is tuple:
        return _tuple(value, inner)
    if kind is type(None) and value is None:
        return None
    if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value)
        if math.isfinite(number):
            return number
    elif isinstance(kind, type) and issubclass(kind, Enum):
        return _member(value, kind)
    elif isinstance(kind, type) and type(value) is kind:
        return value
    raise TypeError(f"{value!r} is no {kind}")


def updated(
    value: Value,
    table: Mapping[str, object],
    kinds: Mapping[str, Any],
    where: str,
    remarks: Remarks,
    *,
    instead: str = DEFAULT_USED,
    elsewhere: Collection[str] = (),
) -> Value:
    """Take the fields of a frozen dataclass that fit from a JSON object.

    Parameters
    ----------
    value
        What stands where nothing is said, or nothing that fits.
    table
        What is said, by the names of fields.
    kinds
        Types of the fields that may be said, as `fitted` knows them.
    where
        What sentences call it.
    remarks
        Gets a sentence for each field that is unknown, or can't have its value.
    instead
        What happens in the latter case, in a clause.
    elsewhere
        Keys of the table that are somebody else's to read.
    """
    for key, said in table.items():
        if key in elsewhere:
            continue
        if key not in kinds:
            remarks.unknown(where, key)
            continue
        try:
            value = replace(cast("Any", value), **{key: fitted(said, kinds[key])})
        except (TypeError, ValueError):
            remarks.unfit(where, key, said, instead)
    return value


def _member(value: object, kind: type[Enum]) -> Enum:
    try:
        return kind(value)
    except ValueError as error:
        raise TypeError(f"{value!r} is no {kind}") from error


def _one_of(value: object, kinds: tuple[Any, ...]) -> Any:  # noqa: ANN401 - as above
    for kind in kinds:
        try:
            return fitted(value, kind)
        except TypeError:
            continue
    raise TypeError(f"{value!r} is none of {kinds}")


def _tuple(value: object, inner: tuple[Any, ...]) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"{value!r} is no list")
    kinds = inner
    if len(inner) == 2 and inner[1] is Ellipsis:
        kinds = (inner[0],) * len(value)
    if len(kinds) != len(value):
        raise TypeError(f"{value!r} has not {len(kinds)} parts")
    return tuple(fitted(one, kind) for one, kind in zip(value, kinds, strict=True))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
