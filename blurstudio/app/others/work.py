"""What comparing lets the lanes do: read others' files, draw them as ours are drawn, measure them.

Torch and the engine are imported inside the functions only: they run in a lane's thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas import picture_image
from blurstudio.app.instruments.work import shown_legend
from blurstudio.app.photo.showable import PLAYER_PIXELS
from blurstudio.app.saying import say
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from blurstudio.app.canvas.legend import PictureLegend
    from blurstudio.app.photo.work import Results
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.others.references import Reference
    from blurstudio.evaluation.comparison import Agreement
    from blurstudio.media.photo import Photo

    Files = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ours:
    """The result on show, as the lanes need it for comparing."""

    photo: Photo
    results: Results

    def reference(self) -> Reference:
        """Describe it as the others are described."""
        return kept_reference(self.results, self.photo.size)


@dataclass(frozen=True, eq=False)
class OtherPicture:
    """A picture of another answer; None where it doesn't tell such a thing."""

    slot: str
    key: str
    picture: QImage | None
    legend: PictureLegend | None


@dataclass(eq=False)
class Players:
    """What shows other answers at any moment, made in the lane when it is first needed.

    Attributes
    ----------
    ours
        Whose sharp picture is moved along paths that come without one.
    references
        The others by their slots.
    """

    ours: Ours
    references: dict[str, Reference]
    made: dict[str, Any] = field(default_factory=dict)


def read_one(paths: Sequence[Path], size: tuple[int, int], context: JobContext) -> Reference:
    """Read another answer about a photo of (H, W) px; errors are told in a sentence."""
    from blurstudio.engine.others.reference_files import read_reference

    context.progress(0.0, QCoreApplication.translate("work", "Reading"))
    return read_reference(paths, size, context.cancel.raise_if_cancelled)


def read_again(
    wanted: Sequence[Files], folder: Path, size: tuple[int, int], context: JobContext
) -> dict[Files, Reference | str]:
    """Read answers that a photo was compared with before; a sentence stands for a lost one."""
    found: dict[Files, Reference | str] = {}
    for files in wanted:
        try:
            found[files] = read_one([folder / file for file in files], size, context)
        except BlurStudioError as problem:
            context.cancel.raise_if_cancelled()
            found[files] = say(problem)
    return found


def kept_reference(results: Results, size: tuple[int, int]) -> Reference:
    """Describe a result of ours of a photo of (H, W) px."""
    from blurstudio.engine.others.references import of_result

    return of_result(results.analysis.trajectory, results.sharp, size)


def keep(ours: Ours, context: JobContext) -> Reference:
    """Keep of a result what comparing needs."""
    context.cancel.raise_if_cancelled()
    return ours.reference()


def picture(
    ours: Ours, slot: str, reference: Reference, key: str, context: JobContext
) -> OtherPicture:
    """Draw another answer as one of the canvas's pictures."""
    from blurstudio.engine.others.reference_pictures import Compared
    from blurstudio.engine.others.reference_pictures import picture as drawn_picture
    from blurstudio.media.colour import display_image

    context.cancel.raise_if_cancelled()
    photo = ours.results.sharp
    if key == "difference":
        photo = display_image(ours.photo.pixels, ours.photo.icc_profile)
    drawn = drawn_picture(Compared(ours.reference(), reference, photo), key)
    if drawn is None:
        return OtherPicture(slot, key, None, None)
    pixels, legend = drawn
    shown = None if legend is None else shown_legend(legend)
    return OtherPicture(slot, key, picture_image(pixels), shown)


def frames(
    players: Players, wanted: tuple[float, tuple[str, ...]], context: JobContext
) -> dict[str, QImage | None]:
    """Make the frames of some answers at a moment."""
    from blurstudio.engine.others.references import player_of

    time, slots = wanted
    found: dict[str, QImage | None] = {}
    for slot in slots:
        context.cancel.raise_if_cancelled()
        if slot not in players.made:
            reference = players.references[slot]
            players.made[slot] = player_of(reference, players.ours.results.sharp, PLAYER_PIXELS)
        player = players.made[slot]
        found[slot] = None if player is None else picture_image(player.frame(time))
    return found


def agreement(ours: Ours, reference: Reference, context: JobContext) -> Agreement:
    """Measure how far another answer lies from ours."""
    from blurstudio.evaluation.comparison import compare

    return compare(ours.reference(), reference, context.cancel.raise_if_cancelled)
