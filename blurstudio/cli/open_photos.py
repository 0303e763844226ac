"""``blurstudio [PHOTO ...]`` with its options; what it does is in `opening`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from blurstudio.cli import opening
from blurstudio.cli.options import Json


def open_photos(
    photos: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PHOTO]...", help="Photos, or folders of photos."),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Open the bundled sample.")] = False,
    screenshot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Save a picture of the window once the result is there, and quit."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Open photos in the window; without a display, work on them into the folder out/."""
    raise typer.Exit(
        opening.open_photos(photos or (), sample=sample, screenshot=screenshot, as_json=as_json)
    )
