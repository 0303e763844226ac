"""Opening photos: the window, or without a display the same photos worked on into a folder.

Whoever merely opens photos comes here straight from the door, without the parser of command lines
and its quarter of a second; with options the command `open_photos` leads here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.cli import output
from blurstudio.cli.photos import gather_photos, sample_photo
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMMANDS = frozenset(
    ("open", "process", "inspect", "render", "train", "evaluate", "models", "doctor")
)
"""First words that name a command; any other is a photo."""


def only_photos(words: Sequence[str]) -> bool:
    """Whether a command line names photos to open, or nothing, and no command or option."""
    return not any(word.startswith("-") or not word for word in words) and not (
        words and words[0] in COMMANDS
    )


def open_photos(
    photos: Iterable[Path],
    *,
    sample: bool = False,
    screenshot: Path | None = None,
    as_json: bool = False,
) -> int:
    """Open photos in the window; without a display, work on them into the folder out/.

    Parameters
    ----------
    photos
        Files, and folders of photos.
    sample
        Whether the bundled sample is opened when none is named.
    screenshot
        File for a picture of the window, after which it closes.
    as_json
        Whether what is done without a window is reported in JSON.

    Returns
    -------
    int
        Exit code of the process.

    Raises
    ------
    PhotoError
        If a folder can't be read or holds no photo.
    BlurStudioError
        If a picture of the window is wanted where none can be opened.
    """
    from blurstudio.app.launch.display import why_no_window

    named = gather_photos(photos)
    reason = why_no_window()
    if not named and (sample or screenshot is not None or reason is not None):
        named = [sample_photo()]
    if reason is None:
        from blurstudio.app import run

        return run(named, screenshot=screenshot)
    if screenshot is not None:
        raise BlurStudioError(
            "No picture of the window can be taken, since {why}; set QT_QPA_PLATFORM=offscreen to "
            "draw it without one.",
            why=reason,
        )
    from blurstudio.cli.processing import Settings, process_photos
    from blurstudio.session.command_line import USUAL

    output.say(
        f"No window can be opened, since {reason}; "
        f"the results are written to the folder {USUAL.folder} instead."
    )
    return process_photos(named, Settings(), as_json=as_json)
