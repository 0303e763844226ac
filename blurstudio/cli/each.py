"""Working on photos one after another, so that a bad one spoils none of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from blurstudio.cli import output
from blurstudio.cli.progress import progress_bar
from blurstudio.cli.words import taken_from_words
from blurstudio.errors import BlurStudioError, Cancelled, WeightsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from blurstudio.engine.options import AnalysisOptions

Result = TypeVar("Result")


def each_photo(
    photos: Sequence[Path],
    work: Callable[[Path, Callable[[float, str], None]], Result],
    failed: list[dict[str, str]],
    *,
    own_networks: bool = False,
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
    own_networks
        Whether a photo may ask for other networks than the next one; else a network that can't be
        used ends the work, as it would fail for all of them.

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
            note_failure(photo, error, failed)
            if isinstance(error, WeightsError) and not own_networks:
                return
            continue
        yield photo, outcome


def note_failure(path: Path, error: BlurStudioError, failed: list[dict[str, str]]) -> None:
    """Say what is wrong with a photo or folder, and add it to those that could not be worked on."""
    output.say(f"{path}: {error}" if str(path) not in str(error) else str(error))
    failed.append({"photo": str(path), "kind": type(error).__name__, "message": str(error)})


def check_machine(options: AnalysisOptions, *, own_networks: bool = False) -> None:
    """Refuse a device or networks that are not there, before any photo is opened.

    Parameters
    ----------
    options
        Of all the photos.
    own_networks
        Whether networks are a photo's own choice, and are looked for with it.

    Raises
    ------
    CommandLineError
        If there is no such device or precision.
    WeightsError
        If there is no such network.
    """
    from blurstudio.engine.compute.device import choose_device
    from blurstudio.engine.models import chosen_models

    with taken_from_words():
        choose_device(options.device, options.precision, options.memory_limit)
    if not own_networks:
        chosen_models(options)
