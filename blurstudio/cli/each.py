"""Working on photos one after another, so that a bad one spoils none of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from blurstudio.cli import output
from blurstudio.cli.progress import progress_bar
from blurstudio.errors import BlurStudioError, Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Result = TypeVar("Result")


def each_photo(
    photos: Sequence[Path],
    work: Callable[[Path, Callable[[float, str], None]], Result],
    failed: list[dict[str, str]],
) -> Iterator[tuple[Path, Result]]:
    """Do something with each photo, with a progress bar.

    Parameters
    ----------
    photos
        Files.
    work
        Given a photo and what to tell progress by: fraction and text.
    failed
        Photos that could not be worked on are added here with the reason, after a sentence for
        the person.

    Yields
    ------
    tuple
        Photo and outcome, for those that could.
    """
    for number, photo in enumerate(photos, start=1):
        title = photo.name if len(photos) == 1 else f"{number}/{len(photos)} {photo.name}"
        try:
            with progress_bar(title) as move:
                outcome = work(photo, move)
        except Cancelled:
            raise
        except BlurStudioError as error:
            output.say(f"{photo}: {error}" if str(photo) not in str(error) else str(error))
            failed.append(
                {"photo": str(photo), "kind": type(error).__name__, "message": str(error)}
            )
            continue
        yield photo, outcome
