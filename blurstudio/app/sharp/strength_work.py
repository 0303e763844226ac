"""What the compute lane does for the deconvolution's strength in the hand: reduced pictures of it.

When they are asked for, and what becomes of them, is in `strength.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blurstudio.app.canvas import picture_image
from blurstudio.app.sharp.blend_work import strength_blended
from blurstudio.engine.stages import shared_stages

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from blurstudio.engine.lanes.jobs import JobContext

# As many as the deconvolution has iterations: a hand sees each of them when none is there yet.
_STEPS = 24


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
    from blurstudio.engine.sharp.deconvolve_preview import LONGEST_SIDE, DeconvolutionPreview

    photo = pictures.reduced_photo(analysis.photo, LONGEST_SIDE)
    seen = pictures.to_network(photo, photo.pixels, pictures.white_level(photo))
    paths, refinement = analysis.settled, analysis.refinement
    if refinement is not None:
        paths = refinement.sure_of_kernel(paths)
    return DeconvolutionPreview(seen, paths)


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
    steps = (strength * step / _STEPS for step in range(1, _STEPS + 1))
    reached = next((step for step in steps if not preview.ready(step)), strength)
    srgb = preview.picture(reached, context.cancel)
    picture = display_image(srgb.permute(1, 2, 0).numpy(), None)
    blended = strength_blended(picture, source.analysis)
    return StrengthPicture(picture_image(blended), reached == strength)


def prepare_strengths(source: StrengthSource, context: JobContext) -> None:
    """Work out what pictures at any strength are made of; what is done before a cancel stays."""
    _preview_of(source).picture(1.0, context.cancel)


def _preview_of(source: StrengthSource) -> Any:  # noqa: ANN401 - as above
    if source.preview is None:
        source.preview = new_preview(source.analysis)
    return source.preview
