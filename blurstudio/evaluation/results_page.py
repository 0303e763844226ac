"""The results page: sections between markers, each renewed alone, and the summary made of them.

Whatever else stands on the page is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import cv2

from blurstudio.errors import DataError, ExportError
from blurstudio.evaluation.tables import FIGURES, block, table
from blurstudio.media.atomic import atomic_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.evaluation.tables import Bytes, Section

ORDER = (
    "kodak",
    "gopro",
    "real",
    "reblur",
    "kernels",
    "deconvolution",
    "refinement",
    "shakes",
    "camera",
    "occlusion",
    "ablations-deblur",
    "ablations-offsets",
    "speed",
    "desk-frames",
    "desk-stalls",
    "desk-soak",
)
"""Sections of the page in the order of reading; others follow them."""

_SUMMARY = "summary"
_BLOCK = re.compile(r"<!-- begin (?P<name>[\w-]+) -->\n(?P<body>.*?)<!-- end (?P=name) -->", re.S)
_BEGIN = re.compile(r"<!-- begin ([\w-]+) -->")
_HEADING = """# Results

How well Blur Studio does, measured by the command named at the end of each section. Those sections
are generated; the text between them is written by hand.
"""


def renew_page(page: Path, sections: Sequence[Section]) -> None:
    """Write sections into the results page, whole or not at all; the others stay as they are.

    Parameters
    ----------
    page
        Made, with its folder, if it isn't there.
    sections
        Those measured anew.

    Raises
    ------
    DataError
        If the page's markers are damaged or it can't be read.
    ExportError
        If the page can't be written.
    """
    try:
        before = page.read_text(encoding="utf-8") if page.exists() else _HEADING
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            "{page} can't be read; name another page for the results.", page=page
        ) from error
    after = renewed(before, sections, str(page))
    if after != before or not page.exists():
        try:
            page.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(
                "The folder {folder} can't be made; name another page for the results.",
                folder=page.parent,
            ) from error
        with atomic_path(page) as temporary:
            temporary.write_text(after, encoding="utf-8", newline="\n")
    for section in sections:
        for picture, pixels in section.pictures:
            _write_picture(page.parent / "images" / picture, pixels)


def _write_picture(path: Path, pixels: Bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    _, encoded = cv2.imencode(".png", pixels[..., ::-1])
    with atomic_path(path) as temporary:
        temporary.write_bytes(encoded.tobytes())


def renewed(text: str, sections: Sequence[Section], name: str = "The results page") -> str:
    """Return a page's text with sections replaced or added and the summary made anew.

    Raises
    ------
    DataError
        If a section has lost one of its markers; `name` tells which page.
    """
    found = {match["name"] for match in _BLOCK.finditer(text)}
    for begun in _BEGIN.findall(text):
        if begun not in found:
            raise DataError(
                '{name} has lost the end of its section "{section}"; restore the line "<!-- end '
                '{section} -->" or delete the section.',
                name=name,
                section=begun,
            )
    for section in sections:
        text = _with_block(text, section.name, section.markdown())
    return _with_block(text, _SUMMARY, _summary(text))


def _summary(text: str) -> str:
    """Collect the figures of all sections on the page."""
    rows = []
    for match in _BLOCK.finditer(text):
        start, end = (match["body"].find(marker) for marker in FIGURES)
        if match["name"] == _SUMMARY or start < 0 or end < 0:
            continue
        title = match["body"].split("\n", 1)[0].lstrip("# ")
        body_rows = match["body"][start:end].splitlines()[3:]
        rows += [f"| [{title}](#{_anchor(title)}) {row}" for row in body_rows]
    head = table(("Measured on", "Figure", "Target", "Reached", "Verdict"), [])
    note = (
        "GPU and CPU are two targets: for networks trained on a GPU, and for networks trained on a "
        "processor alone. `motion` and `deblur` were finished on a GPU, so theirs is the GPU's."
    )
    return block(_SUMMARY, "\n".join(["## Summary", "", head, *rows, "", note, ""]))


def _with_block(text: str, name: str, block: str) -> str:
    """Replace a block, or put it where the order of reading wants it."""
    for match in _BLOCK.finditer(text):
        if match["name"] == name:
            return text[: match.start()] + block + text[match.end() :]
    order = (_SUMMARY, *ORDER)
    later = set(order[order.index(name) + 1 :]) if name in order else set()
    for match in _BLOCK.finditer(text):
        if match["name"] in later or (name == _SUMMARY and match["name"] != name):
            return text[: match.start()] + block + "\n\n" + text[match.start() :]
    return text.rstrip("\n") + "\n\n" + block + "\n"


def _anchor(title: str) -> str:
    """Anchor that Markdown viewers give a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
