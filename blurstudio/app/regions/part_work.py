"""What the lanes do for regions that are analysed by themselves: the analysis, and its figures.

When it is asked for is in `patching.py`; laying parts into what is shown is `region_work`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas import picture_image
from blurstudio.session import parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from blurstudio.app.photo.results import Results
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.session.document import Choices
    from blurstudio.session.regions import Region

    Bytes = NDArray[np.uint8]


def analyse_part(analysis: Any, wish: PartWish, context: JobContext) -> Any:  # noqa: ANN401
    """Analyse a part of a photo by itself; it is kept with the photo's analysis."""
    context.progress(0.0, QCoreApplication.translate("work", "Starting"))
    return analysis.part(wish, context.progress, context.cancel)


def ready(results: Results, choices: Choices, photo_size: tuple[int, int]) -> dict[int, PartWish]:
    """Wishes of regions whose parts are there, by number; a quick look has none."""
    if results.quick:
        return {}
    analysis = results.unedited.analysis
    return parts.ready(analysis, choices.regions, analysis.options, photo_size)


def shown_sharp(plain: Results, analysis: Any) -> Bytes:  # noqa: ANN401 - the engine's
    """Make the sharp picture for the screen with the parts of an analysis laid in."""
    from blurstudio.engine.patches import patched_picture

    icc = analysis.photo.icc_profile
    return patched_picture(
        plain.sharp, analysis.patches, lambda part: _shown(part.analysis.sharpened, icc)
    )


def new_player(below: Any, sharp: Bytes, analysis: Any) -> Any:  # noqa: ANN401 - as above
    """Make the player of frames that have parts laid in.

    Parameters
    ----------
    below
        Player without parts, of edited paths.
    sharp
        Sharp picture for the screen without parts.
    analysis
        With parts and edits.
    """
    from blurstudio.engine.drawing.frames import FramePlayer
    from blurstudio.engine.patches import LayeredFrames

    icc = analysis.photo.icc_profile
    layers = analysis.layers(below.size, sharp, lambda own, _part: _shown(own, icc))
    made = [(layer, FramePlayer(layer.picture, layer.trajectory)) for layer in layers]
    return LayeredFrames(below, made, below.size)


def add_pictures(pictures: dict[str, Any], analysis: Any) -> None:  # noqa: ANN401 - as above
    """Renew those pictures of a result that parts change beside the sharp one."""
    pictures["residual"] = picture_image(analysis.residual_picture)


def compare(
    plain: Any,  # noqa: ANN401 - the engine's analysis
    region: Region,
    wish: PartWish,
    photo_size: tuple[int, int],
) -> Any:  # noqa: ANN401 - the engine's figures, or None
    """Compare how a region is explained by its own analysis and by the photo's."""
    from blurstudio.engine.parts import compare as compare_part
    from blurstudio.session.masks import hard_mask

    part = plain.parts.get(wish)
    if part is None:
        return None
    return compare_part(plain, part, hard_mask(region.shape, photo_size, plain.photo.size))


def _shown(pixels: NDArray[np.float32], icc: bytes | None) -> Bytes:
    from blurstudio.media.colour import display_image

    return display_image(pixels, icc)
