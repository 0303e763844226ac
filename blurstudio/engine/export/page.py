"""A report as an HTML page: every text escaped, pictures with words for those who don't see them.

What the page says is decided elsewhere; here it is put into elements and given a look.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from blurstudio import __version__
from blurstudio.engine.export.page_style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blurstudio.engine.export.report_tables import Rows

NO_MOTION = "No motion found"


@dataclass(frozen=True)
class Shown:
    """A picture on the page.

    Attributes
    ----------
    title, caption
        What it is, in words.
    source
        Where it is; a data URI.
    size
        (H, W) px.
    """

    title: str
    caption: str
    source: str
    size: tuple[int, int]


@dataclass(frozen=True)
class Page:
    """What a report says.

    Attributes
    ----------
    title
        Name of the photo.
    verdict
        All of it in one sentence.
    date
        When it was written.
    explanation
        The reblur's figure and its companions; empty where no motion was found.
    tables
        Headings, and rows of names and values.
    pictures, moments
        Large pictures, and small frames of the exposure.
    notes
        Sentences for the person.
    command, remark
        The command line that repeats the result, and what is to be said of it.
    files
        Names and addresses of the files beside the page.
    """

    title: str
    verdict: str
    date: str
    explanation: Rows
    tables: tuple[tuple[str, Rows], ...]
    pictures: tuple[Shown, ...]
    moments: tuple[Shown, ...]
    notes: tuple[str, ...] = ()
    command: str = ""
    remark: str = ""
    files: tuple[tuple[str, str], ...] = ()


def page(content: Page) -> str:
    """Spell a report as HTML 5 that needs no other file."""
    return "\n".join(_lines(content)) + "\n"


def _lines(content: Page) -> Iterator[str]:
    title = _text(content.title)
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta name="generator" content="Blur Studio {_text(__version__)}">'
    yield f"<title>{title} – report of Blur Studio</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<header><h1>{title}</h1>"
    yield f'<p class="verdict">{_text(content.verdict)}</p></header>'
    yield "<main>"
    yield '<section class="pictures" aria-label="Pictures">'
    yield from (_figure(shown) for shown in content.pictures)
    yield "</section>"
    if content.moments:
        yield "<section><h2>The exposure, frame by frame</h2>"
        yield '<div class="moments">'
        yield from (_figure(shown) for shown in content.moments)
        yield "</div></section>"
    yield '<div class="tables">'
    yield from _explanation(content)
    for heading, rows in content.tables:
        yield from _table(heading, rows)
    yield "</div>"
    if content.notes:
        yield from _list("Notes", [_text(note) for note in content.notes])
    if content.command:
        yield "<section><h2>To repeat it</h2>"
        yield f"<pre><code>{_text(content.command)}</code></pre>"
        yield f"<p>{_text(content.remark)}</p></section>" if content.remark else "</section>"
    if content.files:
        links = [f'<a href="{quote(to)}">{_text(name)}</a>' for name, to in content.files]
        yield from _list("Files beside this page", links)
    yield "</main>"
    yield f"<footer>Blur Studio {_text(__version__)}, {_text(content.date)}</footer>"
    yield "</body>"
    yield "</html>"


def _explanation(content: Page) -> Iterator[str]:
    if content.explanation:
        yield from _table("Explanation", content.explanation)
    else:
        yield f"<section><h2>Explanation</h2><p>{NO_MOTION}.</p></section>"


def _table(heading: str, rows: Rows) -> Iterator[str]:
    yield f"<section><h2>{_text(heading)}</h2>"
    yield "<table><tbody>"
    for name, value in rows:
        yield f'<tr><th scope="row">{_text(name)}</th><td>{_text(value)}</td></tr>'
    yield "</tbody></table></section>"


def _list(heading: str, entries: list[str]) -> Iterator[str]:
    yield f"<section><h2>{_text(heading)}</h2>"
    yield "<ul>"
    yield from (f"<li>{entry}</li>" for entry in entries)
    yield "</ul></section>"


def _figure(shown: Shown) -> str:
    height, width = shown.size
    about = _text(f"{shown.title}: {shown.caption}")
    return (
        f'<figure><img src="{shown.source}" width="{width}" height="{height}" alt="{about}">'
        f"<figcaption><b>{_text(shown.title)}</b> {_text(shown.caption)}</figcaption></figure>"
    )


def _text(text: str) -> str:
    """Escape a text; what HTML can't hold at all becomes a mark of replacement."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    kept = "".join(letter if letter >= " " or letter in "\t\n" else "�" for letter in sound)
    return escape(kept, quote=True)
