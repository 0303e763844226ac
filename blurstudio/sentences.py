"""Sentences for a person, made where no window is known and said there in another language.

A sentence is its English text, and remembers the template and the values that it was made of. Which
language is spoken is the app's business (`app/saying.py`).
"""

from __future__ import annotations

from numbers import Number
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sentence(str):
    """A text that can be translated: wherever English will do, it is a string like any other.

    What is cut from it or joined to it is a plain string again, which stays English; join sentences
    by a sentence.

    Parameters
    ----------
    template
        English, with the places of values in braces and by name, as `str.format` wants them.
        Without values nothing is filled in, so that braces in it are just braces.
    values
        By name: numbers, texts of others such as names of files, or sentences.

    Attributes
    ----------
    template, values
        As given.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object] | None = None) -> Sentence:
        """Fill in the template."""
        if isinstance(template, Sentence) and not values:
            return template
        kept = dict(values or {})
        made = super().__new__(cls, filled(template, kept))
        made.template = str(template)
        made.values = MappingProxyType(kept)
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, dict[str, object]]]:
        return Sentence, (self.template, dict(self.values))


def sentence(template: str, /, **values: object) -> Sentence:
    """Make a sentence.

    The template has to be a text as it stands, for translators find it by reading the source: no
    variable and no f-string; of two texts, one may be chosen by `a if condition else b`.

    Parameters
    ----------
    template
        See `Sentence`.
    **values
        Numbers and sentences are kept as they are, of an error for a person its sentence; of
        anything else, its text.
    """
    return Sentence(template, {name: _value(given) for name, given in values.items()})


def filled(template: str, values: Mapping[str, object]) -> str:
    """Fill in a template, which is left as it is where there are no values."""
    return template.format_map(values) if values else template


def _value(given: object) -> object:
    if isinstance(given, (Number, Sentence)):
        return given
    inner = getattr(given, "sentence", None)
    return inner if isinstance(inner, Sentence) else str(given)
