"""The results page: sections between markers, each renewed alone, and the summary made of them.

A section is plain Markdown between two HTML comments; whatever else stands on the page is left
as it is. What the sections say is decided in `sections` and by the benchmarks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2

from blurstudio.errors import DataError, ExportError
from blurstudio.media.atomic import atomic_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.evaluation.targets import Target

    Bytes = npt.NDArray[np.uint8]

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
_FIGURES = ("<!-- figures -->", "<!-- end figures -->")
_BLOCK = re.compile(r"<!-- begin (?P<name>[\w-]+) -->\n(?P<body>.*?)<!-- end (?P=name) -->", re.S)
_BEGIN = re.compile(r"<!-- begin ([\w-]+) -->")
_HEADING = """# Results

How well Blur Studio does, measured by the command named at the end of each section. Those sections
are generated; the text between them is written by hand.
"""


@dataclass(frozen=True)
class Figure:
    """One line of the summary.

    Parameters
    ----------
    name
        What was measured.
    target
        What it should be; empty when it is only reported.
    reached
        What it is, with its unit.
    verdict
        Whether the target is reached.
    value
        What `reached` says, as a number.
    """

    name: str
    target: str
    reached: str
    verdict: str
    value: float

    @classmethod
    def judged(cls, name: str, value: float, target: Target, extra: str = "") -> Figure:
        """Put a value beside its target; `extra` is written behind the value."""
        reached = target.write(value) + (f" {extra}" if extra else "")
        return cls(name, target.text(), reached, target.verdict(value), value)

    @classmethod
    def reported(cls, name: str, value: float, reached: str) -> Figure:
        """Write down a value that has no target."""
        return cls(name, "", reached, "reported", value)


@dataclass(frozen=True)
class Section:
    """What one protocol or benchmark adds to the page.

    Parameters
    ----------
    name
        Of its markers; small letters and hyphens.
    title
        Heading.
    figures
        Targets beside figures reached; they also make up the summary.
    body
        Markdown below the heading: what was done and the tables.
    circumstances
        What is needed to measure it again.
    partial
        When only a part was measured: which, in words.
    pictures
        Drawings that the body shows as ``images/NAME``: name and (H, W, 3) uint8, sRGB. They are
        written beside the page.
    """

    name: str
    title: str
    figures: tuple[Figure, ...]
    body: str
    circumstances: Circumstances
    partial: str = ""
    pictures: tuple[tuple[str, Bytes], ...] = ()

    def markdown(self) -> str:
        """Write the section with its markers."""
        lines = [f"## {self.title}", ""]
        if self.partial:
            lines += [f"**A quick look, not the full measurement: {self.partial}.**", ""]
        partly = f" ({self.partial})" if self.partial else ""
        rows = [(f.name, f.target, f.reached + partly, f.verdict) for f in self.figures]
        lines += [_FIGURES[0], table(("Figure", "Target", "Reached", "Verdict"), rows), _FIGURES[1]]
        lines += ["", self.body.strip(), "", *self.circumstances.lines(), ""]
        return _block(self.name, "\n".join(lines))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: bool = False) -> str:
    """Write a Markdown table.

    Parameters
    ----------
    head
        Titles of the columns.
    rows
        Cells; a bar in them is escaped.
    numbers
        Align all columns but the first to the right.
    """
    rule = ["---"] + ["---:" if numbers else "---"] * (len(head) - 1)
    lines = [list(head), rule, *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


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
        start, end = (match["body"].find(marker) for marker in _FIGURES)
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
    return _block(_SUMMARY, "\n".join(["## Summary", "", head, *rows, "", note, ""]))


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


def _block(name: str, body: str) -> str:
    return f"<!-- begin {name} -->\n{body}<!-- end {name} -->"


def _anchor(title: str) -> str:
    """Anchor that Markdown viewers give a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
