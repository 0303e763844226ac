"""A person's choices laid on an analysis: the edits of regions, then how much of it is used.

The options of an analysis are not looked at: it was made with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.session.brush_masks import blending_of
from blurstudio.session.editing import with_edits

if TYPE_CHECKING:
    from blurstudio.engine.analysis import Analysis
    from blurstudio.session.document import Choices
    from blurstudio.session.masks import Size


def with_choices(analysis: Analysis, choices: Choices, photo_size: Size) -> Analysis:
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
    """
    edited = with_edits(analysis, choices.regions, photo_size)
    blending = blending_of(choices.blend, photo_size)
    return edited if blending is None else edited.blended(blending)
