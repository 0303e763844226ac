"""Words of a command line that can't be meant, told before any parser has read them.

What a parser has to say lives in `wrong_words`; this is light enough for the door.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LETTERS_OF_A_COMMAND = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_")


class CommandLineError(BlurStudioError):
    """The words on the command line can't be followed."""


@contextmanager
def taken_from_words() -> Iterator[None]:
    """Tell what is wrong with values from the command line as a wrong command line."""
    try:
        yield
    except CommandLineError:
        raise
    except BlurStudioError as error:
        raise CommandLineError("{what}", what=error) from error


def refuse_empty(words: Sequence[str]) -> None:
    """Refuse words without a letter, as variables of a script that are not set leave them.

    Raises
    ------
    CommandLineError
        If there is one: as a path it would mean the current folder.
    """
    names_only = words.index("--") if "--" in words else len(words)
    for place, word in enumerate(words):
        is_option = word.startswith("--") and place < names_only
        if word and not (is_option and word.endswith("=")):
            continue
        before = words[place - 1] if place else ""
        option = word.removesuffix("=") or before
        if option.startswith("-") and place <= names_only:
            raise CommandLineError(
                "The word after {option} is empty; write one, or leave both out.", option=option
            )
        raise CommandLineError(
            "A photo's name is empty; name a file or a folder, or . for the current folder."
        )


def refuse_mistyped(words: Sequence[str], commands: Collection[str]) -> None:
    """Refuse a first word that looks like a command and is none.

    Raises
    ------
    CommandLineError
        If it is like one, and no file or folder.
    """
    first = words[0] if words else ""
    if not first or first.startswith("-") or first in commands:
        return
    if not _LETTERS_OF_A_COMMAND.issuperset(first) or os.path.lexists(Path(first)):
        return
    from difflib import get_close_matches

    if like := get_close_matches(first.lower(), sorted(commands), n=1):
        raise CommandLineError(
            "There is no command {word}; did you mean {like}?", word=first, like=like[0]
        )
