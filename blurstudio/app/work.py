"""What the app lets the lanes do: read a photo, analyse it, choose otherwise, make pictures.

The only module of the app, with `results.py`, that reaches for torch and the engine's networks, and
only inside its functions: they run in a lane's thread, after the window is up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from blurstudio.app.canvas import picture_image
from blurstudio.app.results import Results, show
from blurstudio.engine.stages import shared_stages

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from blurstudio.app.export import ExportRequest
    from blurstudio.engine.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.media.photo import Photo
    from blurstudio.weights.cards import ModelCard

__all__ = ["Opened", "Results", "look"]

QUICK_SIDE = 960
# As many as the deconvolution has iterations: a hand sees each of them when none is there yet.
_PREVIEW_STEPS = 24


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo that was read, and the picture of it for the screen."""

    path: Path
    photo: Photo
    picture: QImage


@dataclass(frozen=True)
class ModelChoice:
    """A network that can be chosen.

    Attributes
    ----------
    task
        "motion" or "deblur".
    name
        What it is called.
    about
        A few words on how it was made.
    usual
        Whether it is the one that is taken when nobody chose.
    """

    task: str
    name: str
    about: str
    usual: bool


def read_photo(path: Path, context: JobContext) -> Opened:
    """Read a photo and prepare its picture.

    Raises
    ------
    PhotoError
        If it can't be read.
    """
    from blurstudio.media.colour import display_image
    from blurstudio.media.photo import open_photo

    context.progress(0.0, "Reading")
    photo = open_photo(path)
    context.cancel.raise_if_cancelled()
    context.progress(0.6, "Preparing the picture")
    return Opened(path, photo, picture_image(display_image(photo.pixels, photo.icc_profile)))


def list_models(context: JobContext) -> tuple[ModelChoice, ...]:
    """List the networks that are installed, the usual one of each task first."""
    from blurstudio.weights import registry

    cards = registry.list_models()
    usual = {registry.default_for(task).name for task in {card.task for card in cards}}
    context.cancel.raise_if_cancelled()
    return tuple(
        ModelChoice(card.task, card.name, _about(card), card.name in usual)
        for card in sorted(cards, key=lambda card: card.name not in usual)
    )


def _about(card: ModelCard) -> str:
    """Say what a network is and how it was made, on the lines of a tooltip."""
    made = [f"{card.steps:,} steps" if card.steps else "", card.hardware, card.date]
    return "\n".join(line for line in (card.architecture, ", ".join(filter(None, made))) if line)


def wants_quick_look(photo: Photo) -> bool:
    """Whether a photo is so large that a reduced one is worth looking at first."""
    return max(photo.size) > 1.5 * QUICK_SIDE


def sized(options: AnalysisOptions, quick: bool) -> AnalysisOptions:
    """Return the choices for a pass: the quick one reduces the photo."""
    if not quick:
        return options
    return replace(options, max_side=min(QUICK_SIDE, options.max_side or QUICK_SIDE))


def new_analysis(photo: Photo, options: AnalysisOptions) -> Any:  # noqa: ANN401 - needs torch
    """Make the engine's analysis of a photo, with nothing computed yet."""
    from blurstudio.engine.analysis import Analysis

    return Analysis(photo, options)


def look(photo: Photo, options: AnalysisOptions, quick: bool, context: JobContext) -> Results:
    """Analyse a photo and make everything the window shows of it.

    Parameters
    ----------
    quick
        Reduce the photo first: a look in a fraction of the time.
    """
    context.progress(0.0, "Starting")
    analysis = new_analysis(photo, sized(options, quick))
    analysis.compute(context.progress, context.cancel)
    return show(analysis, options, quick, None, context)


def look_again(
    nearest: Any,  # noqa: ANN401 - the engine's analysis
    options: AnalysisOptions,
    quick: bool,
    before: Results | None,
    context: JobContext,
) -> Results:
    """Look at a photo with other choices.

    Parameters
    ----------
    nearest
        The analysis that has most in common with what is wanted; that much is not done again.
    before
        The results it takes the place of.
    """
    context.progress(0.0, "Starting")
    analysis = _with_choices(nearest, sized(options, quick))
    analysis.compute(context.progress, context.cancel)
    return show(analysis, options, quick, before, context)


