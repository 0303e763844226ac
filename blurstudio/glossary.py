"""The words of this house with their explanations, read from `docs/glossary.md`.

There is one source: a wheel carries the same file among its resources. Another language is a file
of the same form, in which a comment before each entry names the English word; what it lacks is
English. Nothing is shown here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from blurstudio.errors import BlurStudioError
from blurstudio.locations import resource

_CHECKOUT = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BETWEEN = re.compile(r"(^|[\s,])(short|or)(?=\s|$)")
_AVOID = re.compile(r"\s*\*Avoid\*:\s*")
_KEY = re.compile(r"<!--\s*(.+?)\s*-->\s*")

_spoken: Path | None = None


@dataclass(frozen=True)
class Entry:
    """One word.

    Attributes
    ----------
    names
        The word, and others for the same thing.
    text
        What it means, in Markdown.
    avoid
        Which words to leave alone; may be empty.
    section
        Heading it stands under.
    term
        The English word, whatever the language.
    """

    names: tuple[str, ...]
    text: str
    avoid: str
    section: str
    term: str

    @property
    def name(self) -> str:
        """The word itself."""
        return self.names[0]


def glossary_file() -> Path:
    """Path of the glossary: among the resources of a wheel, or in a checkout's documents.

    Raises
    ------
    BlurStudioError
        If it is in neither.
    """
    for path in (resource("glossary.md"), _CHECKOUT):
        if path.is_file():
            return path
    raise BlurStudioError("The glossary is missing; install Blur Studio again.")


def speak(path: Path | None) -> None:
    """Explain words in another language from now on.

    Parameters
    ----------
    path
        The glossary in that language; None for English. One that isn't there or can't be read
        explains nothing.
    """
    global _spoken
    _spoken = path
    for kept in (entries, _english):
        kept.cache_clear()


@cache
def entries() -> tuple[Entry, ...]:
    """Read all words, in the order of the English file.

    Raises
    ------
    BlurStudioError
        If the English file is missing or can't be read.
    """
    translated = {entry.term.casefold(): entry for entry in _translated()}
    return tuple(
        replace(translated.get(entry.term.casefold(), entry), term=entry.term)
        for entry in _english()
    )


@cache
def _english() -> tuple[Entry, ...]:
    try:
        text = glossary_file().read_text(encoding="utf-8")
    except OSError as problem:
        raise BlurStudioError(
            "The glossary can't be read ({why}); install Blur Studio again.", why=problem
        ) from problem
    return tuple(_parsed(text))


def _translated() -> list[Entry]:
    if _spoken is None:
        return []
    try:
        return _parsed(_spoken.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []


def explain(name: str) -> Entry | None:
    """Return the entry of a word, by any of its English names; None where there is none."""
    wanted = name.casefold()
    # Some words are explained in passing, in the entry of another.
    inside = f"**{wanted}**"
    found = [e for e in _english() if wanted in (known.casefold() for known in e.names)]
    found += [e for e in _english() if inside in e.text.casefold()]
    if not found:
        return None
    return next(entry for entry in entries() if entry.term == found[0].term)


def _parsed(text: str) -> list[Entry]:
    found = []
    section = ""
    for paragraph in text.split("\n\n"):
        block = paragraph.strip()
        key = _KEY.match(block)
        if key is not None:
            block = block[key.end() :]
        if block.startswith("## "):
            section = block.removeprefix("## ").strip()
        elif block.startswith("**"):
            entry = _entry(" ".join(block.split()), section)
            found.append(entry if key is None else replace(entry, term=key[1]))
    return found


def _entry(line: str, section: str) -> Entry:
    head, body = _split(line)
    text, *avoid = _AVOID.split(body, maxsplit=1)
    names = tuple(_BOLD.findall(head))
    # A head may say more than names: which symbol, or where the word is used so.
    more = _BETWEEN.sub(" ", _BOLD.sub("", head)).strip(" ,")
    said = f"{more}: {text}" if more else text
    return Entry(names, said, "".join(avoid), section, names[0])


def _split(line: str) -> tuple[str, str]:
    """Split into the head, which ends with the first colon, and what it means."""
    head, _, body = line.partition(":")
    return head, body.strip()
