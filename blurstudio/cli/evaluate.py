"""``blurstudio evaluate``: measures the networks on benchmarks and renews the page of results.

Protocols, metrics and the page itself live in `blurstudio.evaluation`.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from blurstudio.cli import output
from blurstudio.cli.options import Device, Json
from blurstudio.cli.progress import progress_bar
from blurstudio.cli.words import CommandLineError
from blurstudio.errors import ExportError
from blurstudio.locations import data_folder

_PAGE = Path("docs/results.md")


def evaluate(
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of benchmarks; else BLURSTUDIO_DATA is asked."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[,NAME]",
            help="These measurements instead of the quick ones; may be repeated.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="The slow measurements as well, half an hour in all.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="So many pictures of each, for a quick look.")
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Markdown page to renew; docs/results.md unless given, and none with --limit.",
        ),
    ] = None,
    device: Device = "auto",
    as_json: Json = False,
) -> None:
    """Measure the networks on the benchmarks and write the figures down."""
    if only and everything:
        raise CommandLineError("--only and --all contradict each other; leave one of them out.")
    folder = data_folder(data)
    if page is None and limit is None:
        page = _PAGE
    if page is not None:
        _refuse_unwritable(page)
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.evaluation.run import PROTOCOLS
    from blurstudio.evaluation.run import evaluate as measure

    named = [name.strip() for each in only or () for name in each.split(",") if name.strip()]
    with progress_bar("Measuring") as move:
        sections = measure(
            folder,
            PROTOCOLS if everything else named,
            page,
            limit,
            move,
            options=AnalysisOptions(device=device),
        )
    if as_json:
        figures = {
            section.name: [asdict(figure) for figure in section.figures] for section in sections
        }
        output.answer_json({"page": None if page is None else str(page), "sections": figures})
        return
    for section in sections:
        output.answer(section.title)
        for figure in section.figures:
            target = f" (target {figure.target}: {figure.verdict})" if figure.target else ""
            output.answer(f"  {figure.name}: {figure.reached}{target}")
    if page is not None:
        output.answer(str(page))


def _refuse_unwritable(page: Path) -> None:
    """Say it now rather than after the first measurement."""
    if page.is_dir():
        raise ExportError("{page} is a folder; name a file for the page with -o.", page=page)
    nearest = next(place for place in (page, *page.absolute().parents) if place.exists())
    wanted = os.W_OK if nearest == page else os.W_OK | os.X_OK
    if not os.access(nearest, wanted) or (nearest != page and not nearest.is_dir()):
        raise ExportError(
            "{page} can't be written, since {place} may not be changed; name another page with -o.",
            page=page,
            place=nearest,
        )