def flow_picture(analysis: Any, context: JobContext) -> QImage:  # noqa: ANN401 - as above
    """Draw the flow of an analysis; it takes longer than what else follows from new paths."""
    context.cancel.raise_if_cancelled()
    return picture_image(analysis.flow_picture)


def _with_choices(analysis: Any, options: AnalysisOptions) -> Any:  # noqa: ANN401 - as above
    return analysis if analysis.options == options else analysis.changed(options)


def export(
    photo: Photo,
    options: AnalysisOptions,
    analysis: Any,  # noqa: ANN401 - the engine's analysis, or None
    request: ExportRequest,
    context: JobContext,
) -> list[Path]:
    """Write results made with certain choices; an analysis with others serves as far as it can."""
    from blurstudio.app import export as writing

    if analysis is not None:
        analysis = _with_choices(analysis, options)
    return writing.write(photo, options, analysis, request, context)


def regions(analysis: Any, context: JobContext) -> NDArray[np.uint8]:  # noqa: ANN401
    """Return the number of the region that each cell of the paths' grid moves with, (h, w)."""
    from blurstudio.exposure.regions import motion_regions

    context.cancel.raise_if_cancelled()
    # The smallest of very many regions share a number: they can be flipped, not told apart.
    return motion_regions(analysis.trajectory).clamp(max=255).byte().cpu().numpy()


@dataclass(eq=False)
class StrengthSource:
    """What pictures at other strengths are made of; prepared when the first one is asked for."""

    analysis: Any
    preview: Any = None

    def serves(self, analysis: Any) -> bool:  # noqa: ANN401 - as above
        """Whether the pictures would be the same for another analysis of the photo."""
        return "settled" in shared_stages(self.analysis.options, analysis.options)


def new_preview(analysis: Any) -> Any:  # noqa: ANN401 - needs torch
    """Make the engine's deconvolution of a reduced photo, for a strength in the hand."""
    from blurstudio.engine import pictures
    from blurstudio.engine.deconvolve_preview import LONGEST_SIDE, DeconvolutionPreview

    photo = pictures.reduced_photo(analysis.photo, LONGEST_SIDE)
    seen = pictures.to_network(photo, photo.pixels, pictures.white_level(photo))
    return DeconvolutionPreview(seen, analysis.settled)


@dataclass(frozen=True, eq=False)
class StrengthPicture:
    """A reduced sharp picture, and whether it is as strong as was asked for."""

    picture: QImage
    complete: bool


def strength_picture(
    source: StrengthSource, strength: float, context: JobContext
) -> StrengthPicture:
    """Make the reduced sharp picture at another strength, or as near as a short while allows."""
    from blurstudio.media.colour import display_image

    preview = _preview_of(source)
    steps = (strength * step / _PREVIEW_STEPS for step in range(1, _PREVIEW_STEPS + 1))
    reached = next((step for step in steps if not preview.ready(step)), strength)
    srgb = preview.picture(reached, context.cancel)
    picture = picture_image(display_image(srgb.permute(1, 2, 0).numpy(), None))
    return StrengthPicture(picture, reached == strength)


def prepare_strengths(source: StrengthSource, context: JobContext) -> None:
    """Work out what pictures at any strength are made of; what is done before a cancel stays."""
    _preview_of(source).picture(1.0, context.cancel)


def _preview_of(source: StrengthSource) -> Any:  # noqa: ANN401 - as above
    if source.preview is None:
        source.preview = new_preview(source.analysis)
    return source.preview


def frame(player: Any, time: float, context: JobContext) -> QImage:  # noqa: ANN401
    """Make the frame at a moment."""
    context.cancel.raise_if_cancelled()
    return picture_image(player.frame(time))
