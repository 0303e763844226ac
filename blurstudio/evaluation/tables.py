"""Sections of the results page: figures beside their targets, tables, circumstances.

A section is plain Markdown between two HTML comments. What it says is decided in `sections` and
by the benchmarks, where it stands on the page in `results_page`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt

    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.evaluation.targets import Target

    Bytes = npt.NDArray[np.uint8]

FIGURES = ("<!-- figures -->", "<!-- end figures -->")
"""Around a section's table of figures, which the summary is made of."""


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
        lines += [FIGURES[0], table(("Figure", "Target", "Reached", "Verdict"), rows), FIGURES[1]]
        lines += ["", self.body.strip(), "", *self.circumstances.lines(), ""]
        return block(self.name, "\n".join(lines))


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


def block(name: str, body: str) -> str:
    """Put text between the markers by which it is found again."""
    return f"<!-- begin {name} -->\n{body}<!-- end {name} -->"
