"""``blurstudio [PHOTO ...]``: opens the window, or works without one where there is no display.

The window itself lives in `blurstudio.app`; what is done without it is `process`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from blurstudio.cli import output
from blurstudio.cli.options import Json
from blurstudio.cli.photos import gather_photos, sample_photo
from blurstudio.cli.processing import Settings, process_photos
from blurstudio.errors import BlurStudioError

WITHOUT_DISPLAY = Path("out")
"""Where results go, below the current folder, when no window can be opened."""


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
    from blurstudio.app.display import why_no_window

    named = gather_photos(photos or ())
    reason = why_no_window()
    if not named and (sample or screenshot is not None or reason is not None):
        named = [sample_photo()]
    if reason is None:
        from blurstudio.app import run

        raise typer.Exit(run(named, screenshot=screenshot))
    if screenshot is not None:
        raise BlurStudioError(
            f"No picture of the window can be taken, since {reason}; "
            "set QT_QPA_PLATFORM=offscreen to draw it without one."
        )
    output.say(
        f"No window can be opened, since {reason}; "
        f"the results are written to the folder {WITHOUT_DISPLAY} instead."
    )
    raise typer.Exit(process_photos(named, WITHOUT_DISPLAY, Settings(), as_json=as_json))
