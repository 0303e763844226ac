"""The words of this house with their explanations, read from `docs/glossary.md`.

There is one source: a wheel carries the same file among its resources. Nothing is shown here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from blurstudio.errors import BlurStudioError
from blurstudio.locations import resource

_CHECKOUT = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BETWEEN = re.compile(r"(^|[\s,])(short|or)(?=\s|$)")
_AVOID = re.compile(r"\s*\*Avoid\*:\s*")


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
    """

    names: tuple[str, ...]
    text: str
    avoid: str
    section: str

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


@cache
def entries() -> tuple[Entry, ...]:
    """Read all words, in the order of the file.

    Raises
    ------
    BlurStudioError
        If the file is missing or can't be read.
    """
    try:
        text = glossary_file().read_text(encoding="utf-8")
    except OSError as problem:
        raise BlurStudioError(
            "The glossary can't be read ({why}); install Blur Studio again.", why=problem
        ) from problem
    return tuple(_parsed(text))


def explain(name: str) -> Entry | None:
    """Return the entry of a word, by any of its names; None where there is none."""
    wanted = name.casefold()
    for entry in entries():
        if wanted in (known.casefold() for known in entry.names):
            return entry
    # Some words are explained in passing, in the entry of another.
    inside = f"**{wanted}**"
    return next((entry for entry in entries() if inside in entry.text.casefold()), None)


def _parsed(text: str) -> list[Entry]:
    found = []
    section = ""
    for paragraph in text.split("\n\n"):
        block = paragraph.strip()
        if block.startswith("## "):
            section = block.removeprefix("## ").strip()
        elif block.startswith("**"):
            found.append(_entry(" ".join(block.split()), section))
    return found


def _entry(line: str, section: str) -> Entry:
    head, body = _split(line)
    text, *avoid = _AVOID.split(body, maxsplit=1)
    names = tuple(_BOLD.findall(head))
    # A head may say more than names: which symbol, or where the word is used so.
    more = _BETWEEN.sub(" ", _BOLD.sub("", head)).strip(" ,")
    return Entry(names, f"{more}: {text}" if more else text, "".join(avoid), section)


def _split(line: str) -> tuple[str, str]:
    """Split into the head, which ends with the first colon, and what it means."""
    head, _, body = line.partition(":")
    return head, body.strip()
