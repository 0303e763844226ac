"""A person's choices laid on an analysis: parts of their own, edits, how much of it is used.

The options of an analysis are not looked at: it was made with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.session.brush_masks import blending_of
from blurstudio.session.editing import with_edits
from blurstudio.session.parts import with_parts

if TYPE_CHECKING:
    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.session.document import Choices
    from blurstudio.session.masks import Size


def with_choices(
    analysis: Analysis,
    choices: Choices,
    photo_size: Size,
    progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
) -> Analysis:
    """Return an analysis with regions and blend applied; itself where they change nothing.

    Parameters
    ----------
    analysis
        Without edits or blend.
    choices
        Of its photo.
    photo_size
        (H, W) of the whole photo, in whose corner coordinates shapes are; the analysis may be of a
        reduced one.
    progress, cancel
        Told about, and asked, while regions are analysed by themselves.
    """
    whole = with_parts(analysis, choices.regions, photo_size, progress, cancel)
    edited = with_edits(whole, choices.regions, photo_size)
    blending = blending_of(choices.blend, photo_size)
    return edited if blending is None else edited.blended(blending)
